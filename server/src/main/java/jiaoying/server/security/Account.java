package jiaoying.server.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jiaoying.server.store.Credentials.AccountRow;

/**
 * A local account (账号).
 *
 * @param areas    area codes it is confined to, empty for the whole room
 * @param password whether it has one; else it signs in by one-time links
 * @param person   of the register, for whom it acts on items; empty for nobody
 */
public record Account(String name, Set<Role> roles, List<String> areas, boolean password, String person) {
    /** One that has no password yet and is nobody's of the register. */
    public Account(String name, Set<Role> roles, List<String> areas) {
        this(name, roles, areas, false, "");
    }

    /** Who acts on an item by this account: its person, or whoever has the account's name as an id. */
    public String actor() {
        return person.isEmpty() ? name : person;
    }

    /** 值班员或带班领导. */
    public boolean isOnDuty() {
        return roles.contains(Role.DUTY_OFFICER) || roles.contains(Role.DUTY_LEADER);
    }

    public static Account of(AccountRow row) {
        var roles = EnumSet.noneOf(Role.class);
        row.roles().forEach(word -> Role.find(word).ifPresent(roles::add));
        return new Account(row.name(), roles, row.areas(), !row.hash().isEmpty(), row.person());
    }
}
