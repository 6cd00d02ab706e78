package jiaoying.server.main;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import jiaoying.duty.room.Deed;
import jiaoying.server.reply.PlainText;
import jiaoying.server.security.DoorTokens;
import jiaoying.server.security.Permissions;
import jiaoying.server.store.AccountStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The doors of a room (数据入口): who may bring something in without signing in. */
@Command(
        name = "door",
        subcommands = {DoorCommand.Add.class, DoorCommand.ListAll.class, DoorCommand.Remove.class})
final class DoorCommand {
    private static final int LONGEST = 60;

    /** On one line, in a list with tabs between, and without blanks that nobody sees. */
    private static final Pattern NAME = Pattern.compile(
            "[^\\p{Cntrl}\\p{Z}]([^\\p{Cntrl}\\p{Zl}\\p{Zp}]{0," + (LONGEST - 2) + "}[^\\p{Cntrl}\\p{Z}])?");

    private DoorCommand() {}

    /** What all of them need: the room, and who asks. */
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
                var room = rooms.room(Optional.ofNullable(choice.room)).id();
                var credentials = new AccountStore(rooms.database(), room);
                return run(rooms, room, new DoorTokens(() -> credentials, InstantSource.system()));
            }
        }

        abstract int run(OpenRooms rooms, String room, DoorTokens doors) throws InterruptedException;

        static void check(String permission) {
            if (!Permissions.DOORS.contains(permission)) {
                throw new Refusal("door.permission", permission, String.join(", ", Permissions.DOORS));
            }
        }
    }

    /** Gives a source its token, which is shown once and kept as a hash. */
    @Command(name = "add")
    static final class Add extends OfRoom {
        @Option(names = "--permission", paramLabel = "WHAT", defaultValue = "readings")
        @SuppressWarnings("NullAway.Init")
        String permission;

        @Parameters(paramLabel = "SOURCE")
        @SuppressWarnings("NullAway.Init")
        String source;

        Add(Words words) {
            super(words);
        }

        @Override
        public Integer call() throws InterruptedException {
            check(permission);
            if (!NAME.matcher(source).matches()) {
                throw new Refusal("door.source", PlainText.clip(source.replaceAll("\\p{Cntrl}", "?"), LONGEST));
            }
            return super.call();
        }

        @Override
        int run(OpenRooms rooms, String room, DoorTokens doors) throws InterruptedException {
            rooms.note(room, new Deed.OpenDoor(source, permission));
            var token = doors.make(source, permission);
            spec.commandLine().getErr().println(words.say("door.added", source, permission, room));
            spec.commandLine().getOut().println(token);
            return Jiaoying.GOOD;
        }
    }

    /** Says which sources have tokens, never the tokens. */
    @Command(name = "list")
    static final class ListAll extends OfRoom {
        ListAll(Words words) {
            super(words);
        }

        @Override
        int run(OpenRooms rooms, String room, DoorTokens doors) {
            var all = doors.list();
            var out = spec.commandLine().getOut();
            all.forEach(door -> out.println(door.source() + "\t" + door.permission() + "\t" + door.madeAt()));
            spec.commandLine().getErr().println(words.say("door.listed", room, all.size()));
            return Jiaoying.GOOD;
        }
    }

    /** Makes the tokens of a source void, first in the table of tokens, which a running program reads at each request. */
    @Command(name = "remove")
    static final class Remove extends OfRoom {
        @Option(names = "--permission", paramLabel = "WHAT", defaultValue = "readings")
        @SuppressWarnings("NullAway.Init")
        String permission;

        @Parameters(paramLabel = "SOURCE")
        @SuppressWarnings("NullAway.Init")
        String source;

        Remove(Words words) {
            super(words);
        }

        @Override
        public Integer call() throws InterruptedException {
            check(permission);
            return super.call();
        }

        @Override
        int run(OpenRooms rooms, String room, DoorTokens doors) throws InterruptedException {
            int removed = doors.remove(source, permission);
            if (removed == 0) {
                throw new Refusal("door.missing", source, permission, room);
            }
            rooms.note(room, new Deed.CloseDoor(source, permission));
            spec.commandLine().getOut().println(words.say("door.removed", source, permission, room, removed));
            return Jiaoying.GOOD;
        }
    }
}
