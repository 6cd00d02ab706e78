package jiaoying.server.main;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.server.security.SignInLinks;
import jiaoying.server.store.AccountStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accounts of a room (账号), for whoever stands at the machine. */
@Command(name = "account", subcommands = AccountCommand.Link.class)
final class AccountCommand {
    private AccountCommand() {}

    /** Makes a new one-time sign-in link for an account that is locked out, or whose first link was lost. */
    @Command(name = "link")
    static final class Link implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        CommandSpec spec;

        @Mixin
        RoomChoice choice = new RoomChoice();

        @Parameters(paramLabel = "NAME")
        @SuppressWarnings("NullAway.Init")
        String name;

        Link(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() {
            try (var rooms = choice.open()) {
                var room = rooms.room(Optional.ofNullable(choice.room)).id();
                var credentials = new AccountStore(rooms.database(), room);
                if (credentials.findAccount(name).isEmpty()) {
                    throw new Refusal("account.missing", name, room);
                }
                var link = new SignInLinks(() -> credentials, InstantSource.system()).make(name, SignInLinks.USUAL);
                spec.commandLine().getErr().println(words.say("account.link", name, SignInLinks.USUAL.toMinutes()));
                spec.commandLine().getOut().println(link);
                return Jiaoying.GOOD;
            }
        }
    }
}
