package jiaoying.server.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.store.BackupFailed;
import jiaoying.server.store.DatabaseFailed;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one message for the user; a stack trace goes to the log, never to the terminal. */
record Complaints(Words words, InstantSource clock) implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        var line = wrong.getCommandLine();
        line.getErr()
                .println(words.say(
                        "wrong.usage", summary(wrong), line.getCommandSpec().qualifiedName()));
        return Jiaoying.REFUSED;
    }

    @Override
    public int handleExecutionException(Exception wrong, CommandLine line, ParseResult parsed) {
        if (wrong instanceof Refusal refusal) {
            line.getErr().println(refusal.said(words));
        } else if (wrong instanceof BackupFailed
                || wrong instanceof PostgresUnavailable
                || wrong instanceof DatabaseFailed) {
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
