package jiaoying.server.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.MailCarrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.watch.Probe;
import jiaoying.server.watch.Vigil;
import jiaoying.server.watch.Vigil.Call;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./jiaoying watch URL}: on another machine, looks at a room and raises the alarm after 30 s without UP: bell and line
 * on the terminal, a command (a siren, a modem), a text and a mail to the leader by this machine's own text platform and mail server (看护).
 */
@Command(name = "watch")
final class WatchCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOCK_MAY = Duration.ofSeconds(10);
    private static final Duration COMMAND_WITHIN = Duration.ofSeconds(60);
    private static final char BELL = '\u0007';
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Words words;

    @Parameters(paramLabel = "URL", arity = "1")
    String url = "";

    @Option(names = "--after", paramLabel = "SECONDS", defaultValue = "30")
    int after_s;

    @Option(names = "--remind", paramLabel = "SECONDS", defaultValue = "300")
    int remind_s;

    @Option(names = "--run", paramLabel = "COMMAND")
    @Nullable
    String command;

    @Option(names = "--mail-settings", paramLabel = "FILE")
    @Nullable
    Path mailSettings;

    @Option(names = "--mail-to", paramLabel = "ADDRESS")
    List<String> leaders = List.of();

    @Option(names = "--text-settings", paramLabel = "FILE")
    @Nullable
    Path textSettings;

    @Option(names = "--text-to", paramLabel = "NUMBER")
    List<String> phones = List.of();

    @Option(names = "--until-alarm")
    boolean untilAlarm;

    @Spec
    CommandSpec spec = CommandSpec.create();

    private Optional<MailCarrier> mail = Optional.empty();
    private List<Carrier> texts = List.of();

    WatchCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws InterruptedException {
        var room = room();
        if (after_s < 5 || remind_s < 10) {
            throw new Refusal("watch.seconds", after_s, remind_s);
        }
        if (leaders.isEmpty() != (mailSettings == null)) {
            throw new Refusal("watch.mail");
        }
        begin();
        mail = Optional.ofNullable(mailSettings)
                .map(file -> new MailCarrier(Couriers.mailOf(file, System.getenv()), InstantSource.system()));
        var clock = InstantSource.system();
        var probe = new Probe(room, PATIENCE, clock);
        var vigil = new Vigil(clock.instant(), Duration.ofSeconds(after_s), Duration.ofSeconds(remind_s), CLOCK_MAY);
        out().println(words.say("watch.begins", room, after_s));
        while (true) {
            var call = vigil.after(probe.look());
            call.ifPresent(this::raise);
            if (untilAlarm && call.filter(Call.Alarm.class::isInstance).isPresent()) {
                mail.ifPresent(MailCarrier::close);
                return Jiaoying.FOUND_WRONG;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** By whom texts go. */
    void begin() {
        if (phones.isEmpty() != (textSettings == null)) {
            throw new Refusal("watch.text");
        }
        phones.stream()
                .filter(phone -> !phone.matches("\\+?\\d{3,20}"))
                .findFirst()
                .ifPresent(wrong -> {
                    throw new Refusal("watch.number", wrong);
                });
        texts = Optional.ofNullable(textSettings)
                .map(file -> CarriersFile.textsOf(file, System.getenv()))
                .orElse(List.of());
    }

    private URI room() {
        try {
            var room = URI.create(url);
            if (List.of("http", "https").contains(String.valueOf(room.getScheme())) && room.getHost() != null) {
                return room;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Refusal("watch.url", url);
    }

    /** Says it on the terminal, runs the command, mails the leaders. */
    void raise(Call call) {
        var text = words(call);
        boolean loud = !(call instanceof Call.Well);
        out().println((loud ? BELL + "*** " : "") + text);
        run(call, text);
        if (!texts.isEmpty()) {
            phones.forEach(phone -> text(phone, text));
        }
        mail.ifPresent(carrier -> leaders.forEach(leader -> send(carrier, leader, text)));
    }

    private String words(Call call) {
        return switch (call) {
            case Call.Alarm alarm ->
                words.say(
                        alarm.again() ? "watch.still" : "watch.alarm",
                        url,
                        TIME.format(alarm.since().atZone(ZoneId.systemDefault())),
                        alarm.why());
            case Call.Well well -> words.say("watch.well", url, well.silent().toSeconds());
            case Call.ClockDiffers clock ->
                words.say("watch.clock", url, clock.ahead().toSeconds());
        };
    }

    /** The command hears in its environment what it is about; it may take its time, but not for ever. */
    private void run(Call call, String text) {
        if (command == null) {
            return;
        }
        var kind = switch (call) {
            case Call.Alarm _ -> "alarm";
            case Call.Well _ -> "well";
            case Call.ClockDiffers _ -> "clock";
        };
        try {
            var builder = new ProcessBuilder("sh", "-c", command).inheritIO();
            builder.environment().put("JIAOYING_WATCH", kind);
            builder.environment().put("JIAOYING_WATCH_TEXT", text);
            var process = builder.start();
            if (!process.waitFor(COMMAND_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                out().println(words.say("watch.command", command, COMMAND_WITHIN.toSeconds() + " s"));
            } else if (process.exitValue() != 0) {
                out().println(words.say("watch.command", command, process.exitValue()));
            }
        } catch (IOException e) {
            out().println(words.say("watch.command", command, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By the first platform that takes it. */
    private void text(String phone, String text) {
        var key = ErrandKey.of("watch", phone, text);
        var parcel = new Parcel(key, Channel.TEXT, Purpose.NOTICE, "leader", phone, text);
        if (texts.stream().noneMatch(carrier -> takes(carrier, parcel))) {
            out().println(words.say("watch.untexted", phone));
        }
    }

    /** One that hangs up may have it; a second text about it is better than none. */
    private static boolean takes(Carrier carrier, Parcel parcel) {
        try {
            return carrier.submit(parcel) instanceof Submission.Taken;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void send(MailCarrier carrier, String leader, String text) {
        try {
            var key = ErrandKey.of("watch", leader, text);
            var parcel = new Parcel(key, Channel.MAIL, Purpose.NOTICE, "leader", leader, text);
            if (!(carrier.submit(parcel) instanceof Submission.Taken)) {
                out().println(words.say("watch.unsent", leader));
            }
        } catch (IOException e) {
            out().println(words.say("watch.unsent", leader));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
