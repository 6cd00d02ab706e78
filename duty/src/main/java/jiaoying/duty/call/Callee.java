package jiaoying.duty.call;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.RoundPutOff;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.Settled;
import jiaoying.duty.call.CallFact.SpeakerShared;
import jiaoying.duty.errand.Channel;

/** A person in one call order (被叫应人): owns the ladder, the attempts and the answer. */
public final class Callee {
    private final CalleeListed listed;
    private final Instant listedAt;
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final Map<String, Shared> shared = new LinkedHashMap<>();
    private int rung = -1;
    private int starts;
    private boolean escalated;
    private boolean exhausted;
    private Optional<Instant> nextDue = Optional.empty();
    private Optional<CalleeSettled> settled = Optional.empty();
    private Optional<Instant> settledAt = Optional.empty();
    private Optional<Instant> reportBy = Optional.empty();
    private Optional<Instant> inPlaceAt = Optional.empty();
    private boolean putOff;

    /** An attempt of another callee that counts for this one too. @param to whose contact this callee's round asked for */
    public record Shared(Attempt attempt, String to, int round, Instant at) {}

    Callee(CalleeListed listed, Instant listedAt) {
        this.listed = listed;
        this.listedAt = listedAt;
    }

    public CalleeListed listed() {
        return listed;
    }

    public String person() {
        return listed.person();
    }

    public Instant listedAt() {
        return listedAt;
    }

    /** Index of the rung in progress, -1 before the first. */
    public int rung() {
        return rung;
    }

    /** How many rounds have been started, calls again included. */
    int starts() {
        return starts;
    }

    public boolean escalated() {
        return escalated;
    }

    public boolean exhausted() {
        return exhausted;
    }

    public Optional<Instant> nextDue() {
        return nextDue;
    }

    public Optional<CalleeSettled> settled() {
        return settled;
    }

    public Optional<Instant> settledAt() {
        return settledAt;
    }

    /** Until when a second report is waited for; empty when none is, or no longer. */
    public Optional<Instant> reportBy() {
        return reportBy;
    }

    /** When the second report came. */
    public Optional<Instant> inPlaceAt() {
        return inPlaceAt;
    }

    /** Nothing is waited for any more. */
    boolean done() {
        return settled.isPresent() && reportBy.isEmpty();
    }

    public boolean carriedOver() {
        return settled.filter(s -> s.how() == Settled.CARRIED_OVER).isPresent();
    }

    /** Attempts on this ladder. */
    public Collection<Attempt> attempts() {
        return attempts.values();
    }

    /** Attempts on other ladders that count for this one: loudspeakers that speak once for several. */
    public Collection<Shared> shared() {
        return shared.values();
    }

    /** Whom a rung calls; the second rung to a deputy goes to the second deputy, and the second to a superior one step up the tree. */
    public Optional<String> target(int rung, List<Ladder.Rung> rounds) {
        var to = rounds.get(rung).to();
        var nth = (int)
                rounds.subList(0, rung).stream().filter(r -> r.to().equals(to)).count();
        var people = switch (to) {
            case "deputy" -> listed.deputies();
            case "superior" -> listed.superiors();
            default -> List.of(person());
        };
        return people.isEmpty() ? Optional.empty() : Optional.of(people.get(Math.min(nth, people.size() - 1)));
    }

    /** Whether nothing of the last round could be handed over, and one of these channels was among it. */
    boolean lastRoundFailed(List<Channel> channels) {
        var asked = Stream.concat(
                        attempts.values().stream()
                                .map(own -> new Shared(own, own.errand().to(), own.round(), own.plannedAt())),
                        shared.values().stream())
                .toList();
        var last = asked.stream().map(Shared::at).max(Comparator.naturalOrder());
        var round = asked.stream()
                .filter(one -> one.at().equals(last.orElseThrow()))
                .map(Shared::attempt)
                .toList();
        return !round.isEmpty()
                && round.stream().allMatch(attempt -> attempt.state() == Attempt.State.FAILED)
                && round.stream()
                        .anyMatch(attempt -> channels.contains(attempt.errand().channel()));
    }

    Optional<Attempt> findAttempt(String key) {
        return Optional.ofNullable(attempts.get(key));
    }

    /** The rung that comes next when the time of the present one is over. */
    public int nextRung() {
        return putOff ? rung : rung + 1;
    }

    List<String> openKeys() {
        return Stream.concat(
                        attempts.values().stream(), shared.values().stream().map(Shared::attempt))
                .filter(Attempt::open)
                .map(a -> a.errand().key())
                .toList();
    }

    void share(Instant at, SpeakerShared fact, Attempt attempt) {
        attempt.share(person());
        shared.putIfAbsent(fact.key(), new Shared(attempt, fact.to(), fact.round(), at));
    }

    void start(Instant at, RoundStarted round) {
        rung = round.round();
        starts++;
        exhausted = false;
        putOff = false;
        escalated |= !round.target().equals("self");
        nextDue = Optional.of(round.nextDue());
        round.errands().forEach(errand -> attempts.put(errand.key(), new Attempt(errand, round.round(), at)));
    }

    void putOff(RoundPutOff round) {
        rung = round.round();
        putOff = true;
        nextDue = Optional.of(round.until());
    }

    void exhaust() {
        exhausted = true;
        putOff = false;
        escalated = true;
        nextDue = Optional.empty();
    }

    void settle(Instant at, CalleeSettled fact) {
        settled = Optional.of(fact);
        settledAt = Optional.of(at);
        nextDue = Optional.empty();
        reportBy = fact.reportBy();
        fact.withdrawnKeys().forEach(this::withdraw);
    }

    void report(Instant at) {
        inPlaceAt = Optional.of(at);
        reportBy = Optional.empty();
    }

    void expire() {
        settled = Optional.empty();
        settledAt = Optional.empty();
        reportBy = Optional.empty();
    }

    void withdraw(String key) {
        findAttempt(key).ifPresent(Attempt::withdraw);
        Optional.ofNullable(shared.get(key)).map(Shared::attempt).ifPresent(Attempt::withdraw);
    }

    /** The order closed without an answer: nothing more is due. */
    void stop() {
        nextDue = Optional.empty();
        reportBy = Optional.empty();
    }
}
