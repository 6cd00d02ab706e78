package jiaoying.duty.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.Messages;
import jiaoying.duty.call.CallFact.NoticeSent;
import jiaoying.duty.errand.Errand;

/** One call order (叫应单): a frozen copy of ladder and texts, its callees, and the last notice to those reached. */
public final class CallOrder {
    private final CallOrderOpened opened;
    private final Instant openedAt;
    private final Map<String, Callee> callees = new LinkedHashMap<>();
    private final Map<String, Attempt> notices = new LinkedHashMap<>();
    private final List<String> lastNotice = new ArrayList<>();
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
                .toList();
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
        for (var callee : callees.values()) {
            callee.stop();
            fact.withdrawnKeys().forEach(callee::withdraw);
        }
    }
}
