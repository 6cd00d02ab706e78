package jiaoying.server.main;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.duty.room.Deed;
import jiaoying.server.security.Account;
import jiaoying.server.security.Accounts;
import jiaoying.server.security.Passwords;
import jiaoying.server.security.Role;
import jiaoying.server.security.SignInLinks;
import jiaoying.server.store.AccountStore;
import jiaoying.server.store.Credentials.AccountRow;
import jiaoying.server.store.RegisterStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accounts of a room (账号), for whoever stands at the machine. A running program honours every change at its next request. */
@Command(
        name = "account",
        subcommands = {
            AccountCommand.ListAll.class,
            AccountCommand.Add.class,
            AccountCommand.Link.class,
            AccountCommand.Change.class,
            AccountCommand.Tie.class,
            AccountCommand.Disable.class,
            AccountCommand.Enable.class
        })
final class AccountCommand {
    private AccountCommand() {}

    /** The accounts of one open room. */
    record Desk(OpenRooms rooms, String room, AccountStore credentials, Accounts accounts) {
        AccountRow need(String name) {
            return credentials.findAccount(name).orElseThrow(() -> new Refusal("account.missing", name, room));
        }
    }

    /** What all of them need: the room, and its accounts. */
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
                run(new Desk(rooms, room, credentials, new Accounts(() -> credentials, new Passwords(12))));
                return Jiaoying.GOOD;
            }
        }

        abstract void run(Desk desk) throws InterruptedException;

        void say(String key, Object... values) {
            spec.commandLine().getErr().println(words.say(key, values));
        }
    }

    /** One account. */
    abstract static class OfOne extends OfRoom {
        @Parameters(paramLabel = "NAME")
        @SuppressWarnings("NullAway.Init")
        String name;

        OfOne(Words words) {
            super(words);
        }

        /** Somebody has to be able to look after accounts. @param roles that this one will have */
        void refuseToLeaveNobody(Desk desk, EnumSet<Role> roles) {
            var administrator = Role.SYSTEM_ADMINISTRATOR.word();
            var others = desk.accounts.list().stream()
                    .filter(row -> !row.name().equals(name) && !row.disabled())
                    .anyMatch(row -> row.roles().contains(administrator));
            if (desk.need(name).roles().contains(administrator)
                    && !roles.contains(Role.SYSTEM_ADMINISTRATOR)
                    && !others) {
                throw new Refusal("account.last", name);
            }
        }
    }

    @Command(name = "list")
    static final class ListAll extends OfRoom {
        ListAll(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) {
            var all = desk.accounts.list();
            all.forEach(row -> spec.commandLine()
                    .getOut()
                    .println(String.join(
                            "\t",
                            row.name(),
                            String.join(",", row.roles()),
                            row.areas().isEmpty() ? "*" : String.join(",", row.areas()),
                            words.say(row.disabled() ? "account.disabled" : "account.enabled"))));
            say("account.listed", desk.room, all.size());
        }
    }

    /** Makes a new one-time sign-in link for an account that is locked out, or whose first link was lost. */
    @Command(name = "link")
    static final class Link extends OfOne {
        Link(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) throws InterruptedException {
            if (desk.need(name).disabled()) {
                throw new Refusal("account.disabled", name);
            }
            desk.rooms.note(desk.room, new Deed.MakeLink(name));
            var link = new SignInLinks(desk::credentials, InstantSource.system()).make(name, SignInLinks.USUAL);
            say("account.link", name, SignInLinks.USUAL.toMinutes());
            spec.commandLine().getOut().println(link);
        }
    }

    /** One account, and what it may do where. */
    abstract static class WithRoles extends OfOne {
        @Option(names = "--roles", paramLabel = "ROLE", split = ",", required = true)
        List<String> roles = new ArrayList<>();

        @Option(names = "--areas", paramLabel = "CODE", split = ",")
        List<String> areas = new ArrayList<>();

        WithRoles(Words words) {
            super(words);
        }

        /** The roles asked for, once everything asked for is right. */
        EnumSet<Role> checked(Desk desk) {
            var wanted = EnumSet.noneOf(Role.class);
            roles.forEach(word ->
                    wanted.add(Role.find(word).orElseThrow(() -> new Refusal("account.role", word, Role.words()))));
            var known = new RegisterStore(desk.rooms.database())
                    .areas(desk.room).stream().map(area -> area.area()).toList();
            for (var area : areas) {
                if (!known.contains(area)) {
                    throw new Refusal("account.area", area);
                }
            }
            Accounts.fault(name, wanted, areas).ifPresent(key -> {
                throw new Refusal(key, name);
            });
            return wanted;
        }

        static List<String> words(EnumSet<Role> roles) {
            return roles.stream().map(Role::word).toList();
        }
    }

    /** Opens an account, which signs in first by a one-time link. */
    @Command(name = "add")
    static final class Add extends WithRoles {
        Add(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) throws InterruptedException {
            var wanted = checked(desk);
            if (!desk.accounts.openForLinks(new Account(name, wanted, areas))) {
                throw new Refusal("account.taken", name);
            }
            desk.rooms.note(desk.room, new Deed.OpenAccount(name, words(wanted), areas));
            var link = new SignInLinks(desk::credentials, InstantSource.system()).make(name, SignInLinks.USUAL);
            say("account.link", name, SignInLinks.USUAL.toMinutes());
            spec.commandLine().getOut().println(link);
        }
    }

    /** Gives an account other roles and areas. */
    @Command(name = "change")
    static final class Change extends WithRoles {
        Change(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) throws InterruptedException {
            desk.need(name);
            var wanted = checked(desk);
            refuseToLeaveNobody(desk, wanted);
            desk.rooms.note(desk.room, new Deed.ChangeAccount(name, words(wanted), areas));
            desk.accounts.change(name, wanted, areas);
            say("account.changed", name, String.join(", ", roles), areas.isEmpty() ? "*" : String.join(", ", areas));
        }
    }

    /** Says for which person of the register an account acts on items. */
    @Command(name = "tie")
    static final class Tie extends OfRoom {
        @Parameters(index = "0", paramLabel = "NAME")
        @SuppressWarnings("NullAway.Init")
        String name;

        @Parameters(index = "1", paramLabel = "PERSON", arity = "0..1", defaultValue = "")
        @SuppressWarnings("NullAway.Init")
        String person;

        Tie(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) throws InterruptedException {
            desk.need(name);
            var known = new RegisterStore(desk.rooms.database())
                    .persons(desk.room).stream().anyMatch(row -> row.person().equals(person));
            if (!person.isEmpty() && !known) {
                throw new Refusal("account.person", person);
            }
            desk.rooms.note(desk.room, new Deed.TieAccount(name, person));
            desk.accounts.tie(name, person);
            say(person.isEmpty() ? "account.untied" : "account.tied", name, person);
        }
    }

    @Command(name = "disable")
    static final class Disable extends OfOne {
        Disable(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) throws InterruptedException {
            desk.need(name);
            refuseToLeaveNobody(desk, EnumSet.noneOf(Role.class));
            desk.accounts.disable(name);
            desk.rooms.note(desk.room, new Deed.DisableAccount(name));
            say("account.disabled.now", name);
        }
    }

    @Command(name = "enable")
    static final class Enable extends OfOne {
        Enable(Words words) {
            super(words);
        }

        @Override
        void run(Desk desk) throws InterruptedException {
            desk.need(name);
            desk.rooms.note(desk.room, new Deed.EnableAccount(name));
            desk.accounts.enable(name);
            say("account.enabled.now", name);
        }
    }
}
