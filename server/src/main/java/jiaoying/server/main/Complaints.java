package jiaoying.server.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.store.BackupFailed;
import jiaoying.server.store.DatabaseFailed;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one message for the user; a stack trace goes to the log, never to the terminal. */
record Complaints(Words words, InstantSource clock) implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        var line = wrong.getCommandLine();
        line.getErr()
                .println(words.say(
                        "wrong.usage", said(wrong), line.getCommandSpec().qualifiedName()));
        return Jiaoying.REFUSED;
    }

    /** What the parser refused, in the user's language; a message of our own as it is. */
    private String said(ParameterException wrong) {
        return switch (wrong) {
            case MissingParameterException missing ->
                words.say(
                        "wrong.missing",
                        missing.getMissing().stream().map(Complaints::name).collect(Collectors.joining(", ")));
            case UnmatchedArgumentException unknown -> {
                var near = unknown.getSuggestions();
                var said = words.say("wrong.unknown", String.join(" ", unknown.getUnmatched()));
                yield near.isEmpty() ? said : said + words.say("wrong.near", String.join(", ", near));
            }
            default -> {
                var about = wrong.getArgSpec();
                yield about == null || wrong.getValue() == null
                        ? summary(wrong)
                        : words.say("wrong.value", name(about), wrong.getValue(), kind(about));
            }
        };
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private String kind(ArgSpec argument) {
        var type = argument.type();
        var number = type == int.class || type == long.class || type == Integer.class || type == Long.class;
        return number
                ? words.say("wrong.kind.whole")
                : type == double.class || type == Double.class
                        ? words.say("wrong.kind.number")
                        : type.isEnum()
                                ? Arrays.stream(type.getEnumConstants())
                                        .map(constant ->
                                                String.valueOf(constant).toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                : argument.paramLabel();
    }

    @Override
    public int handleExecutionException(Exception wrong, CommandLine line, ParseResult parsed) {
        if (wrong instanceof Refusal refusal) {
            line.getErr().println(refusal.said(words));
        } else if (wrong instanceof BackupFailed || wrong instanceof PostgresUnavailable) {
            line.getErr().println(Refusal.said(wrong, words));
        } else if (wrong instanceof DatabaseFailed) {
            line.getErr().println(summary(wrong));
        } else {
            line.getErr().println(words.say("wrong.bug", summary(wrong), keep(wrong)));
        }
        return Jiaoying.REFUSED;
    }

    private static String summary(Throwable wrong) {
        return wrong.getMessage() == null ? wrong.getClass().getSimpleName() : wrong.getMessage();
    }

    /** Appends the stack trace to the log and says where that is. */
    private String keep(Exception wrong) {
        var log = Home.logs().resolve("errors.log");
        var text = new StringWriter();
        wrong.printStackTrace(new PrintWriter(text, true));
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, clock.instant() + " " + text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return log.toString();
        } catch (IOException noLog) {
            return Path.of(".").toAbsolutePath() + " (" + noLog.getMessage() + ")";
        }
    }
}
