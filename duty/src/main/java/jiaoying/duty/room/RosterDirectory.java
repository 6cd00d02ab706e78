package jiaoying.duty.room;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.roster.Roster;

/** Who holds which role of a programme, by the duties of the city register. */
final class RosterDirectory implements Directory {
    private final Roster roster;
    private final Map<String, Programme> programmes;

    RosterDirectory(Roster roster, Map<String, Programme> programmes) {
        this.roster = roster;
        this.programmes = programmes;
    }

    @Override
    public String bodyOf(String person) {
        return roster.bodyOf(person);
    }

    @Override
    public boolean holds(String person, String programme, String role) {
        return duties(programme, role).anyMatch(duty -> roster.holds(person, duty));
    }

    @Override
    public boolean deputizes(String person, String principal, String programme, String role) {
        return duties(programme, role).anyMatch(duty -> roster.isDeputy(person, principal, duty));
    }

    @Override
    public boolean watchedOnly(String body) {
        return roster.watchedOnly(body);
    }

    @Override
    public List<String> holders(String programme, String role, String body) {
        return duties(programme, role)
                .flatMap(duty -> roster.holders(duty).stream())
                .filter(person -> body.isEmpty() || bodyOf(person).equals(body))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> duties(String programme, String role) {
        return java.util.Optional.ofNullable(programmes.get(programme)).stream()
                .flatMap(one -> one.findRole(role).stream().flatMap(found -> Loop.duties(one, found).stream()));
    }

    @Override
    public boolean knowsBody(String body) {
        return roster.knowsBody(body);
    }

    @Override
    public boolean within(String area, String whole) {
        return roster.within(area, whole);
    }

    @Override
    public boolean reachableBy(String person, String channel) {
        return roster.reachableBy(person, channel);
    }
}
