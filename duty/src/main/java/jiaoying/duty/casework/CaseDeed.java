package jiaoying.duty.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;

/**
 * What somebody wants to do with an item. Each has the role in which he does it, or an empty one for whichever of his roles
 * allows it, and the person for whom he does it, or nobody. An absent {@code happenedAt} is now.
 */
public sealed interface CaseDeed {
    /** @param what the kind of item @param source what it comes from, or empty @param parent the item it is split from, or empty */
    record Open(
            String programme,
            String what,
            List<Entry> fields,
            String source,
            String parent,
            String role,
            Optional<Instant> happenedAt)
            implements CaseDeed {}

    /** @param from the stage that the person saw: when it has changed since, he is told who and when */
    record Move(
            String item,
            String move,
            String from,
            String reason,
            List<Entry> fields,
            String lead,
            String supervising,
            List<String> assisting,
            List<Proof> proofs,
            boolean onSite,
            String role,
            String onBehalfOf,
            Optional<Instant> happenedAt)
            implements CaseDeed {
        Move to(String otherLead, String otherSupervising) {
            return new Move(
                    item,
                    move,
                    from,
                    reason,
                    fields,
                    otherLead,
                    otherSupervising,
                    assisting,
                    proofs,
                    onSite,
                    role,
                    onBehalfOf,
                    happenedAt);
        }

        Move withHappenedAt(Instant when) {
            return new Move(
                    item,
                    move,
                    from,
                    reason,
                    fields,
                    lead,
                    supervising,
                    assisting,
                    proofs,
                    onSite,
                    role,
                    onBehalfOf,
                    Optional.of(when));
        }
    }

    record Fill(String item, List<Entry> fields, String reason, String role, String onBehalfOf) implements CaseDeed {}

    record Prove(String item, List<Proof> proofs, String role, String onBehalfOf) implements CaseDeed {}

    record Approve(String item, String move, String role) implements CaseDeed {}

    /** @param waiting for somebody outside, else suspended by the supervising body */
    record Pause(String item, boolean waiting, String forWhom, String reason, String role) implements CaseDeed {}

    record Resume(String item, String reason, String role) implements CaseDeed {}

    record AskExtension(String item, String clock, int days, String reason, List<Entry> fields, String role)
            implements CaseDeed {}

    record DecideExtension(String item, String clock, boolean granted, String reason, String role)
            implements CaseDeed {}

    record AnswerCard(String item, String card, String text, String role) implements CaseDeed {}

    record CancelCard(String item, String card, String reason, String role) implements CaseDeed {}

    record ConfirmControl(String item, String signal, String text, String role) implements CaseDeed {}

    /**
     * The rows of a ledger that was kept elsewhere (台账导入): all of them, or none.
     *
     * @param file   SHA-256 of the file, hex
     * @param ledger which ledger the rows' numbers are of, or empty where a programme has one only
     */
    record TakeOver(String programme, String file, String ledger, List<TakenRow> rows, String role)
            implements CaseDeed {}

    /**
     * @param line    in the file, from 1
     * @param id      its number in the ledger
     * @param what    the kind of item
     * @param stage   where the ledger says it stands
     * @param entered stages that it came to, with when
     */
    record TakenRow(
            int line, String id, String what, String stage, List<Entry> fields, List<CaseFact.Entered> entered) {}

    /**
     * A request of another system (外部诉求) becomes a draft, which only a person registers. Brought by a door, never by a person.
     *
     * @param source who brought it and its number there: what came before is the same request
     */
    record Hear(String programme, String what, List<Entry> fields, String source, Optional<Instant> happenedAt)
            implements CaseDeed {}

    /**
     * Records with their days, one after the other (排查计划): what is not done by its day is missed, also when nothing would have
     * been found. All of them, or none.
     *
     * @param field of the day
     * @param every so many days or months after the one before
     * @param unit  days or months
     * @param times how many, the first included
     */
    record Plan(
            String programme,
            String what,
            List<Entry> fields,
            String field,
            LocalDate first,
            int every,
            String unit,
            int times,
            String role)
            implements CaseDeed {}
}
