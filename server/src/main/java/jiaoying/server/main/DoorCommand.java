package jiaoying.server.main;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
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
@Command(name = "door", subcommands = DoorCommand.Add.class)
final class DoorCommand {
    private DoorCommand() {}

    /** Gives a source its token, which is shown once and kept as a hash. */
    @Command(name = "add")
    static final class Add implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        CommandSpec spec;

        @Mixin
        RoomChoice choice = new RoomChoice();

        @Option(names = "--permission", paramLabel = "WHAT", defaultValue = "readings")
        @SuppressWarnings("NullAway.Init")
        String permission;

        @Parameters(paramLabel = "SOURCE")
        @SuppressWarnings("NullAway.Init")
        String source;

        Add(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() {
            if (!Permissions.DOORS.contains(permission)) {
                throw new Refusal("door.permission", permission, String.join(", ", Permissions.DOORS));
            }
            try (var rooms = choice.open()) {
                var room = rooms.room(Optional.ofNullable(choice.room)).id();
                var credentials = new AccountStore(rooms.database(), room);
                var token = new DoorTokens(() -> credentials, InstantSource.system()).make(source, permission);
                spec.commandLine().getErr().println(words.say("door.added", source, permission, room));
                spec.commandLine().getOut().println(token);
                return Jiaoying.GOOD;
            }
        }
    }
}
