package jiaoying.server.main;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.Settings.Issuer;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.store.ViewStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a room works (值班室设置): shown, and changed by whoever stands at the machine. */
@Command(
        name = "room",
        subcommands = {RoomCommand.Show.class, RoomCommand.Change.class})
final class RoomCommand {
    private static final int MINUTES_MAX = 240;

    private RoomCommand() {}

    abstract static class OfRoom implements Callable<Integer> {
        final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        CommandSpec spec;

        @Mixin
        RoomChoice choice = new RoomChoice();

        OfRoom(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws InterruptedException {
            try (var rooms = choice.open()) {
                var row = rooms.room(Optional.ofNullable(choice.room));
                var settings = new ViewStore(rooms.database())
                        .find(row.id(), new ViewKey("room", "now"), row.lastFact())
                        .map(View.RoomView.class::cast)
                        .map(View.RoomView::settings)
                        .orElseThrow(() -> new Refusal("room.unset", row.id()));
                say(run(rooms, row.id(), settings), rooms.directory().plan());
                return Jiaoying.GOOD;
            }
        }

        /** @return the settings that hold now */
        abstract Settings run(OpenRooms rooms, String room, Settings now) throws InterruptedException;

        private void say(Settings settings, PlanChoice plan) {
            var out = spec.commandLine().getOut();
            out.println(words.say(
                    "room.settings",
                    settings.name(),
                    word(settings.issuer()),
                    settings.exercise(),
                    settings.decideWithin().toMinutes(),
                    settings.approveAfter()
                            .map(it -> words.say("room.minutes", it.toMinutes()))
                            .orElseGet(() -> words.say("room.never")),
                    plan.name() + " " + plan.read().head().version()));
            out.flush();
        }

        static String word(Issuer issuer) {
            return issuer.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Command(name = "show")
    static final class Show extends OfRoom {
        Show(Words words) {
            super(words);
        }

        @Override
        Settings run(OpenRooms rooms, String room, Settings now) {
            return now;
        }
    }

    @Command(name = "set")
    static final class Change extends OfRoom {
        @Option(names = "--name", paramLabel = "NAME")
        @Nullable
        String name;

        @Option(names = "--issuer", paramLabel = "WHO")
        @Nullable
        String issuer;

        @Option(names = "--exercise", paramLabel = "true|false", arity = "1")
        @Nullable
        Boolean exercise;

        @Option(names = "--decide-within", paramLabel = "MIN")
        @Nullable
        Integer decideWithin;

        @Option(names = "--approve-after", paramLabel = "MIN")
        @Nullable
        Integer approveAfter;

        Change(Words words) {
            super(words);
        }

        @Override
        Settings run(OpenRooms rooms, String room, Settings now) throws InterruptedException {
            if (now.demo()) {
                throw new Refusal("room.demo", room);
            }
            var after = new Settings(
                    now.room(),
                    name == null ? now.name() : name(name),
                    issuer == null ? now.issuer() : issuer(issuer),
                    false,
                    exercise == null ? now.exercise() : exercise,
                    decideWithin == null ? now.decideWithin() : minutes("--decide-within", decideWithin, 1),
                    approveAfter == null
                            ? now.approveAfter()
                            : Optional.of(minutes("--approve-after", approveAfter, 0))
                                    .filter(Duration::isPositive),
                    now.zone());
            return switch (rooms.put(room, new Arrival.RoomSet(OpenRooms.BY, after))) {
                case Outcome.Done _, Outcome.Stored _ -> after;
                case Outcome.Refused no -> throw new Refusal("room.refused", room, no);
                case Outcome.SetAside aside -> throw new Refusal("room.aside", room, aside.problem());
            };
        }

        private static String name(String given) {
            if (given.isBlank() || given.length() > 40) {
                throw new Refusal("room.name", given);
            }
            return given.strip();
        }

        private static Issuer issuer(String given) {
            for (var one : Issuer.values()) {
                if (word(one).equals(given)) {
                    return one;
                }
            }
            throw new Refusal("room.issuer", given);
        }

        private static Duration minutes(String option, int given, int least) {
            if (given < least || given > MINUTES_MAX) {
                throw new Refusal("room.minutes", option, given, least, MINUTES_MAX);
            }
            return Duration.ofMinutes(given);
        }
    }
}
