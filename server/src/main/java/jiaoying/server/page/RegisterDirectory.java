package jiaoying.server.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact.DutyAssigned;

/** Who holds which role of a programme, by the register as pages know it; the room decides by its own. */
final class RegisterDirectory implements Directory {
    private static final int DEPTH_MAX = 32;

    private final CityRegister register;
    private final Map<String, Programme> programmes;

    RegisterDirectory(CityRegister register, Map<String, Programme> programmes) {
        this.register = register;
        this.programmes = programmes;
    }

    @Override
    public String bodyOf(String person) {
        return Optional.ofNullable(register.persons().get(person))
                .map(row -> row.body())
                .orElse("");
    }

    @Override
    public boolean holds(String person, String programme, String role) {
        return duties(programme, role).anyMatch(row -> row.person().equals(person));
    }

    @Override
    public boolean deputizes(String person, String principal, String programme, String role) {
        return duties(programme, role)
                .anyMatch(
                        row -> row.person().equals(principal) && row.deputies().contains(person));
    }

    @Override
    public boolean watchedOnly(String body) {
        return Optional.ofNullable(register.bodies().get(body))
                .filter(row -> Roster.WATCHED.contains(row.kind()))
                .isPresent();
    }

    @Override
    public List<String> holders(String programme, String role, String body) {
        return duties(programme, role)
                .map(DutyAssigned::person)
                .filter(person -> body.isEmpty() || bodyOf(person).equals(body))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<DutyAssigned> duties(String programme, String role) {
        var names = Optional.ofNullable(programmes.get(programme))
                .flatMap(one -> one.findRole(role).map(found -> Loop.duties(one, found)))
                .orElse(List.of());
        return register.duties().stream().filter(row -> names.contains(row.duty()));
    }

    @Override
    public boolean knowsBody(String body) {
        return register.bodies().containsKey(body);
    }

    @Override
    public boolean within(String area, String whole) {
        var at = Optional.of(area);
        for (var depth = 0; depth < DEPTH_MAX && at.isPresent(); depth++) {
            if (at.get().equals(whole)) {
                return true;
            }
            at = register.parent(at.get());
        }
        return false;
    }

    /** Pages do not know contacts. */
    @Override
    public boolean reachableBy(String person, String channel) {
        return false;
    }

    /** Whether a person holds a duty that is no role of a programme: one for which a storm calls. */
    boolean calledInStorms(String person) {
        var roles = new Loop(List.copyOf(programmes.values()), Loop.NONE.calendar()).duties();
        return register.duties().stream().anyMatch(row -> row.person().equals(person) && !roles.contains(row.duty()));
    }
}
