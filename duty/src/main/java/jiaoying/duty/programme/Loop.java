package jiaoying.duty.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The programmes that a room carries, and the calendar by which their days are counted (闭环). */
public record Loop(List<Programme> programmes, WorkingCalendar calendar) {
    /** A room without programmes. */
    public static final Loop NONE =
            new Loop(List.of(), new WorkingCalendar(new TreeSet<>(), new TreeSet<>(), new TreeSet<>()));

    public Map<String, Programme> byName() {
        var byName = new LinkedHashMap<String, Programme>();
        programmes.forEach(programme -> byName.put(programme.name(), programme));
        return byName;
    }

    /** Duties of the register by which a role of a programme is held; nobody is called in a storm for one of them. */
    public Set<String> duties() {
        var duties = new TreeSet<String>();
        programmes.forEach(programme -> programme.roles().forEach(role -> duties.addAll(duties(programme, role))));
        return duties;
    }

    /** The role's Chinese name in the pack, or its id behind the programme's where two programmes share a name. */
    public static List<String> duties(Programme programme, Programme.Role role) {
        return new ArrayList<>(List.of(role.duty(), programme.name() + ":" + role.id()));
    }
}
