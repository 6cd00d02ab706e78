package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.forecast.ForecastFact;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Check;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.respond.RespondFact;
import jiaoying.duty.respond.Responses;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.warn.BulletinFact;
import jiaoying.duty.warn.WarnFact;

/**
 * Numbers of the facts that still shape the state, by subject. Folding these facts in order gives the state that folding all
 * of them gives, less what was forgotten: that is a snapshot, and it needs no format of its own.
 */
final class StillMatters {
    private final Map<String, List<Long>> numbers = new TreeMap<>();

    void note(long number, Fact fact) {
        switch (fact) {
            case RosterFact row -> roster(number, row);
            case StationFact.StationRegistered station -> replace("station/" + station.station(), number);
            case StationFact.ThresholdsSet set -> replace("thresholds/" + set.station(), number);
            case StationFact.SiteRegistered site -> replace("site/" + site.site(), number);
            case MonitorFact noticed -> monitor(number, noticed);
            case ForecastFact forecast -> forecast(number, forecast);
            case WarnFact warned -> warn(number, warned);
            case CallFact called -> add("order/" + order(called), number);
            case BulletinFact heard -> bulletin(number, heard);
            case RespondFact responded -> add("response/" + Responses.responseOf(responded), number);
            case CaseFact item -> add("item/" + item.item(), number);
            case RoomFact own -> own(number, own);
            default -> throw new IllegalArgumentException("Bug: no part of the room knows " + fact.getClass());
        }
    }

    /** In rising order. */
    List<Long> numbers() {
        var all = numbers.values().stream()
                .flatMap(Collection::stream)
                .mapToLong(Long::longValue)
                .toArray();
        Arrays.sort(all);
        var once = new ArrayList<Long>(all.length);
        for (var i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                once.add(all[i]);
            }
        }
        return once;
    }

    void forget(String subject) {
        numbers.remove(subject);
    }

    /** A reading that an officer accepted matters no longer than the longest window reaches. */
    void forgetAccepted(Instant before) {
        numbers.keySet()
                .removeIf(subject -> subject.startsWith("accepted/")
                        && Instant.parse(subject.substring(subject.lastIndexOf('/') + 1))
                                .isBefore(before));
    }

    private void roster(long number, RosterFact row) {
        switch (row) {
            case RosterFact.AreaRegistered area -> replace("area/" + area.area(), number);
            case RosterFact.BodyRegistered body -> replace("body/" + body.body(), number);
            case RosterFact.PersonRegistered person -> replace("person/" + person.person(), number);
            case RosterFact.ContactRegistered contact -> {
                var subject = contact.person() + '/' + contact.channel();
                forget("disputed/" + subject);
                replace("contact/" + subject, number);
            }
            case RosterFact.DutyAssigned duty -> replace("duty/" + duty.id(), number);
            case RosterFact.DutyEnded duty -> replace("duty/" + duty.id(), number);
            case RosterFact.ShiftPlanned shift -> replace("planned/" + shift.id(), number);
            case RosterFact.ShiftTaken taken -> {
                forget("sound");
                replace("shift", number);
            }
            case RosterFact.Erased erased -> {
                numbers.keySet().removeIf(subject -> subject.startsWith("disputed/" + erased.person() + '/'));
                replace("erased/" + erased.person(), number);
            }
            case RosterFact.ContactDisputed disputed -> disputed(disputed.person() + '/' + disputed.channel(), number);
        }
    }

    /** The first dispute of a contact tells since when it has been in doubt. */
    private void disputed(String contact, long number) {
        numbers.computeIfAbsent("disputed/" + contact, _ -> new ArrayList<>(List.of(number)));
    }

    private void monitor(long number, MonitorFact fact) {
        switch (fact) {
            case MonitorFact.ReadingsQuestioned questioned -> {}
            case MonitorFact.AreaLevelMoved moved -> {
                forget("asked/" + moved.hazard() + '/' + moved.area());
                replace("level/" + moved.hazard() + '/' + moved.area(), number);
            }
            case MonitorFact.StationFellSilent fell -> replace("silence/" + fell.station(), number);
            case MonitorFact.StationHeardAgain heard -> forget("silence/" + heard.station());
            case MonitorFact.StationDoubted doubted -> replace(doubt(doubted.station(), doubted.check()), number);
            case MonitorFact.StationTrusted trusted -> {
                if (trusted.by().isEmpty()) {
                    forget(doubt(trusted.station(), trusted.check()));
                } else {
                    add(doubt(trusted.station(), trusted.check()), number); // the doubt itself tells what was overruled
                }
            }
            case MonitorFact.SuspectWouldRaise would -> {
                if (would.check() == Check.WET_OUTLIER) {
                    replace("asked/" + would.hazard() + '/' + would.area(), number);
                }
            }
            case MonitorFact.ReadingAccepted accepted ->
                replace("accepted/" + accepted.station() + '/' + accepted.observedAt(), number);
        }
    }

    private static String doubt(String station, Check check) {
        return "doubt/" + station + '/' + check;
    }

    private void warn(long number, WarnFact fact) {
        switch (fact) {
            case WarnFact.ThresholdAlertRaised raised -> add("alert/" + raised.alert(), number);
            case WarnFact.ThresholdAlertDecided decided -> add("alert/" + decided.alert(), number);
            case WarnFact.SignalIssued issued -> {
                add("signal/" + issued.signal(), number);
                if (!issued.replaces().isEmpty()) {
                    add("signal/" + issued.replaces(), number);
                }
            }
            case WarnFact.SignalLifted lifted -> add("signal/" + lifted.signal(), number);
            case WarnFact.SignalCorrected corrected -> add("signal/" + corrected.signal(), number);
            case WarnFact.SignalRetracted retracted -> add("signal/" + retracted.signal(), number);
        }
    }

    private void forecast(long number, ForecastFact fact) {
        switch (fact) {
            case ForecastFact.ForecastsSet set -> replace("forecasts", number);
            case ForecastFact.ForecastsEnded ended -> {
                numbers.keySet().removeIf(subject -> subject.startsWith("expected/"));
                replace("forecasts", number);
            }
            case ForecastFact.ForecastAsked asked -> add("forecast/" + asked.run(), number);
            case ForecastFact.ForecastMade made -> add("forecast/" + made.run(), number);
            case ForecastFact.ForecastFailed failed -> add("forecast/" + failed.run(), number);
            case ForecastFact.ForecastsScored scored -> replace("skill", number);
            case ForecastFact.ExpectedLevelMoved moved -> replace("expected/" + moved.area(), number);
        }
    }

    private void bulletin(long number, BulletinFact fact) {
        var key = switch (fact) {
            case BulletinFact.BulletinHeard heard -> heard.key();
            case BulletinFact.BulletinBegan began -> began.key();
            case BulletinFact.BulletinEnded ended -> ended.key();
            case BulletinFact.BulletinDisputed disputed -> disputed.key();
        };
        add("bulletin/" + key, number);
    }

    private static String order(CallFact fact) {
        return switch (fact) {
            case CallFact.CallOrderOpened opened -> opened.order();
            case CallFact.CallOrderContinues continues -> continues.order();
            case CallFact.CallOrderListed listed -> listed.order();
            case CallFact.RoundPutOff round -> round.order();
            case CallFact.InPlaceReported reported -> reported.order();
            case CallFact.AnswerExpired expired -> expired.order();
            case CallFact.RuleJudged judged -> judged.order();
            case CallFact.CalleeListed listed -> listed.order();
            case CallFact.RoundStarted round -> round.order();
            case CallFact.SpeakerShared shared -> shared.order();
            case CallFact.CalleeExhausted exhausted -> exhausted.order();
            case CallFact.CalleeSettled settled -> settled.order();
            case CallFact.AttemptReported reported -> reported.order();
            case CallFact.EvidenceHeard heard -> heard.order();
            case CallFact.RepeatStopped stopped -> stopped.order();
            case CallFact.CallOrderReworded reworded -> reworded.order();
            case CallFact.NoticeSent sent -> sent.order();
            case CallFact.CallOrderClosed closed -> closed.order();
        };
    }

    private void own(long number, RoomFact fact) {
        switch (fact) {
            case RoomFact.RoomConfigured configured -> add("configured", number);
            case RoomFact.RoomHeld from -> replace("held", number);
            case RoomFact.RoomReleased released -> forget("held");
            case RoomFact.JournalSealed sealed -> replace("sealed", number);
            case RoomFact.HeadDue due -> replace("head", number);
            case RoomFact.PlanChosen chosen -> replace("plan", number);
            case RoomFact.CarrierChanged changed -> replace("carrier/" + changed.carrier(), number);
            case RoomFact.Limit limit -> add("limit/" + Limits.changeOf(limit), number);
            case RoomFact.Amending amending -> add("amendment/" + amending.change(), number);
            case RoomFact.Paper paper -> add("paper/" + Papers.key(paper).id(), number);
            case RoomFact.SoundArmed sound -> replace("sound", number);
            case RoomFact.ArrivalSetAside aside -> {}
            case RoomFact.TimerLapsed lapsed -> {}
            case RoomFact.NoteWritten note -> {}
            case RoomFact.SignedIn in -> {}
            case RoomFact.SignedOut out -> {}
            case RoomFact.AccountOpened opened -> {}
            case RoomFact.Access access -> {}
            case RoomFact.HeadSigned signed -> {}
            case RoomFact.HeadSentOut out -> replace("anchors", number);
            case RoomFact.ErrandReported reported -> {}
        }
    }

    private void add(String subject, long number) {
        numbers.computeIfAbsent(subject, s -> new ArrayList<>()).add(number);
    }

    private void replace(String subject, long number) {
        var one = new ArrayList<Long>();
        one.add(number);
        numbers.put(subject, one);
    }
}
