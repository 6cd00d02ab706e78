package jiaoying.duty.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.Messages;
import jiaoying.duty.call.CallFact.NoticeSent;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.RuleJudged;
import jiaoying.duty.call.CallFact.Settled;
import jiaoying.duty.errand.Errand;

/** One call order (叫应单): a frozen copy of ladder and texts, its callees, and the last notice to those reached. */
public final class CallOrder {
    private final CallOrderOpened opened;
    private final Instant openedAt;
    private final Map<String, Callee> callees = new LinkedHashMap<>();
    private final Map<String, Attempt> notices = new LinkedHashMap<>();
    private final List<String> lastNotice = new ArrayList<>();
    private final Map<String, Set<String>> askedFor = new HashMap<>();
    private final Map<Settled, Integer> settledAs = new EnumMap<>(Settled.class);
    private Optional<RuleJudged> judged = Optional.empty();
    private boolean listing;
    private List<CallStep.Held> toList = List.of();
    private int waiting;
    private int inPlace;
    private Messages messages;
    private Optional<NoticeSent> notice = Optional.empty();
    private Instant noticeAt = Instant.MIN;
    private Optional<CallOrderClosed> closed = Optional.empty();
    private Optional<Instant> closedAt = Optional.empty();

    CallOrder(CallOrderOpened opened, Instant openedAt) {
        this.opened = opened;
        this.openedAt = openedAt;
        this.messages = opened.messages();
    }

    public String id() {
        return opened.order();
    }

    public CallOrderOpened opened() {
        return opened;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public boolean open() {
        return closed.isEmpty();
    }

    public Optional<CallOrderClosed> closed() {
        return closed;
    }

    public Optional<Instant> closedAt() {
        return closedAt;
    }

    public Collection<Callee> callees() {
        return callees.values();
    }

    public Optional<Callee> findCallee(String person) {
        return Optional.ofNullable(callees.get(person));
    }

    /** How many ladders ended in this way. */
    public int count(Settled how) {
        return settledAs.getOrDefault(how, 0);
    }

    /** How many have made their second report. */
    public int inPlace() {
        return inPlace;
    }

    /** How the rule over all callees was judged; empty before that, or without a rule. */
    public Optional<RuleJudged> judged() {
        return judged;
    }

    /** How far the callees have come towards the rule over all of them; empty without a rule. */
    public Optional<SetRule.Standing> standing() {
        return opened.plan()
                .terms()
                .rule()
                .map(rule -> rule.judge(
                        callees.values().stream().filter(c -> !c.carriedOver()).toList(),
                        callee -> callee.settled().isPresent()));
    }

    /** More people are still to be listed. */
    public boolean listing() {
        return listing;
    }

    /**
     * People who are still to be listed, and perhaps some who are by now.
     *
     * @param everybody whom the order calls; asked when there is no rest at hand, for the register does not change while an
     *                  order is listed. The rest is no state of its own: the facts say who is listed
     */
    List<CallStep.Held> unlisted(Supplier<List<CallStep.Held>> everybody) {
        if (toList.isEmpty()) {
            toList = everybody.get();
        }
        var listed = 0;
        while (listed < toList.size() && callees.containsKey(toList.get(listed).person())) {
            listed++;
        }
        toList = toList.subList(listed, toList.size());
        return toList;
    }

    /** Callees of whom an answer or a second report is still waited for. */
    int waiting() {
        return waiting;
    }

    /** Callees for whom this person was asked to stand in, in the order of asking. */
    List<Callee> askedFor(String person) {
        return askedFor.getOrDefault(person, Set.of()).stream()
                .map(callees::get)
                .toList();
    }

    /** What rounds say now. */
    public Messages messages() {
        return messages;
    }

    /** Kind of the last notice, or empty. */
    public String noticeKind() {
        return notice.map(NoticeSent::kind).orElse("");
    }

    /** Everybody reached has been told that it is over. */
    public boolean calledOff() {
        return noticeKind().equals("lifted") || noticeKind().equals("retracted");
    }

    /** The last notice, with the errands by which it went out first. */
    Optional<NoticeSent> notice() {
        return notice;
    }

    /** Whether a person to whom this attempt goes out only now must still hear the last notice. */
    boolean owesNotice(Attempt late) {
        return notice.isPresent()
                && !late.plannedAt().isAfter(noticeAt)
                && lastNotice.stream()
                        .map(notices::get)
                        .filter(Objects::nonNull)
                        .map(Attempt::errand)
                        .noneMatch(told -> told.to().equals(late.errand().to())
                                && told.channel() == late.errand().channel());
    }

    /** People to whom the last notice has not come through by any way. */
    public List<String> notReceived() {
        var attempts =
                lastNotice.stream().map(notices::get).filter(Objects::nonNull).toList();
        var reached = attempts.stream()
                .filter(Attempt::received)
                .map(a -> a.errand().to())
                .collect(Collectors.toSet());
        return attempts.stream()
                .map(a -> a.errand().to())
                .distinct()
                .filter(person -> !reached.contains(person))
                .toList();
    }

    /** An errand of any notice, also of one that another has followed. */
    Optional<Attempt> findNotice(String key) {
        return Optional.ofNullable(notices.get(key));
    }

    void list(Callee callee) {
        callees.put(callee.person(), callee);
        waiting++;
    }

    void listing(boolean more) {
        listing = more;
        if (!more) {
            toList = List.of();
        }
    }

    void start(Instant at, RoundStarted round) {
        var callee = callee(round.person());
        callee.start(at, round);
        if (!round.target().equals("self")) {
            callee.target(round.round(), opened.plan().rounds())
                    .ifPresent(asked -> askedFor.computeIfAbsent(asked, a -> new LinkedHashSet<>())
                            .add(callee.person()));
        }
    }

    void settle(Instant at, CalleeSettled fact) {
        change(callee(fact.person()), callee -> callee.settle(at, fact));
    }

    void report(Instant at, String person) {
        change(callee(person), callee -> callee.report(at));
        inPlace++;
    }

    void expire(String person) {
        change(callee(person), Callee::expire);
    }

    void judge(RuleJudged fact) {
        judged = Optional.of(fact);
    }

    private void change(Callee callee, Consumer<Callee> how) {
        count(callee, -1);
        how.accept(callee);
        count(callee, 1);
    }

    private void count(Callee callee, int by) {
        waiting += callee.done() ? 0 : by;
        callee.settled().ifPresent(settled -> settledAs.merge(settled.how(), by, Integer::sum));
    }

    private Callee callee(String person) {
        return findCallee(person)
                .orElseThrow(() -> new IllegalStateException("Bug: no callee " + person + " in " + id()));
    }

    void send(Instant at, NoticeSent sent) {
        if (notice.filter(before -> before.notice().equals(sent.notice())).isEmpty()) {
            notice = Optional.of(sent);
            noticeAt = at;
            lastNotice.clear();
        }
        sent.errands().stream().map(Errand::key).forEach(lastNotice::add);
        sent.errands().forEach(errand -> notices.put(errand.key(), new Attempt(errand, 0, at)));
    }

    void reword(Messages messages) {
        this.messages = messages;
    }

    void close(Instant at, CallOrderClosed fact) {
        closed = Optional.of(fact);
        closedAt = Optional.of(at);
        listing(false);
        for (var callee : callees.values()) {
            callee.stop();
            fact.withdrawnKeys().forEach(callee::withdraw);
        }
    }
}
