package jiaoying.server.door;

import java.util.List;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;

/** Deeds on items of programmes, from the fields of a message; {@code role} and {@code on_behalf_of} may be missing. */
final class ItemDeeds {
    private static final int MOST = 100;

    private ItemDeeds() {}

    static CaseDeed open(Fields fields) {
        return new CaseDeed.Open(
                fields.id("programme"),
                fields.id("kind"),
                entries(fields),
                fields.anyText("source"),
                fields.anyText("parent"),
                fields.anyText("role"),
                fields.anyMoment("happened_at"));
    }

    static CaseDeed move(Fields fields) {
        return new CaseDeed.Move(
                fields.id("item"),
                fields.id("step"),
                fields.anyText("from"),
                fields.anyText("reason"),
                entries(fields),
                fields.anyText("lead"),
                fields.anyText("supervising"),
                fields.anyIds("assisting", MOST),
                proofs(fields),
                fields.anyFlag("on_site"),
                fields.anyText("role"),
                fields.anyText("on_behalf_of"),
                fields.anyMoment("happened_at"));
    }

    static CaseDeed fill(Fields fields) {
        return new CaseDeed.Fill(
                fields.id("item"),
                entries(fields),
                fields.anyText("reason"),
                fields.anyText("role"),
                fields.anyText("on_behalf_of"));
    }

    static CaseDeed prove(Fields fields) {
        return new CaseDeed.Prove(
                fields.id("item"), proofs(fields), fields.anyText("role"), fields.anyText("on_behalf_of"));
    }

    static CaseDeed approve(Fields fields) {
        return new CaseDeed.Approve(fields.id("item"), fields.id("step"), fields.anyText("role"));
    }

    static CaseDeed pause(Fields fields) {
        return new CaseDeed.Pause(
                fields.id("item"),
                fields.anyFlag("waiting"),
                fields.anyText("for_whom"),
                fields.text("reason"),
                fields.anyText("role"));
    }

    static CaseDeed resume(Fields fields) {
        return new CaseDeed.Resume(fields.id("item"), fields.anyText("reason"), fields.anyText("role"));
    }

    static CaseDeed askExtension(Fields fields) {
        return new CaseDeed.AskExtension(
                fields.id("item"),
                fields.id("clock"),
                fields.count("days", 1, 3_660),
                fields.text("reason"),
                entries(fields),
                fields.anyText("role"));
    }

    static CaseDeed decideExtension(Fields fields) {
        return new CaseDeed.DecideExtension(
                fields.id("item"),
                fields.id("clock"),
                fields.flag("granted"),
                fields.anyText("reason"),
                fields.anyText("role"));
    }

    static CaseDeed answerCard(Fields fields) {
        return new CaseDeed.AnswerCard(
                fields.id("item"), fields.id("card"), fields.text("text"), fields.anyText("role"));
    }

    static CaseDeed cancelCard(Fields fields) {
        return new CaseDeed.CancelCard(
                fields.id("item"), fields.id("card"), fields.text("reason"), fields.anyText("role"));
    }

    static CaseDeed confirmControl(Fields fields) {
        return new CaseDeed.ConfirmControl(
                fields.id("item"), fields.id("signal"), fields.text("text"), fields.anyText("role"));
    }

    static CaseDeed plan(Fields fields) {
        return new CaseDeed.Plan(
                fields.id("programme"),
                fields.id("kind"),
                entries(fields),
                fields.id("field"),
                fields.day("first"),
                fields.count("every", 1, MOST),
                fields.id("unit"),
                fields.count("times", 1, MOST),
                fields.anyText("role"));
    }

    private static List<Entry> entries(Fields fields) {
        return fields.anyObjects("fields", MOST).stream()
                .map(entry -> new Entry(entry.id("field"), entry.anyText("value")))
                .toList();
    }

    private static List<Proof> proofs(Fields fields) {
        return fields.anyObjects("proofs", MOST).stream()
                .map(proof -> new Proof(
                        proof.id("need"),
                        proof.id("sha256"),
                        proof.anyText("name"),
                        proof.moment("taken_at"),
                        proof.anyText("place")))
                .toList();
    }
}
