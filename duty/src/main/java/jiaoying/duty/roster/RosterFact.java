package jiaoying.duty.roster;

import java.time.Instant;
import java.util.List;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;

/** What happened to the city register's areas, bodies, people, duties and shifts. A row registered again replaces the earlier one. */
public sealed interface RosterFact extends Fact {
    /** @param kind city, town, subdistrict or village; parent empty for the city; schematic: its outline is a sketch, not a boundary */
    record AreaRegistered(String area, String nameZh, String nameEn, String kind, String parent, boolean schematic)
            implements RosterFact {}

    record BodyRegistered(String body, String nameZh, String nameEn, String kind, String area) implements RosterFact {}

    /** The post is the person's function, not personal data; name and contacts are. */
    record PersonRegistered(String person, Personal name, String body, String postZh, String postEn)
            implements RosterFact {}

    /** @param channel text, voice or mail */
    record ContactRegistered(String person, String channel, Personal address) implements RosterFact {}

    /** Duty = person x duty x area. @param deputies person ids, first one first; superior: person id or empty */
    record DutyAssigned(String id, String person, String duty, String area, List<String> deputies, String superior)
            implements RosterFact {}

    record DutyEnded(String id) implements RosterFact {}

    record ShiftPlanned(String id, Instant from, Instant to, String officer, String leader) implements RosterFact {}

    /** 接班: an officer (account name) took the shift over. */
    record ShiftTaken(String officer) implements RosterFact {}

    /** Personal fields of the person read as blank from now on, in every copy made from facts. */
    record Erased(String person, String by) implements RosterFact {}

    /** A contact turned out not to belong to the person (不是本人). */
    record ContactDisputed(String person, String channel, String errand) implements RosterFact {}
}
