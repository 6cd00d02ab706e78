package jiaoying.duty.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.call.CallFact.AnswerExpired;
import jiaoying.duty.call.CallFact.AttemptReported;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CallOrderContinues;
import jiaoying.duty.call.CallFact.CallOrderListed;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CallOrderReworded;
import jiaoying.duty.call.CallFact.CalleeExhausted;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.EvidenceHeard;
import jiaoying.duty.call.CallFact.InPlaceReported;
import jiaoying.duty.call.CallFact.NoticeSent;
import jiaoying.duty.call.CallFact.RepeatStopped;
import jiaoying.duty.call.CallFact.RoundPutOff;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.RuleJudged;
import jiaoying.duty.call.CallFact.SpeakerShared;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;

/** All call orders of a room. Decisions about them are made by a {@link CallStep}. */
public final class Calls {
    private final Map<String, CallOrder> orders = new LinkedHashMap<>();
    private final Map<String, String> latestOfPlace = new HashMap<>();
    private final Map<String, String> supersededBy = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, List<Attempt>> voices = new HashMap<>();
    private final Map<String, Instant> lastVoice = new HashMap<>();

    /** The last loudspeaker call of an order to a person's device, by order and person. */
    private final Map<String, Attempt> speakers = new HashMap<>();

    /** Where an errand belongs. @param person the callee, or empty for a notice */
    record Place(String order, String person) {}

    public Optional<CallOrder> findOrder(String order) {
        return Optional.ofNullable(orders.get(order));
    }

    public Collection<CallOrder> listOrders() {
        return orders.values();
    }

    /** The order opened last for a hazard in an area, open or closed. */
    public Optional<CallOrder> latest(String hazard, String area) {
        return Optional.ofNullable(latestOfPlace.get(place(hazard, area))).map(orders::get);
    }

    /** An order and those that it superseded, as far as they are held; the latest first. */
    List<CallOrder> line(CallOrder latest) {
        var line = new ArrayList<CallOrder>();
        for (var next = Optional.of(latest); next.isPresent(); ) {
            line.add(next.get());
            next = findOrder(next.get().opened().supersedes());
        }
        return line;
    }

    /** The order in whose name those whom this order called were told last how things stand: its own or a later one's. */
    Optional<CallOrder> lastTold(String order) {
        CallOrder told = null;
        for (var next = order; next != null && orders.containsKey(next); next = supersededBy.get(next)) {
            told = orders.get(next).notice().isPresent() ? orders.get(next) : told;
        }
        return Optional.ofNullable(told);
    }

    /** True when an errand with this key serves a call order. */
    public boolean knows(String errand) {
        return places.containsKey(errand);
    }

    Optional<Place> findPlace(String errand) {
        return Optional.ofNullable(places.get(errand));
    }

    /** Lets go of orders that closed before then, unless their people are still to be told how it ended. @return their ids */
    public List<String> forget(Instant before) {
        var owing = latestOfPlace.values().stream()
                .map(orders::get)
                .filter(latest -> !latest.calledOff())
                .flatMap(latest -> line(latest).stream())
                .map(CallOrder::id)
                .toList();
        var gone = orders.values().stream()
                .filter(order -> order.closedAt().filter(before::isAfter).isPresent())
                .map(CallOrder::id)
                .filter(order -> !owing.contains(order))
                .toList();
        var dropped = new HashSet<>(gone);
        places.values().removeIf(place -> dropped.contains(place.order()));
        voices.values()
                .forEach(calls -> calls.removeIf(
                        attempt -> dropped.contains(attempt.errand().order())));
        voices.values().removeIf(List::isEmpty);
        speakers.values().removeIf(attempt -> dropped.contains(attempt.errand().order()));
        for (var order : gone) {
            orders.remove(order);
            latestOfPlace.values().remove(order);
            supersededBy.remove(order);
        }
        return gone;
    }

    public void apply(Instant at, CallFact fact) {
        switch (fact) {
            case CallOrderOpened opened -> {
                orders.put(opened.order(), new CallOrder(opened, at));
                if (opened.aim() == CallFact.Aim.WARNING) {
                    latestOfPlace.put(place(opened.hazard(), opened.area()), opened.order());
                    supersededBy.put(opened.supersedes(), opened.order());
                }
            }
            case CallOrderContinues continues -> order(continues.order()).listing(true);
            case CallOrderListed listed -> order(listed.order()).listing(false);
            case CalleeListed listed -> order(listed.order()).list(new Callee(listed, at));
            case RoundStarted round -> {
                order(round.order()).start(at, round);
                round.errands().forEach(e -> places.put(e.key(), new Place(round.order(), round.person())));
                round.errands().stream()
                        .filter(e -> e.channel() == Channel.VOICE)
                        .forEach(this::rings);
                round.errands().stream()
                        .filter(e -> e.channel() == Channel.SPEAKER)
                        .forEach(e -> speakers.put(
                                speaker(round.order(), e.to()), attempt(round.order(), round.person(), e.key())));
            }
            case SpeakerShared shared ->
                callee(shared.order(), shared.person())
                        .share(at, shared, attempt(shared.order(), shared.person(), shared.key()));
            case RoundPutOff round -> callee(round.order(), round.person()).putOff(round);
            case CalleeExhausted exhausted ->
                callee(exhausted.order(), exhausted.person()).exhaust();
            case CalleeSettled settled -> order(settled.order()).settle(at, settled);
            case InPlaceReported reported -> order(reported.order()).report(at, reported.person());
            case AnswerExpired expired -> order(expired.order()).expire(expired.person());
            case RuleJudged judged -> order(judged.order()).judge(judged);
            case AttemptReported reported -> {
                var attempt = attempt(
                        reported.order(), reported.person(), reported.report().key());
                attempt.report(at, reported.report());
                if (attempt.errand().channel() == Channel.VOICE
                        && reported.report().kind() == CourierReport.Kind.SUBMITTED) {
                    lastVoice.put(attempt.errand().to(), at);
                }
                reported.again().ifPresent(errand -> {
                    attempt.again();
                    if (errand.channel() == Channel.VOICE) {
                        rings(errand);
                    }
                });
            }
            case EvidenceHeard heard ->
                attempt(heard.order(), heard.person(), heard.event().key()).hear(at, heard.event());
            case RepeatStopped stopped ->
                attempt(stopped.order(), stopped.person(), stopped.key()).withdraw();
            case NoticeSent sent -> {
                order(sent.order()).send(at, sent);
                sent.errands().forEach(e -> places.put(e.key(), new Place(sent.order(), "")));
            }
            case CallOrderReworded reworded -> order(reworded.order()).reword(reworded.messages());
            case CallOrderClosed closed -> order(closed.order()).close(at, closed);
        }
    }

    /** A phone may ring; what cannot ring any more is let go. */
    private void rings(Errand errand) {
        var calls = voices.computeIfAbsent(errand.to(), to -> new ArrayList<>());
        calls.removeIf(attempt -> !attempt.open() && !attempt.ringing());
        findAttempt(errand.key()).ifPresent(attempt -> {
            calls.remove(attempt);
            calls.add(attempt);
        });
    }

    /** Calls to a person's phone that may be ringing or about to ring. */
    List<Attempt> voices(String person) {
        return voices.getOrDefault(person, List.of());
    }

    /** The last call of an order to a person's loudspeaker. */
    Optional<Attempt> lastSpeaker(String order, String person) {
        return Optional.ofNullable(speakers.get(speaker(order, person)));
    }

    private static String speaker(String order, String person) {
        return order + '/' + person;
    }

    /** When a person's phone was rung last, for whatever order. */
    Optional<Instant> lastVoice(String person) {
        return Optional.ofNullable(lastVoice.get(person));
    }

    /** Orders of which more people are still to be listed. */
    public List<CallOrder> listing() {
        return orders.values().stream()
                .filter(CallOrder::open)
                .filter(CallOrder::listing)
                .toList();
    }

    public Optional<Attempt> findAttempt(String errand) {
        return findPlace(errand).flatMap(place -> {
            var order = order(place.order());
            return place.person().isEmpty()
                    ? order.findNotice(errand)
                    : order.findCallee(place.person()).flatMap(callee -> callee.findAttempt(errand));
        });
    }

    private static String place(String hazard, String area) {
        return hazard + '/' + area;
    }

    private CallOrder order(String order) {
        return findOrder(order).orElseThrow(() -> new IllegalStateException("Bug: no order " + order));
    }

    private Callee callee(String order, String person) {
        return order(order)
                .findCallee(person)
                .orElseThrow(() -> new IllegalStateException("Bug: no callee " + person + " in " + order));
    }

    private Attempt attempt(String order, String person, String key) {
        return findAttempt(key)
                .orElseThrow(
                        () -> new IllegalStateException("Bug: no attempt " + key + " in " + order + " for " + person));
    }
}
