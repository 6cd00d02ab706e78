package jiaoying.duty.room;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jiaoying.duty.call.Attempt;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallFact.Settled;
import jiaoying.duty.call.CallOrder;
import jiaoying.duty.call.Callee;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.forecast.ForecastFact;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.respond.RespondFact;
import jiaoying.duty.respond.Responses;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.Bulletin;
import jiaoying.duty.warn.BulletinFact;
import jiaoying.duty.warn.WarnFact;

/** Makes the rows of the projections from the state. */
final class Views {
    private final DutyRoom room;

    Views(DutyRoom room) {
        this.room = room;
    }

    void touched(Fact fact, Set<ViewKey> keys) {
        switch (fact) {
            case MonitorFact noticed -> monitor(noticed, keys);
            case ForecastFact forecast -> forecast(forecast, keys);
            case WarnFact warned -> warn(warned, keys);
            case RespondFact responded -> keys.add(new ViewKey("response", Responses.responseOf(responded)));
            case BulletinFact heard -> keys.add(new ViewKey("bulletin", bulletin(heard)));
            case CallFact called -> call(called, keys);
            case CaseFact item -> keys.add(new ViewKey("item", item.item()));
            case RosterFact.ShiftTaken taken -> keys.add(new ViewKey("shift", "now"));
            case RosterFact.ContactDisputed disputed -> disputes(keys);
            case RosterFact.ContactRegistered contact -> disputes(keys);
            case RosterFact.Erased erased -> disputes(keys);
            case RoomFact own -> own(own, keys);
            default -> {}
        }
    }

    private void disputes(Set<ViewKey> keys) {
        room.diary().lastDisputes().forEach(contact -> keys.add(new ViewKey("dispute", contact)));
    }

    private void monitor(MonitorFact fact, Set<ViewKey> keys) {
        room.stationLog().lastMarks().forEach(id -> keys.add(new ViewKey("mark", id)));
        switch (fact) {
            case MonitorFact.ReadingsQuestioned questioned ->
                room.diary().lastFindings().forEach(id -> keys.add(new ViewKey("finding", id)));
            case MonitorFact.AreaLevelMoved moved -> keys.add(area(moved.hazard(), moved.area()));
            case MonitorFact.StationFellSilent fell -> keys.add(new ViewKey("station", fell.station()));
            case MonitorFact.StationHeardAgain heard -> keys.add(new ViewKey("station", heard.station()));
            case MonitorFact.StationDoubted doubted -> keys.add(new ViewKey("station", doubted.station()));
            case MonitorFact.StationTrusted trusted -> keys.add(new ViewKey("station", trusted.station()));
            case MonitorFact.SuspectWouldRaise would ->
                room.diary().lastFindings().forEach(id -> keys.add(new ViewKey("finding", id)));
            case MonitorFact.ReadingAccepted accepted -> keys.add(new ViewKey("station", accepted.station()));
        }
    }

    private static void forecast(ForecastFact fact, Set<ViewKey> keys) {
        keys.add(new ViewKey("forecasts", "now"));
        switch (fact) {
            case ForecastFact.ForecastAsked asked -> keys.add(new ViewKey("forecast", asked.run()));
            case ForecastFact.ForecastMade made -> keys.add(new ViewKey("forecast", made.run()));
            case ForecastFact.ForecastFailed failed -> keys.add(new ViewKey("forecast", failed.run()));
            case ForecastFact.ForecastsSet set -> {}
            case ForecastFact.ForecastsEnded ended -> {}
            case ForecastFact.ForecastsScored scored -> {}
            case ForecastFact.ExpectedLevelMoved moved -> {}
        }
    }

    private void warn(WarnFact fact, Set<ViewKey> keys) {
        switch (fact) {
            case WarnFact.ThresholdAlertRaised raised -> keys.add(new ViewKey("alert", raised.alert()));
            case WarnFact.ThresholdAlertDecided decided -> keys.add(new ViewKey("alert", decided.alert()));
            case WarnFact.SignalIssued issued -> {
                signal(issued.signal(), keys);
                if (!issued.replaces().isEmpty()) {
                    signal(issued.replaces(), keys);
                }
            }
            case WarnFact.SignalLifted lifted -> signal(lifted.signal(), keys);
            case WarnFact.SignalCorrected corrected -> signal(corrected.signal(), keys);
            case WarnFact.SignalRetracted retracted -> signal(retracted.signal(), keys);
        }
    }

    private void signal(String signal, Set<ViewKey> keys) {
        keys.add(new ViewKey("signal", signal));
        room.warnings().findSignal(signal).ifPresent(s -> {
            keys.add(area(s.issued().hazard(), s.issued().area()));
            recolored(s.issued(), keys);
        });
    }

    /** Whoever still waits in an order that goes on under this signal is shown in its colour. */
    private void recolored(WarnFact.SignalIssued issued, Set<ViewKey> keys) {
        room.calls()
                .latest(issued.hazard(), issued.area())
                .filter(CallOrder::open)
                .ifPresent(order -> open(order, keys));
    }

    private static void open(CallOrder order, Set<ViewKey> keys) {
        keys.add(order(order.id()));
        order.callees().stream()
                .filter(callee -> callee.settled().isEmpty())
                .forEach(callee -> callee(order.id(), callee.person(), keys));
    }

    private void call(CallFact fact, Set<ViewKey> keys) {
        switch (fact) {
            case CallFact.CallOrderOpened opened -> keys.add(order(opened.order()));
            case CallFact.CallOrderContinues continues -> keys.add(order(continues.order()));
            case CallFact.CallOrderListed listed -> keys.add(order(listed.order()));
            case CallFact.RuleJudged judged -> keys.add(order(judged.order()));
            case CallFact.RoundPutOff round -> callee(round.order(), round.person(), keys);
            case CallFact.InPlaceReported reported -> callee(reported.order(), reported.person(), keys);
            case CallFact.AnswerExpired expired -> callee(expired.order(), expired.person(), keys);
            case CallFact.CalleeListed listed -> callee(listed.order(), listed.person(), keys);
            case CallFact.RoundStarted round -> callee(round.order(), round.person(), keys);
            case CallFact.CalleeExhausted exhausted -> callee(exhausted.order(), exhausted.person(), keys);
            case CallFact.SpeakerShared shared -> callee(shared.order(), shared.person(), keys);
            case CallFact.CalleeSettled settled -> {
                callee(settled.order(), settled.person(), keys);
                settled.withdrawnKeys().forEach(key -> sharers(key, keys));
            }
            case CallFact.AttemptReported reported -> {
                callee(reported.order(), reported.person(), keys);
                sharers(reported.report().key(), keys);
            }
            case CallFact.EvidenceHeard heard -> {
                callee(heard.order(), heard.person(), keys);
                sharers(heard.event().key(), keys);
            }
            case CallFact.RepeatStopped stopped -> {
                callee(stopped.order(), stopped.person(), keys);
                sharers(stopped.key(), keys);
            }
            case CallFact.CallOrderReworded reworded -> keys.add(order(reworded.order()));
            case CallFact.NoticeSent sent -> keys.add(order(sent.order()));
            case CallFact.CallOrderClosed closed ->
                open(room.calls().findOrder(closed.order()).orElseThrow(), keys);
        }
    }

    /** Everybody for whom a loudspeaker that several share has spoken. */
    private void sharers(String attempt, Set<ViewKey> keys) {
        room.calls()
                .findAttempt(attempt)
                .filter(one -> !one.sharers().isEmpty())
                .ifPresent(one -> Stream.concat(Stream.of(one.errand().callee()), one.sharers().stream())
                        .forEach(person -> callee(one.errand().order(), person, keys)));
    }

    /** One row for each hazard of an area. */
    private static ViewKey area(String hazard, String area) {
        return new ViewKey("area", hazard + '/' + area);
    }

    private static ViewKey order(String order) {
        return new ViewKey("order", order);
    }

    /** Notices have no callee: they show on the order. */
    private static void callee(String order, String person, Set<ViewKey> keys) {
        keys.add(order(order));
        if (!person.isEmpty()) {
            keys.add(new ViewKey("callee", order + '/' + person));
        }
    }

    private void own(RoomFact fact, Set<ViewKey> keys) {
        switch (fact) {
            case RoomFact.RoomConfigured configured -> keys.add(new ViewKey("room", "now"));
            case RoomFact.RoomHeld from -> keys.add(new ViewKey("room", "now"));
            case RoomFact.RoomReleased released -> keys.add(new ViewKey("room", "now"));
            case RoomFact.PlanChosen chosen -> keys.add(new ViewKey("room", "now"));
            case RoomFact.CarrierChanged changed -> keys.add(new ViewKey("carrier", changed.carrier()));
            case RoomFact.SoundArmed sound -> keys.add(new ViewKey("shift", "now"));
            case RoomFact.Limit limit -> keys.add(new ViewKey("limit", Limits.changeOf(limit)));
            case RoomFact.Amending amending -> keys.add(new ViewKey("amendment", amending.change()));
            case RoomFact.Paper paper -> keys.add(Papers.key(paper));
            case RoomFact.NoteWritten note ->
                keys.add(new ViewKey("note", room.diary().lastNote()));
            case RoomFact.ArrivalSetAside aside ->
                room.diary().lastFindings().forEach(id -> keys.add(new ViewKey("finding", id)));
            case RoomFact.JournalSealed sealed -> {}
            case RoomFact.TimerLapsed lapsed -> {}
            case RoomFact.SignedIn in -> {}
            case RoomFact.SignedOut out -> {}
            case RoomFact.AccountOpened opened -> {}
            case RoomFact.Access access -> {}
            case RoomFact.HeadDue due -> {}
            case RoomFact.HeadSigned signed -> {}
            case RoomFact.HeadSentOut out -> {}
            case RoomFact.ErrandReported reported -> {}
        }
    }

    View view(ViewKey key) {
        return switch (key.kind()) {
            case "signal" -> signalView(key.id());
            case "alert" -> alertView(key.id());
            case "order" -> orderView(room.calls().findOrder(key.id()).orElseThrow());
            case "callee" -> calleeView(key.id());
            case "area" -> areaView(key.id());
            case "bulletin" -> bulletinView(key.id());
            case "response" -> responseView(key.id());
            case "station" ->
                new View.StationView(
                        key.id(),
                        room.monitor().isSilent(key.id()),
                        room.monitor().lastObserved(key.id()),
                        room.stationLog().doubts(key.id()));
            case "mark" -> room.stationLog().findMark(key.id()).orElseThrow();
            case "item" -> itemView(key.id());
            case "forecast" -> forecastView(key.id());
            case "forecasts" -> forecastsView();
            case "limit" -> room.limits().find(key.id()).orElseThrow();
            case "amendment" -> room.amendments().find(key.id()).orElseThrow();
            case "published" -> room.papers().findPublished(key.id()).orElseThrow();
            case "document" -> room.papers().findDocument(key.id()).orElseThrow();
            case "shift" -> room.shift();
            case "note" -> room.diary().findNote(key.id()).orElseThrow();
            case "finding" -> room.diary().findFinding(key.id()).orElseThrow();
            case "dispute" -> room.diary().findDispute(key.id()).orElseThrow();
            case "carrier" -> room.carriers().find(key.id()).orElseThrow();
            case "room" -> new View.RoomView(room.settings(), room.held(), room.plan());
            default -> throw new IllegalArgumentException("Bug: no view of kind " + key.kind());
        };
    }

    private View itemView(String id) {
        var item = room.cases().find(id).orElseThrow();
        var town = room.cases()
                .findProgramme(item.opened().programme())
                .map(Programme::town)
                .orElse("");
        return ItemViews.of(item, town, room.roster());
    }

    private View forecastView(String id) {
        var run = room.forecasts().find(id).orElseThrow();
        var asked = run.asked();
        var made = run.made();
        return new View.ForecastView(
                id,
                asked.whatIf(),
                asked.by(),
                run.askedAt(),
                asked.start(),
                asked.until(),
                asked.rain(),
                asked.deadline(),
                run.open() ? "asked" : made.isPresent() ? "made" : "failed",
                run.failed().map(failed -> failed.why()),
                made.map(came -> came.from()).orElse(""),
                made.map(came -> came.stateAt()).orElse(asked.start()),
                made.map(came -> came.cells()).orElse(0),
                made.map(came -> came.wallMs()).orElse(0L),
                made.map(came -> came.sites()).orElse(List.of()),
                run.endedAt());
    }

    private View forecastsView() {
        var forecasts = room.forecasts();
        return new View.ForecastsView(
                forecasts.plan(),
                forecasts.next(),
                forecasts.failedInARow(),
                forecasts.skill(),
                forecasts.expected().entrySet().stream()
                        .map(area -> new View.ExpectedView(area.getKey(), area.getValue()))
                        .toList());
    }

    private View signalView(String id) {
        var signal = room.warnings().findSignal(id).orElseThrow();
        var issued = signal.issued();
        return new View.SignalView(
                id,
                issued.hazard(),
                issued.area(),
                issued.color(),
                issued.action(),
                issued.source(),
                issued.by(),
                signal.text(),
                room.warnings().findAlert(issued.alert()).map(alert -> alert.raisedAt()),
                signal.issuedAt(),
                signal.endedAt(),
                signal.ended(),
                issued.basis());
    }

    private View responseView(String id) {
        var held = room.responses().find(id).orElseThrow();
        var proposed = held.proposed();
        return new View.ResponseView(
                id,
                proposed.hazard(),
                proposed.color(),
                proposed.area(),
                proposed.level(),
                held.proposedAt(),
                proposed.decideBy(),
                proposed.plan(),
                held.state(),
                held.decided().map(d -> d.level()).orElse(0),
                held.decided().map(d -> d.by()).orElse(""),
                held.decided().map(d -> d.reason()).orElse(""),
                held.decidedAt(),
                held.actions().values().stream()
                        .map(done -> new View.ActionView(
                                done.action(),
                                done.report().map(r -> r.by()).orElse(""),
                                done.report().map(r -> r.text()).orElse(""),
                                done.reportedAt(),
                                done.urgedAt(),
                                done.escalatedAt()))
                        .toList(),
                held.endedAt());
    }

    private static String bulletin(BulletinFact fact) {
        return switch (fact) {
            case BulletinFact.BulletinHeard heard -> heard.key();
            case BulletinFact.BulletinBegan began -> began.key();
            case BulletinFact.BulletinEnded ended -> ended.key();
            case BulletinFact.BulletinDisputed disputed -> disputed.key();
        };
    }

    private View bulletinView(String key) {
        var held = room.bulletins().find(key).orElseThrow();
        var heard = held.heard();
        var waits = heard.verdict() == Bulletin.Verdict.WAITING;
        var acts = waits
                || (heard.verdict() == Bulletin.Verdict.ACTED
                        && !heard.brought().isEmpty());
        return new View.BulletinView(
                key,
                heard.bulletin(),
                heard.by(),
                held.heardAt(),
                heard.verdict(),
                heard.brought(),
                heard.ends(),
                heard.begins(),
                held.began(),
                held.ended(),
                acts ? held.endedAt() : Optional.of(held.heardAt()),
                held.disputed().size());
    }

    private View alertView(String id) {
        var alert = room.warnings().findAlert(id).orElseThrow();
        var raised = alert.raised();
        return new View.AlertView(
                id,
                raised.hazard(),
                raised.area(),
                raised.color(),
                raised.was(),
                alert.raisedAt(),
                raised.decideBy(),
                alert.decided().map(d -> d.decision()).orElse(""),
                alert.decided().map(d -> d.by()).orElse(""),
                alert.decidedAt(),
                raised.criteria(),
                raised.single(),
                raised.basis(),
                raised.source(),
                raised.text());
    }

    /** An order of a graver signal goes on under the milder one in force, and is shown as that. */
    private SignalColor color(CallOrder order) {
        var opened = order.opened();
        return room.warnings()
                .inForce(opened.hazard(), opened.area())
                .map(signal -> signal.issued().color())
                .filter(opened.color()::above)
                .filter(now -> order.open() && opened.aim() == CallFact.Aim.WARNING)
                .filter(now -> room.warnings().findAlert(opened.reason()).isEmpty())
                .orElse(opened.color());
    }

    private View orderView(CallOrder order) {
        var called = order.callees().size() - order.count(Settled.CARRIED_OVER);
        var answered = order.count(Settled.ANSWERED) + order.count(Settled.REACHED_BY_DESK);
        var takenOver = order.count(Settled.TAKEN_OVER);
        return new View.OrderView(
                order.id(),
                order.opened().reason(),
                order.opened().hazard(),
                color(order),
                order.opened().area(),
                order.messages().self(),
                order.opened().exercise(),
                order.openedAt(),
                order.closedAt(),
                order.closed().map(c -> c.reason()).orElse(""),
                called,
                answered,
                takenOver,
                called - answered - takenOver,
                order.noticeKind(),
                order.notReceived(),
                order.opened().aim(),
                order.opened().plan().terms(),
                order.inPlace(),
                order.judged());
    }

    private View calleeView(String id) {
        var cut = id.indexOf('/');
        var order = room.calls().findOrder(id.substring(0, cut)).orElseThrow();
        var callee = order.findCallee(id.substring(cut + 1)).orElseThrow();
        return new View.CalleeView(
                order.id(),
                callee.person(),
                order.opened().area(),
                callee.settled().isPresent() ? order.opened().color() : color(order),
                callee.listed().items(),
                callee.listedAt(),
                callee.rung() + 1,
                order.opened().plan().rounds().size(),
                state(order, callee),
                callee.escalated(),
                callee.settledAt(),
                callee.settled().map(s -> s.by()).orElse(""),
                callee.settled().map(s -> s.channel()).orElse(""),
                callee.settled().map(s -> s.witness()).orElse(""),
                callee.reportBy(),
                callee.inPlaceAt(),
                next(order, callee),
                attempts(callee));
    }

    private static String state(CallOrder order, Callee callee) {
        if (callee.settled().isPresent()) {
            return callee.settled()
                    .get()
                    .how()
                    .name()
                    .toLowerCase(java.util.Locale.ROOT)
                    .replace('_', '-');
        }
        return !order.open() ? "unanswered" : callee.exhausted() ? "exhausted" : "calling";
    }

    private static Optional<View.Next> next(CallOrder order, Callee callee) {
        return callee.nextDue().map(at -> {
            var rounds = order.opened().plan().rounds();
            if (callee.nextRung() >= rounds.size()) {
                return new View.Next("officer", "", List.of(), at);
            }
            var rung = rounds.get(callee.nextRung());
            var person = callee.target(callee.nextRung(), rounds).orElse("");
            return new View.Next(rung.to(), person, rung.channels(), at);
        });
    }

    private static List<View.AttemptView> attempts(Callee callee) {
        var own = callee.attempts().stream().map(Views::attemptView);
        return callee.shared().isEmpty()
                ? own.toList()
                : Stream.concat(own, callee.shared().stream().map(Views::sharedView))
                        .sorted(Comparator.comparing(View.AttemptView::plannedAt))
                        .toList();
    }

    private static View.AttemptView attemptView(Attempt attempt) {
        return attemptView(attempt, attempt.errand().to(), attempt.round(), attempt.plannedAt());
    }

    private static View.AttemptView sharedView(Callee.Shared shared) {
        return attemptView(shared.attempt(), shared.to(), shared.round(), shared.at());
    }

    private static View.AttemptView attemptView(Attempt attempt, String to, int round, Instant plannedAt) {
        return new View.AttemptView(
                attempt.errand().key(),
                attempt.errand().channel(),
                to,
                round + 1,
                plannedAt,
                attempt.submittedAt(),
                attempt.state().word(),
                attempt.detail());
    }

    private View areaView(String place) {
        var cut = place.indexOf('/');
        var hazard = place.substring(0, cut);
        var area = place.substring(cut + 1);
        var tracker = room.monitor().level(hazard, area);
        var move = room.monitor().lastMove(hazard, area);
        return new View.AreaView(
                area,
                hazard,
                tracker.level(),
                tracker.fallingSince(),
                move.map(m -> m.single()).orElse(false),
                move.map(m -> m.basis()).orElse(List.of()),
                room.warnings()
                        .inForce(hazard, area)
                        .map(s -> s.issued().color())
                        .orElse(SignalColor.NONE));
    }
}
