package jiaoying.server.door;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Deed;

/** The deeds that a screen can send, by the last part of their path. */
final class Deeds {
    private static final int PARTICIPANTS_MAX = 5_000;

    static final Map<String, Function<Fields, Deed>> BY_NAME = Map.ofEntries(
            Map.entry("take-shift", _ -> new Deed.TakeShift()),
            Map.entry("arm-sound", fields -> new Deed.ArmSound(fields.flag("armed"))),
            Map.entry("write-note", fields -> new Deed.WriteNote(fields.text("text"))),
            Map.entry(
                    "reached-by-desk",
                    fields -> new Deed.ReachedByDesk(fields.id("order"), fields.id("person"), fields.anyText("said"))),
            Map.entry(
                    "reached-by-hand",
                    fields -> new Deed.ReachedByHand(
                            fields.id("order"),
                            fields.id("person"),
                            fields.id("way"),
                            fields.anyText("said"),
                            fields.anyText("witness"))),
            Map.entry(
                    "take-over",
                    fields -> new Deed.TakeOver(fields.id("order"), fields.id("person"), fields.anyText("said"))),
            Map.entry(
                    "reported-in-place",
                    fields ->
                            new Deed.ReportedInPlace(fields.id("order"), fields.id("person"), fields.anyText("said"))),
            Map.entry(
                    "start-drill",
                    fields -> new Deed.StartDrill(
                            fields.id("hazard"),
                            fields.id("area"),
                            fields.color("color"),
                            fields.anyText("text"),
                            fields.ids("participants", PARTICIPANTS_MAX))),
            Map.entry("test-answers", fields -> new Deed.TestAnswers(fields.id("area"))),
            Map.entry("end-drill", fields -> new Deed.EndDrill(fields.id("order"))),
            Map.entry("call-again", fields -> new Deed.CallAgain(fields.id("order"), fields.id("person"))),
            Map.entry("escalate", fields -> new Deed.Escalate(fields.id("order"), fields.id("person"))),
            Map.entry(
                    "enter-signal",
                    fields -> new Deed.EnterSignal(
                            fields.id("hazard"),
                            fields.id("area"),
                            fields.color("color"),
                            fields.text("source"),
                            fields.anyText("text"))),
            Map.entry(
                    "decide-alert",
                    fields -> new Deed.DecideAlert(
                            fields.id("alert"),
                            fields.oneOf("decision", List.of("consulted", "call-order")),
                            fields.anyText("reason"))),
            Map.entry(
                    "approve-proposal", fields -> new Deed.ApproveProposal(fields.id("alert"), fields.anyText("text"))),
            Map.entry(
                    "decide-response",
                    fields -> new Deed.DecideResponse(
                            fields.id("response"),
                            Integer.parseInt(fields.oneOf("level", List.of("0", "1", "2", "3", "4"))),
                            fields.anyText("reason"))),
            Map.entry(
                    "report-action",
                    fields -> new Deed.ReportAction(fields.id("response"), fields.id("action"), fields.text("text"))),
            Map.entry("end-response", fields -> new Deed.EndResponse(fields.id("response"), fields.text("reason"))),
            Map.entry(
                    "correct-signal",
                    fields -> new Deed.CorrectSignal(fields.id("signal"), fields.text("text"), fields.text("reason"))),
            Map.entry("retract-signal", fields -> new Deed.RetractSignal(fields.id("signal"), fields.text("reason"))),
            Map.entry(
                    "overrule-doubt",
                    fields -> new Deed.OverruleDoubt(fields.id("station"), fields.id("check"), fields.text("reason"))),
            Map.entry(
                    "accept-reading",
                    fields -> new Deed.AcceptReading(fields.id("station"), moment(fields), fields.text("reason"))),
            Map.entry("open-item", fields -> new Deed.OnItem(ItemDeeds.open(fields))),
            Map.entry("move-item", fields -> new Deed.OnItem(ItemDeeds.move(fields))),
            Map.entry("fill-item", fields -> new Deed.OnItem(ItemDeeds.fill(fields))),
            Map.entry("prove-item", fields -> new Deed.OnItem(ItemDeeds.prove(fields))),
            Map.entry("approve-item", fields -> new Deed.OnItem(ItemDeeds.approve(fields))),
            Map.entry("pause-item", fields -> new Deed.OnItem(ItemDeeds.pause(fields))),
            Map.entry("resume-item", fields -> new Deed.OnItem(ItemDeeds.resume(fields))),
            Map.entry("ask-extension", fields -> new Deed.OnItem(ItemDeeds.askExtension(fields))),
            Map.entry("decide-extension", fields -> new Deed.OnItem(ItemDeeds.decideExtension(fields))),
            Map.entry("answer-card", fields -> new Deed.OnItem(ItemDeeds.answerCard(fields))),
            Map.entry("cancel-card", fields -> new Deed.OnItem(ItemDeeds.cancelCard(fields))),
            Map.entry("plan-item", fields -> new Deed.OnItem(ItemDeeds.plan(fields))),
            Map.entry(
                    "publish-figures",
                    fields -> new Deed.PublishFigures(
                            fields.id("programme"), fields.day("from"), fields.day("to"), fields.day("as_of"))),
            Map.entry(
                    "propose-limit",
                    fields -> new Deed.ProposeLimit(
                            fields.id("programme"),
                            fields.id("kind"),
                            fields.id("clock"),
                            fields.count("amount", 1, 1_000_000),
                            fields.id("unit"),
                            fields.text("reason"))),
            Map.entry(
                    "decide-limit",
                    fields -> new Deed.DecideLimit(
                            fields.id("change"), fields.flag("approved"), fields.anyText("reason"))),
            Map.entry(
                    "propose-amendment",
                    fields -> new Deed.ProposeAmendment(
                            fields.id("programme"), AmendmentForm.of(fields), fields.text("reason"))),
            Map.entry(
                    "decide-amendment",
                    fields -> new Deed.DecideAmendment(
                            fields.id("change"), fields.flag("approved"), fields.anyText("reason"))),
            Map.entry(
                    "drop-draft",
                    fields -> new Deed.DropDraft(
                            fields.id("document"),
                            fields.count("from", 0, 100_000_000),
                            fields.count("to", 0, 100_000_000),
                            fields.text("reason"))),
            Map.entry("confirm-control", fields -> new Deed.OnItem(ItemDeeds.confirmControl(fields))),
            Map.entry(
                    "try-forecast",
                    fields -> new Deed.TryForecast(new WhatIf(
                            fields.count("rain_percent", 0, 300),
                            fields.anyFlag("pumps_off"),
                            fields.count("tide_cm", 0, 300) * 10,
                            fields.anyFlag("similar_storm")))),
            Map.entry("erase-person", fields -> new Deed.ErasePerson(fields.id("person"))),
            Map.entry("release-room", _ -> new Deed.ReleaseRoom()));

    private Deeds() {}

    private static Instant moment(Fields fields) {
        try {
            return Instant.parse(fields.text("observed_at"));
        } catch (DateTimeParseException e) {
            throw fields.wrong("observed_at", Sentence.of("utc-time"));
        }
    }
}
