package jiaoying.server.security;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jiaoying.server.store.Credentials;
import jiaoying.server.store.Credentials.AccountRow;

/** Opens accounts; there is none, and no password, before somebody does. */
public final class Accounts {
    static final Pattern NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9][\\p{IsHan}A-Za-z0-9._-]{1,31}");

    private final Supplier<Credentials> credentials;
    private final Passwords passwords;

    public Accounts(Supplier<Credentials> credentials, Passwords passwords) {
        this.credentials = credentials;
        this.passwords = passwords;
    }

    public boolean exists(String name) {
        return credentials.get().findAccount(name).isPresent();
    }

    /** False when the name is taken. */
    public boolean open(Account account, String password) {
        return add(account, passwords.hash(password));
    }

    /** An account that signs in by one-time links only. False when the name is taken. */
    public boolean openForLinks(Account account) {
        return add(account, "");
    }

    /** The key of the text that says what is wrong with the account, or empty. */
    public static Optional<String> fault(String name, Set<Role> roles, List<String> areas) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("account.name");
        }
        if (roles.isEmpty()) {
            return Optional.of("account.roles");
        }
        if (roles.size() > 1 && roles.contains(Role.AUDITOR)) {
            return Optional.of("account.auditor");
        }
        var local = EnumSet.of(Role.TOWN, Role.VILLAGE);
        return areas.isEmpty() && roles.stream().anyMatch(local::contains)
                ? Optional.of("account.areas")
                : Optional.empty();
    }

    Optional<AccountRow> find(String name) {
        return credentials.get().findAccount(name);
    }

    public List<AccountRow> list() {
        return credentials.get().listAccounts();
    }

    /** Other roles and areas; whoever is signed in with the old ones is signed out. */
    public void change(String name, Set<Role> roles, List<String> areas) {
        credentials.get().changeAccount(name, roles.stream().map(Role::word).toList(), areas);
        credentials.get().signOutEverywhere(name);
    }

    /** It may not sign in any more, and whoever is signed in with it is signed out. */
    public void disable(String name) {
        credentials.get().disableAccount(name, true);
        credentials.get().signOutEverywhere(name);
    }

    /** From now on it acts for this person; whoever is signed in as another is signed out. @param person empty for nobody */
    public void tie(String name, String person) {
        credentials.get().tieAccount(name, person);
        credentials.get().signOutEverywhere(name);
    }

    public void enable(String name) {
        credentials.get().disableAccount(name, false);
    }

    /** Its password is void, whoever is signed in is signed out, and it is no longer locked. */
    public void forgetPassword(String name) {
        credentials.get().setPassword(name, "");
        credentials.get().clearFailures(name);
        credentials.get().signOutEverywhere(name);
    }

    /** Sessions of the old password end. */
    void setPassword(String name, String password) {
        credentials.get().setPassword(name, passwords.hash(password));
        credentials.get().signOutEverywhere(name);
    }

    private boolean add(Account account, String hash) {
        var roles = new ArrayList<String>();
        account.roles().forEach(role -> roles.add(role.word()));
        return credentials.get().addAccount(account.name(), hash, roles, account.areas());
    }
}
