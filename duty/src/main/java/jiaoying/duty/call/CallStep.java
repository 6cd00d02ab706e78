package jiaoying.duty.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.call.CallFact.Aim;
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
import jiaoying.duty.call.CallFact.Item;
import jiaoying.duty.call.CallFact.Messages;
import jiaoying.duty.call.CallFact.NoticeSent;
import jiaoying.duty.call.CallFact.RepeatStopped;
import jiaoying.duty.call.CallFact.RoundPutOff;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.RuleJudged;
import jiaoying.duty.call.CallFact.Settled;
import jiaoying.duty.call.CallFact.SpeakerShared;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact.ContactDisputed;
import jiaoying.duty.roster.RosterFact.DutyAssigned;

/**
 * The decisions about calls that follow from one arrival. Reads {@link Calls} and remembers what it has decided itself, so
 * that many events in one arrival give the same as one after the other.
 */
public final class CallStep {
    /** After this span a call that was handed over rings no more. */
    private static final Duration RINGING = Duration.ofSeconds(60);

    /** A call that an officer asked for by hand gets this long before the row is his own again. */
    private static final Duration AGAIN = Duration.ofMinutes(2);

    private static final List<Channel> BY_HAND = List.of(Channel.TEXT, Channel.VOICE, Channel.MAIL, Channel.CHAT);

    private static final int ITEMS_NAMED = 3;

    /** So many people are called in one step; more of them follow in the next, so that a graver order waits for few. */
    public static final int SLICE = 500;

    /** So long a milder order stands back while a graver one is listed. */
    static final Duration STANDS_BACK = Duration.ofSeconds(1);

    /** So many are called once more when carriers come back. */
    private static final int CALLED_AGAIN = 5_000;

    private final Instant at;
    private final Calls calls;
    private final Roster roster;
    private final List<Fact> facts = new ArrayList<>();
    private final Set<String> settledNow = new HashSet<>();
    private final Set<String> movedNow = new HashSet<>();
    private final Set<String> closedNow = new HashSet<>();
    private final Set<String> heardNow = new HashSet<>();
    private final Set<String> toldNow = new HashSet<>();
    private final Set<String> disputedNow = new HashSet<>();
    private final Set<String> stoppedNow = new HashSet<>();
    private final Set<String> reportedNow = new HashSet<>();
    private final Map<String, String> owedNow = new HashMap<>();
    private final Map<String, Integer> finishedNow = new HashMap<>();

    /** Loudspeaker calls that this step orders, by order and whose device it is. */
    private final Map<String, Errand> speakersNow = new HashMap<>();

    public CallStep(Instant at, Calls calls, Roster roster) {
        this.at = at;
        this.calls = calls;
        this.roster = roster;
    }

    public List<Fact> facts() {
        return facts;
    }

    /**
     * Opens an order for a hazard in an area; an open order for the same is superseded, and nobody is rung twice at once for it.
     * Those beyond the first {@link #SLICE} follow in slices of their own, so that a graver order need not wait for them.
     *
     * @param leaders of the shift, who are called for the area beside those with a duty there; those of the order before
     *                who are still silent are called on
     */
    public void open(CallOrderOpened order, List<String> leaders) {
        var before = calls.latest(order.hazard(), order.area()).filter(CallOrder::open);
        facts.add(order);
        var ringing = before.map(this::ringing).orElse(Set.of());
        var silentLeaders = before.map(this::silentLeaders).orElse(List.of());
        before.ifPresent(old -> supersede(old, order));
        var duties = duties(order);
        list(order, inOrder(order, duties), ringing, SLICE);
        Stream.concat(leaders.stream(), silentLeaders.stream())
                .distinct()
                .filter(leader -> !duties.containsKey(leader) && mayReach(order, leader))
                .forEach(leader -> call(order, leading(order, leader), ringing));
    }

    /** Opens an exercise for named people and nobody else; stand-ins are called only when they are named too. */
    public void openDrill(CallOrderOpened order, List<String> participants) {
        facts.add(order);
        var named = new LinkedHashSet<>(participants);
        var duties = roster.dutiesWithin(order.area(), roster.uncalled());
        for (var person : named) {
            var held = duties.getOrDefault(person, List.of());
            var listed = held.isEmpty()
                    ? new CalleeListed(
                            order.order(),
                            person,
                            List.of(new Item(Roster.DRILL_PARTICIPANT, order.area())),
                            List.of(),
                            List.of())
                    : listed(order, person, held);
            call(order, among(named, listed), Set.of());
        }
    }

    private static CalleeListed among(Set<String> named, CalleeListed listed) {
        return new CalleeListed(
                listed.order(),
                listed.person(),
                listed.items(),
                listed.deputies().stream().filter(named::contains).toList(),
                listed.superiors().stream().filter(named::contains).toList());
    }

    /** The next slice of an order; while a graver one is listed it stands back. */
    public void slice(String order) {
        findListing(order).ifPresent(open -> {
            if (calls.listing().stream().anyMatch(other -> isGraver(other.opened(), open.opened()))) {
                facts.add(new CallOrderContinues(order, at.plus(STANDS_BACK)));
            } else {
                slice(open, SLICE);
            }
        });
    }

    /** All people of an order who are still to be listed. */
    public void listRest(String order) {
        findListing(order).ifPresent(open -> slice(open, Integer.MAX_VALUE));
    }

    private Optional<CallOrder> findListing(String order) {
        return calls.findOrder(order).filter(CallOrder::open).filter(CallOrder::listing);
    }

    /** An exercise is never graver than what is meant. */
    private static boolean isGraver(CallOrderOpened one, CallOrderOpened other) {
        return one.exercise() == other.exercise() ? one.color().compareTo(other.color()) > 0 : other.exercise();
    }

    private void slice(CallOrder open, int most) {
        var order = open.opened();
        var rest = open.unlisted(() -> inOrder(order, duties(order))).stream()
                .filter(held -> open.findCallee(held.person).isEmpty())
                .limit(most + 1L)
                .toList();
        var ringing = calls.findOrder(order.supersedes()).map(this::ringing).orElse(Set.of());
        list(order, rest, ringing, most);
        if (rest.size() <= most) {
            facts.add(new CallOrderListed(order.order()));
        }
    }

    private void list(CallOrderOpened order, List<Held> people, Set<String> ringing, int most) {
        people.stream().limit(most).forEach(held -> call(order, listed(order, held.person, held.duties), ringing));
        if (people.size() > most) {
            facts.add(new CallOrderContinues(order.order(), at));
        }
    }

    /** People with their duties in the order in which they are called: first those whose duties the plan puts first. */
    private static List<Held> inOrder(CallOrderOpened order, Map<String, List<DutyAssigned>> duties) {
        return duties.entrySet().stream()
                .sorted(Comparator.comparing(held -> isFirst(order, held.getValue()) ? 0 : 1))
                .map(held -> new Held(held.getKey(), held.getValue()))
                .toList();
    }

    /** A person with his duties for an order's area. */
    record Held(String person, List<DutyAssigned> duties) {}

    private static boolean isFirst(CallOrderOpened order, List<DutyAssigned> held) {
        return held.stream()
                .map(DutyAssigned::duty)
                .anyMatch(order.plan().terms().first()::contains);
    }

    /** Who is called for an area: in an exercise of the whole room only those named for it. */
    private Map<String, List<DutyAssigned>> duties(CallOrderOpened order) {
        var duties = roster.dutiesWithin(order.area(), roster.uncalled());
        if (order.exercise() && order.aim() == Aim.WARNING) {
            duties.keySet().removeIf(person -> !roster.isParticipant(person));
        }
        return duties;
    }

    private boolean mayReach(CallOrderOpened order, String person) {
        return !order.exercise() || roster.isParticipant(person);
    }

    private void call(CallOrderOpened order, CalleeListed listed, Set<String> ringing) {
        facts.add(listed);
        facts.addAll(advance(order, new Callee(listed, at), 0, ringing.contains(listed.person())));
    }

    private static CalleeListed leading(CallOrderOpened order, String leader) {
        var item = new Item(Roster.SHIFT_LEADER, order.area());
        return new CalleeListed(order.order(), leader, List.of(item), List.of(), List.of());
    }

    private List<String> silentLeaders(CallOrder order) {
        return order.callees().stream()
                .filter(callee -> !isSettled(order.id(), callee))
                .filter(callee -> callee.listed()
                        .items()
                        .contains(new Item(Roster.SHIFT_LEADER, order.opened().area())))
                .map(Callee::person)
                .toList();
    }

    /** A round's time is over: the next one begins, or the callee goes on the officer's list. */
    public void due(String order, String person) {
        findWaiting(order, person).ifPresent(callee -> {
            var opened = calls.findOrder(order).orElseThrow().opened();
            facts.addAll(advance(opened, callee, callee.nextRung(), false));
        });
    }

    /** No second report came in time: the answer counts no longer, and the ladder goes on where it stopped. */
    public void reportDue(String order, String person) {
        var found = calls.findOrder(order).filter(CallOrder::open);
        found.flatMap(open -> open.findCallee(person))
                .filter(callee -> callee.reportBy().isPresent())
                .ifPresent(callee -> {
                    facts.add(new AnswerExpired(order, person));
                    facts.addAll(advance(found.get().opened(), callee, callee.nextRung(), false));
                });
    }

    /** The time of the rule over all callees is over, or that of an answer test, which then ends; when a rule it is not met, the leaders of the shift are called. */
    public void judge(String order, List<String> leaders) {
        calls.findOrder(order).filter(CallOrder::open).ifPresent(open -> {
            if (open.opened().aim() == Aim.ANSWER_TEST) {
                close(open, "ended");
                return;
            }
            var standing = open.standing();
            standing.ifPresent(now -> facts.add(new RuleJudged(
                    order, now.met(), now.called(), now.reached(), now.areas(), now.areasReached(), now.missing())));
            if (standing.filter(now -> !now.met()).isPresent()) {
                leaders.stream()
                        .filter(leader -> open.findCallee(leader).isEmpty() && mayReach(open.opened(), leader))
                        .forEach(leader -> call(open.opened(), leading(open.opened(), leader), Set.of()));
            }
        });
    }

    public void report(CourierReport report) {
        var place = calls.findPlace(report.key()).orElseThrow();
        var again =
                report.kind() == CourierReport.Kind.AMBIGUOUS ? again(place, report.key()) : Optional.<Errand>empty();
        facts.add(new AttemptReported(place.order(), place.person(), report, again));
        var mayBeOut = report.kind() != CourierReport.Kind.FAILED && again.isEmpty();
        if (mayBeOut && !place.person().isEmpty()) {
            tellLate(place.order(), calls.findAttempt(report.key()).orElseThrow());
        }
    }

    /** A call that goes out when a notice has gone before it: who gets it must get the notice too. */
    private void tellLate(String order, Attempt late) {
        var to = late.errand().to();
        var channel = late.errand().channel();
        calls.lastTold(order)
                .filter(told -> told.owesNotice(late))
                .filter(told -> toldNow.add(told.id() + '/' + to + '/' + channel))
                .ifPresent(told -> {
                    var notice = told.notice().orElseThrow();
                    var errand = noticeErrand(told.opened(), notice.notice(), to, channel, notice.message());
                    facts.add(new NoticeSent(
                            notice.notice(), told.id(), notice.kind(), notice.message(), List.of(errand)));
                });
    }

    public void hear(CarrierEvent event) {
        var place = calls.findPlace(event.key()).orElseThrow();
        var attempt = calls.findAttempt(event.key()).orElseThrow();
        if (attempt.knows(event) || !heardNow.add(event.carrier() + '/' + event.event())) {
            return;
        }
        facts.add(new EvidenceHeard(place.order(), place.person(), event));
        stopRepeat(place, attempt, event);
        if (place.person().isEmpty()) {
            return;
        }
        switch (event.kind()) {
            case CONFIRMED ->
                answered(place, attempt, attempt.errand().channel().word());
            case IN_PLACE -> inPlace(place, attempt, attempt.errand().channel().word());
            case NOT_ME -> notMe(place, attempt);
            case DELIVERED, UNDELIVERED, CONNECTED, NO_ANSWER, BUSY, HEARD_TO_END -> {}
        }
    }

    /** What was to go once more for want of evidence stays unsent when the evidence comes after all. */
    private void stopRepeat(Calls.Place place, Attempt attempt, CarrierEvent event) {
        if (attempt.makesRepeatIdle(event) && stoppedNow.add(event.key())) {
            facts.add(new RepeatStopped(place.order(), place.person(), event.key()));
        }
    }

    /** The officer reached the callee by desk phone. */
    public boolean reachedByDesk(String order, String person, String officer, String said) {
        return reachedByHand(order, person, officer, "desk", said, "");
    }

    /**
     * Somebody reached the callee without our carriers: by desk phone, or by the offline ladder, which needs a witness.
     *
     * @param way desk, satellite, loudspeaker or door
     */
    public boolean reachedByHand(String order, String person, String officer, String way, String said, String witness) {
        var callee = findUnsettled(order, person);
        callee.ifPresent(c -> settle(order, c, Settled.REACHED_BY_DESK, officer, way, "", said, witness));
        return callee.isPresent();
    }

    /** The officer answers for the callee himself. */
    public boolean takeOver(String order, String person, String officer, String said) {
        var callee = findUnsettled(order, person);
        callee.ifPresent(c -> settle(order, c, Settled.TAKEN_OVER, officer, "officer", "", said, ""));
        return callee.isPresent();
    }

    /** The officer heard that the callee is at his place. @return whether a second report is waited for */
    public boolean reportedInPlace(String order, String person, String officer, String said) {
        var callee = calls.findOrder(order)
                .filter(CallOrder::open)
                .flatMap(open -> open.findCallee(person))
                .filter(c -> c.reportBy().isPresent());
        callee.ifPresent(c -> report(order, c, officer, "desk", said));
        return callee.isPresent();
    }

    /** Whether the register knows a way to call this person. */
    public boolean canCall(String person) {
        return BY_HAND.stream().anyMatch(channel -> roster.reachableBy(person, channel.word()));
    }

    /** Calls a person once more by every channel. @return whether he still waits for an answer */
    public boolean callAgain(String order, String person) {
        var callee = findUnsettled(order, person);
        callee.ifPresent(c -> {
            var opened = calls.findOrder(order).orElseThrow().opened();
            var errands = errands(opened, c, "self", BY_HAND, person);
            var due = c.nextDue().filter(next -> next.isAfter(at)).orElse(at.plus(AGAIN));
            facts.add(new RoundStarted(order, person, Math.max(c.rung(), 0), "self", errands, due));
        });
        return callee.isPresent();
    }

    /**
     * Carriers of these channels can hand over again: whoever waits still and got nothing by his last round is called once
     * more, the gravest orders first and exercises last.
     */
    public void carriersBack(List<Channel> channels) {
        calls.listOrders().stream()
                .filter(CallOrder::open)
                .sorted(Comparator.comparing(
                                (CallOrder order) -> !order.opened().exercise())
                        .thenComparing(order -> order.opened().color())
                        .reversed())
                .flatMap(order -> order.callees().stream()
                        .filter(callee -> !isSettled(order.id(), callee) && callee.lastRoundFailed(channels))
                        .filter(callee -> canCall(callee.person()))
                        .map(callee -> new Calls.Place(order.id(), callee.person())))
                .limit(CALLED_AGAIN)
                .toList()
                .forEach(place -> callAgain(place.order(), place.person()));
    }

    /** Goes to the first rung that is somebody else's, at once. */
    public boolean escalate(String order, String person) {
        var callee = findUnsettled(order, person);
        callee.ifPresent(c -> {
            var opened = calls.findOrder(order).orElseThrow().opened();
            var rung = c.rung() + 1;
            while (rung < opened.plan().rounds().size()
                    && opened.plan().rounds().get(rung).to().equals("self")) {
                rung++;
            }
            facts.addAll(advance(opened, c, rung, false));
        });
        return callee.isPresent();
    }

    /** Ends an order: what is not sent is stopped, and nobody is due any more. */
    public void close(CallOrder order, String reason) {
        if (!order.open() || !closedNow.add(order.id())) {
            return;
        }
        var open =
                order.callees().stream().filter(c -> !isSettled(order.id(), c)).toList();
        facts.add(new CallOrderClosed(
                order.id(),
                reason,
                open.stream().flatMap(c -> c.openKeys().stream()).distinct().toList(),
                timers(order, open)));
    }

    /** Timers of an order that is over: of those who wait, of second reports, of the rule and of the next slice. */
    private List<String> timers(CallOrder order, List<Callee> waiting) {
        var timers = new ArrayList<String>();
        waiting.forEach(callee -> timers.add(CallFact.timerOf(order.id(), callee.person())));
        order.callees().stream()
                .filter(callee -> callee.reportBy().isPresent())
                .filter(callee -> !reportedNow.contains(order.id() + '/' + callee.person()))
                .forEach(callee -> timers.add(CallFact.reportTimerOf(order.id(), callee.person())));
        order.opened()
                .judgeAt()
                .filter(due -> order.judged().isEmpty())
                .ifPresent(due -> timers.add(CallFact.ruleTimerOf(order.id())));
        if (order.listing()) {
            timers.add(CallFact.sliceTimerOf(order.id()));
        }
        return timers;
    }

    /** Rounds from now on say this. */
    public void reword(CallOrder order, Messages messages) {
        if (!messages.equals(order.messages())) {
            facts.add(new CallOrderReworded(order.id(), messages));
        }
    }

    /** Tells everybody whom the order or one that it superseded has reached, by the channels that reached them. */
    public void notice(CallOrder order, String kind, String message) {
        var id = ErrandKey.of(order.id(), kind, at.toString());
        var errands = new ArrayList<Errand>();
        var told = new HashSet<String>();
        for (var callee : calls.line(order).stream()
                .flatMap(one -> one.callees().stream())
                .toList()) {
            for (var attempt : callee.attempts()) {
                var to = attempt.errand().to();
                var channel = attempt.errand().channel();
                if (attempt.out() && told.add(device(to, channel))) {
                    errands.add(noticeErrand(order.opened(), id, to, channel, message));
                }
            }
            if (reachedByDeskOnly(callee) && told.add(callee.person() + "/" + Channel.TEXT)) {
                errands.add(noticeErrand(order.opened(), id, callee.person(), Channel.TEXT, message));
            }
        }
        facts.add(new NoticeSent(id, order.id(), kind, message, errands));
    }

    /** A loudspeaker that several share counts as one. */
    private String device(String person, Channel channel) {
        var owner = channel == Channel.SPEAKER ? roster.sharingSpeaker(person).getFirst() : person;
        return owner + '/' + channel;
    }

    private static boolean reachedByDeskOnly(Callee callee) {
        return callee.settled().filter(s -> s.how() == Settled.REACHED_BY_DESK).isPresent();
    }

    private Errand noticeErrand(CallOrderOpened order, String notice, String to, Channel channel, String message) {
        var key = ErrandKey.of(notice, to, channel.word());
        return new Errand(key, channel, Purpose.NOTICE, priority(order) + 5, at, order.order(), "", to, message);
    }

    private void supersede(CallOrder old, CallOrderOpened order) {
        for (var callee : old.callees()) {
            if (!isSettled(old.id(), callee)) {
                settle(old.id(), callee, Settled.CARRIED_OVER, order.order(), "", "", "", "");
            }
        }
        if (closedNow.add(old.id())) {
            facts.add(new CallOrderClosed(old.id(), "superseded", List.of(), timers(old, List.of())));
        }
    }

    /** People whose phone rings for an order at this moment, for themselves or for somebody else. */
    private Set<String> ringing(CallOrder order) {
        return order.callees().stream()
                .flatMap(callee -> callee.attempts().stream())
                .filter(this::rings)
                .map(attempt -> attempt.errand().to())
                .collect(Collectors.toSet());
    }

    private boolean rings(Attempt attempt) {
        return attempt.ringing()
                && attempt.submittedAt()
                        .map(since -> since.plus(RINGING).isAfter(at))
                        .orElse(false);
    }

    /** The superiors named, then whoever holds the same duty in the areas above, step by step. */
    private CalleeListed listed(CallOrderOpened order, String person, List<DutyAssigned> duties) {
        var items = duties.stream().map(d -> new Item(d.duty(), d.area())).toList();
        var deputies = new LinkedHashSet<String>();
        var superiors = new LinkedHashSet<String>();
        for (var duty : duties) {
            deputies.addAll(duty.deputies());
            if (!duty.superior().isEmpty()) {
                superiors.add(duty.superior());
            }
        }
        duties.forEach(duty -> superiors.addAll(roster.holdersAbove(duty.duty(), duty.area())));
        deputies.remove(person);
        superiors.remove(person);
        if (order.exercise() && order.aim() == Aim.WARNING) {
            deputies.removeIf(other -> !roster.isParticipant(other));
            superiors.removeIf(other -> !roster.isParticipant(other));
        }
        return new CalleeListed(order.order(), person, items, List.copyOf(deputies), List.copyOf(superiors));
    }

    /** The first rung from {@code rung} on that reaches anybody, or the end of the ladder. */
    private List<CallFact> advance(CallOrderOpened order, Callee callee, int rung, boolean phoneRings) {
        if (!movedNow.add(order.order() + '/' + callee.person())) {
            return List.of();
        }
        var rounds = order.plan().rounds();
        for (var r = rung; r < rounds.size(); r++) {
            var step = rounds.get(r);
            var target = callee.target(r, rounds);
            if (target.isPresent()) {
                var rings = phoneRings || standInRings(order.order(), step.to(), target.get());
                var channels = rings
                        ? step.channels().stream()
                                .filter(c -> c != Channel.VOICE)
                                .toList()
                        : step.channels();
                var errands = errands(order, callee, step.to(), channels, target.get());
                var quiet = quietUntil(order);
                if (quiet.isPresent() && !errands.isEmpty() && errands.stream().allMatch(e -> holds(order, e))) {
                    return List.of(new RoundPutOff(order.order(), callee.person(), r, quiet.get()));
                }
                var after = r + 1 < rounds.size()
                        ? rounds.get(r + 1).after()
                        : order.plan().giveUp();
                if (!errands.isEmpty() || rings) {
                    return round(order, callee, r, errands, at.plus(after.minus(step.after())));
                }
            }
        }
        return List.of(new CalleeExhausted(order.order(), callee.person()));
    }

    /** A round begins; a loudspeaker that is saying just this for another callee of the order does not say it once more. */
    private List<CallFact> round(CallOrderOpened order, Callee callee, int rung, List<Errand> errands, Instant next) {
        var own = new ArrayList<Errand>();
        var shared = new ArrayList<CallFact>();
        for (var errand : errands) {
            speaking(errand)
                    .ifPresentOrElse(
                            key -> shared.add(
                                    new SpeakerShared(order.order(), callee.person(), rung, errand.to(), key)),
                            () -> own.add(errand));
        }
        own.stream()
                .filter(errand -> errand.channel() == Channel.SPEAKER)
                .forEach(errand -> speakersNow.put(order.order() + '/' + errand.to(), errand));
        var to = order.plan().rounds().get(rung).to();
        var round = new RoundStarted(order.order(), callee.person(), rung, to, List.copyOf(own), next);
        return Stream.concat(Stream.of(round), shared.stream()).toList();
    }

    /** Key of the errand by which the same loudspeaker says the same for another callee of the order, now or within {@link #RINGING}. */
    private Optional<String> speaking(Errand wanted) {
        if (wanted.channel() != Channel.SPEAKER) {
            return Optional.empty();
        }
        return roster.sharingSpeaker(wanted.to()).stream()
                .flatMap(person -> Stream.concat(
                        Optional.ofNullable(speakersNow.get(wanted.order() + '/' + person)).stream(),
                        calls
                                .lastSpeaker(wanted.order(), person)
                                .filter(attempt -> attempt.speaksSince(at.minus(RINGING)))
                                .map(Attempt::errand)
                                .stream()))
                .filter(said -> said.message().equals(wanted.message())
                        && !said.callee().equals(wanted.callee()))
                .map(Errand::key)
                .findFirst();
    }

    /** When the quiet hours end that hold for an order now; empty outside of them. */
    private Optional<Instant> quietUntil(CallOrderOpened order) {
        return order.plan().terms().quiet().flatMap(hours -> hours.end(at));
    }

    private static boolean holds(CallOrderOpened order, Errand errand) {
        return order.plan()
                .terms()
                .quiet()
                .filter(hours -> hours.holds().contains(errand.channel()))
                .isPresent();
    }

    /** When an errand may go out: after quiet hours, and not too soon after the last call to the same phone. */
    private Instant notBefore(CallOrderOpened order, Channel channel, String to) {
        var terms = order.plan().terms();
        var quiet = terms.quiet()
                .filter(hours -> hours.holds().contains(channel))
                .flatMap(hours -> hours.end(at))
                .orElse(at);
        var spaced = channel == Channel.VOICE && !terms.spacing().isZero()
                ? calls.lastVoice(to).map(last -> last.plus(terms.spacing())).orElse(at)
                : at;
        return Stream.of(at, quiet, spaced).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** A deputy or superior whose phone rings for somebody else of the order is not rung a second time at once. */
    private boolean standInRings(String order, String to, String person) {
        return !to.equals("self")
                && calls.voices(person).stream()
                        .filter(attempt -> attempt.errand().order().equals(order))
                        .anyMatch(attempt -> attempt.open() || rings(attempt));
    }

    private List<Errand> errands(
            CallOrderOpened order, Callee callee, String target, List<Channel> channels, String to) {
        var messages = messages(order);
        var message = messages.to(target).replace("{items}", items(callee, messages.andMore()));
        return channels.stream()
                .filter(channel -> mayBeHeard(order, channel) && isReachable(to, channel))
                .map(channel -> new Errand(
                        ErrandKey.of(
                                order.order(), callee.person(), Integer.toString(callee.starts()), channel.word(), to),
                        channel,
                        Purpose.CALL,
                        priority(order, callee),
                        notBefore(order, channel, to),
                        order.order(),
                        callee.person(),
                        to,
                        message))
                .toList();
    }

    /** A whole village hears its loudspeaker: a drill or an answer test, which have named people, never speak by one. */
    private static boolean mayBeHeard(CallOrderOpened order, Channel channel) {
        return channel != Channel.SPEAKER || order.aim() == Aim.WARNING;
    }

    /** A contact that has just turned out to be another's is not used. */
    private boolean isReachable(String person, Channel channel) {
        return roster.reachableBy(person, channel.word()) && !disputedNow.contains(person + '/' + channel.word());
    }

    /** What the order says now; an order that is only being opened says what it opens with. */
    private Messages messages(CallOrderOpened order) {
        return calls.findOrder(order.order()).map(CallOrder::messages).orElse(order.messages());
    }

    private String items(Callee callee, String andMore) {
        var names = callee.listed().items().stream()
                .map(item -> roster.areaName(item.area()))
                .distinct()
                .toList();
        var named = String.join("、", names.subList(0, Math.min(ITEMS_NAMED, names.size())));
        return names.size() > ITEMS_NAMED
                ? andMore.replace("{items}", named).replace("{count}", Integer.toString(names.size()))
                : named;
    }

    /** Within a colour those go first whose duties the plan puts first. */
    private static int priority(CallOrderOpened order, Callee callee) {
        var first = order.plan().terms().first();
        var ahead = first.isEmpty()
                || callee.listed().items().stream().map(Item::duty).anyMatch(first::contains);
        return priority(order) + (ahead ? 0 : 1);
    }

    /** Red before orange before the rest, and an exercise of whatever colour after everything that is meant. */
    private static int priority(CallOrderOpened order) {
        return 10 * (SignalColor.RED.ordinal() - order.color().ordinal()) + (order.exercise() ? Errand.EXERCISE : 0);
    }

    /**
     * The rule for an attempt whose fate nobody knows: voice and red once more as it is, other text once more marked. What
     * evidence says comes before it; and whoever has picked up gets the time to hear the first call to its end.
     */
    private Optional<Errand> again(Calls.Place place, String key) {
        var attempt = calls.findAttempt(key).orElseThrow();
        var over = !place.person().isEmpty() && waitsFor(place.order(), attempt).isEmpty();
        if (over || attempt.through() || attempt.repeats() >= Attempt.REPEATS_MAX) {
            return Optional.empty();
        }
        var errand = attempt.errand();
        var order = calls.findOrder(place.order()).orElseThrow();
        var plain = errand.channel() == Channel.VOICE || order.opened().color() == SignalColor.RED;
        var message = plain ? errand.message() : order.messages().again().replace("{message}", errand.message());
        return Optional.of(new Errand(
                key,
                errand.channel(),
                errand.purpose(),
                errand.priority(),
                attempt.connectedAt()
                        .map(since -> since.plus(RINGING))
                        .filter(at::isBefore)
                        .orElse(at),
                errand.order(),
                errand.callee(),
                errand.to(),
                message));
    }

    /** Who answers for himself ends his own ladder; who answers for another takes over everybody he was asked for. */
    private void answered(Calls.Place place, Attempt attempt, String channel) {
        var by = attempt.errand().to();
        var key = attempt.errand().key();
        if (by.equals(place.person())) {
            findUnsettled(place.order(), by)
                    .ifPresent(callee -> settle(place.order(), callee, Settled.ANSWERED, by, channel, key, "", ""));
            return;
        }
        calls.findOrder(place.order()).filter(CallOrder::open).stream()
                .flatMap(order -> order.askedFor(by).stream())
                .filter(callee -> !isSettled(place.order(), callee))
                .toList()
                .forEach(callee -> settle(place.order(), callee, Settled.TAKEN_OVER, by, channel, key, "", ""));
    }

    /** Who is at his place has answered too; it counts for everybody for whom he owes a second report. */
    private void inPlace(Calls.Place place, Attempt attempt, String channel) {
        answered(place, attempt, channel);
        var by = attempt.errand().to();
        calls.findOrder(place.order()).filter(CallOrder::open).stream()
                .flatMap(order -> Stream.concat(order.findCallee(by).stream(), order.askedFor(by).stream()))
                .distinct()
                .filter(callee -> owesReport(place.order(), callee, by))
                .toList()
                .forEach(callee -> report(place.order(), callee, by, channel, ""));
    }

    private boolean owesReport(String order, Callee callee, String by) {
        var now = owedNow.get(order + '/' + callee.person());
        return now != null
                ? now.equals(by)
                : callee.reportBy().isPresent()
                        && callee.settled()
                                .filter(settled -> settled.by().equals(by)
                                        || callee.person().equals(by))
                                .isPresent();
    }

    private void report(String order, Callee callee, String by, String channel, String said) {
        if (reportedNow.add(order + '/' + callee.person())) {
            facts.add(new InPlaceReported(order, callee.person(), by, channel, said));
            finished(order);
        }
    }

    private void notMe(Calls.Place place, Attempt attempt) {
        disputedNow.add(attempt.errand().to() + '/' + attempt.errand().channel().word());
        facts.add(new ContactDisputed(
                attempt.errand().to(),
                attempt.errand().channel().word(),
                attempt.errand().key()));
        if (attempt.round()
                == findUnsettled(place.order(), place.person())
                        .map(Callee::rung)
                        .orElse(-1)) {
            due(place.order(), place.person());
        }
    }

    /** A link was posted: an answer of its own kind, told apart from a reply on the same channel. */
    public void linkAnswered(String errand, CarrierEvent.Kind kind, String entered) {
        var place = calls.findPlace(errand).orElseThrow();
        var event = new CarrierEvent("link", errand + '/' + kind, errand, kind, entered);
        var attempt = calls.findAttempt(errand).orElseThrow();
        if (attempt.knows(event)) {
            return;
        }
        facts.add(new EvidenceHeard(place.order(), place.person(), event));
        stopRepeat(place, attempt, event);
        if (place.person().isEmpty()) {
            return;
        }
        switch (kind) {
            case NOT_ME -> notMe(place, attempt);
            case IN_PLACE -> inPlace(place, attempt, "link");
            default -> answered(place, attempt, "link");
        }
    }

    private void settle(
            String order,
            Callee callee,
            Settled how,
            String by,
            String channel,
            String attempt,
            String said,
            String witness) {
        var place = order + '/' + callee.person();
        settledNow.add(place);
        var reportBy = how == Settled.CARRIED_OVER ? Optional.<Instant>empty() : reportBy(order);
        reportBy.ifPresent(due -> owedNow.put(place, by));
        facts.add(new CalleeSettled(
                order, callee.person(), how, by, channel, attempt, said, witness, withdrawn(order, callee), reportBy));
        if (how != Settled.CARRIED_OVER && reportBy.isEmpty()) {
            finished(order);
        }
    }

    /** What is still to be handed over for this callee and for nobody else who is silent. */
    private List<String> withdrawn(String order, Callee callee) {
        return callee.openKeys().stream()
                .filter(key -> waitsFor(order, calls.findAttempt(key).orElseThrow()).stream()
                        .allMatch(callee.person()::equals))
                .toList();
    }

    /** Silent callees for whom an attempt counts. */
    private List<String> waitsFor(String order, Attempt attempt) {
        return Stream.concat(Stream.of(attempt.errand().callee()), attempt.sharers().stream())
                .filter(person -> findUnsettled(order, person).isPresent())
                .toList();
    }

    private Optional<Instant> reportBy(String order) {
        return calls.findOrder(order)
                .flatMap(open -> open.opened().plan().terms().report())
                .map(at::plus);
    }

    /** Of one callee more nothing is waited for. */
    private void finished(String order) {
        var done = finishedNow.merge(order, 1, Integer::sum);
        var open = calls.findOrder(order).orElseThrow();
        if (!open.listing() && open.waiting() <= done) {
            close(open, "all-reached");
        }
    }

    private boolean isSettled(String order, Callee callee) {
        return callee.settled().isPresent() || settledNow.contains(order + '/' + callee.person());
    }

    private Optional<Callee> findUnsettled(String order, String person) {
        return calls.findOrder(order)
                .filter(CallOrder::open)
                .flatMap(o -> o.findCallee(person))
                .filter(callee -> !isSettled(order, callee));
    }

    private Optional<Callee> findWaiting(String order, String person) {
        return findUnsettled(order, person).filter(callee -> !callee.exhausted());
    }
}
