package jiaoying.server.page;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.warn.SignalText;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.reply.Texts;

/**
 * What Warn shows of alerts that wait for a decision: in a weather-office room they are proposals of signals, in a headquarters
 * room threshold alerts (实况提醒). Each stands beside its rule, the readings behind it, and what follows when nobody decides.
 */
final class ProposalMaker {
    private static final Duration DECIDED_SHOWN = Duration.ofHours(24);
    private static final int DECIDED = 50;
    private static final String BY_HAND = "hand/";

    private final Board board;
    private final Texts texts;
    private final List<Criteria> criteria;
    private final WhoIsCalled people;
    private final String caller;
    private final Optional<SignalText> office;
    private final Optional<Settings> settings;

    /** @param office name under which the room publishes; empty: the room's own name stands in both languages */
    ProposalMaker(
            Board board,
            Texts texts,
            List<Criteria> criteria,
            WhoIsCalled people,
            String caller,
            Optional<SignalText> office) {
        this.board = board;
        this.texts = texts;
        this.criteria = criteria;
        this.people = people;
        this.caller = caller;
        this.office = office;
        this.settings = board.room().map(RoomView::settings);
    }

    /**
     * How the room works.
     *
     * @param issuer        HEADQUARTERS or WEATHER_OFFICE
     * @param decideWithinS after which an undecided alert opens the call order (headquarters)
     * @param approveAfterS after which a proposal is issued by itself (weather office); empty: never
     * @param hazards       for which it has criteria
     */
    record Way(String issuer, long decideWithinS, Optional<Long> approveAfterS, List<String> hazards) {}

    /**
     * @param by      account that proposed it by hand, or empty: the rule did
     * @param own     whether it is the caller's own, which somebody else has to approve
     * @param rule    in words; source: of its numbers
     * @param single  only one gauge stands behind it
     * @param said    what a person named as his source
     * @param text    the words of a proposal by hand; zh and en: those of the template
     * @param then    what happens at {@code decideBy}: call-order, issue or nothing (empty)
     * @param expected by a forecast: nothing of it has been measured yet
     * @param called  whether the plan calls people for the colour; people: how many
     */
    record Proposal(
            String id,
            String hazard,
            String color,
            String was,
            String area,
            String areaName,
            Instant raisedAt,
            Optional<Instant> decideBy,
            String by,
            boolean own,
            String criteria,
            String rule,
            String source,
            List<Watch.BasisLine> basis,
            boolean single,
            String said,
            String text,
            String zh,
            String en,
            String then,
            boolean called,
            int people,
            boolean expected) {}

    /** @param decision issued, consulted, call-order or overdue (nobody decided); called: people of the order it opened, 0 for none */
    record Decided(
            String id,
            String hazard,
            String color,
            String areaName,
            Instant raisedAt,
            String decision,
            String by,
            Optional<Instant> at,
            int called,
            int silent) {}

    Way way() {
        return new Way(
                settings.map(room -> room.issuer().name()).orElse(""),
                settings.map(room -> room.decideWithin().toSeconds()).orElse(0L),
                settings.flatMap(room -> room.approveAfter().map(Duration::toSeconds)),
                criteria.stream().map(Criteria::hazard).toList());
    }

    /** The gravest first, then the oldest. */
    List<Proposal> open() {
        return board.alertsSince(board.at())
                .filter(alert -> alert.decision().isEmpty())
                .sorted(comparing(AlertView::color, reverseOrder()).thenComparing(AlertView::raisedAt))
                .map(this::proposal)
                .toList();
    }

    /** Those of the last day that somebody decided, or nobody did; the latest first. */
    List<Decided> decided() {
        var orders = board.ordersSince(board.at().minus(DECIDED_SHOWN)).stream()
                .map(Board.Called::order)
                .toList();
        return board.alertsSince(board.at().minus(DECIDED_SHOWN))
                .filter(alert -> !Set.of("", "superseded").contains(alert.decision()))
                .sorted(comparing((AlertView alert) -> alert.decidedAt().orElse(Instant.MIN), reverseOrder()))
                .limit(DECIDED)
                .map(alert -> decided(alert, orders))
                .toList();
    }

    private Proposal proposal(AlertView alert) {
        var by = alert.criteria().startsWith(BY_HAND) ? alert.criteria().substring(BY_HAND.length()) : "";
        var rule = by.isEmpty() ? RuleWords.of(criteria, alert.hazard()) : Optional.<Criteria>empty();
        var words = words(alert);
        return new Proposal(
                alert.alert(),
                alert.hazard(),
                alert.color().word(),
                alert.was().word(),
                alert.area(),
                board.register().areaName(alert.area(), texts),
                alert.raisedAt(),
                alert.decideBy(),
                by,
                by.equals(caller),
                by.isEmpty() ? alert.criteria() : "",
                rule.map(one -> new RuleWords(texts).say(one, alert.color(), alert.was(), alert.basis()))
                        .orElse(""),
                rule.map(Criteria::source).orElse(""),
                WatchMaker.basis(alert.basis(), board.register(), texts),
                alert.single(),
                alert.source(),
                alert.text(),
                words.zh(),
                words.en(),
                then(alert),
                people.calls(alert.color()),
                people.count(List.of(alert.area()), alert.color()),
                alert.criteria().startsWith(ThresholdAlertRaised.FORECAST));
    }

    private String then(AlertView alert) {
        return alert.decideBy().isEmpty() ? "" : isOffice() ? "issue" : "call-order";
    }

    private boolean isOffice() {
        return settings.filter(room -> room.issuer() == Settings.Issuer.WEATHER_OFFICE)
                .isPresent();
    }

    /** Counted against what is in force: a level that the signals never had does not make an upgrade. */
    private SignalText words(AlertView alert) {
        return template(board.at(), alert.hazard(), alert.color(), List.of(alert.area()), alert);
    }

    /** The template for areas that somebody chose. */
    SignalText template(String hazard, SignalColor color, List<String> areas) {
        var alert = board.alertsSince(board.at())
                .filter(one -> one.decision().isEmpty() && one.hazard().equals(hazard) && areas.contains(one.area()))
                .filter(one -> one.color() == color)
                .findFirst();
        return alert.map(found -> template(board.at(), hazard, color, areas, found))
                .orElseGet(
                        () -> signalWords().say(board.at(), hazard, color, inForce(hazard, areas), areas, List.of()));
    }

    private SignalText template(Instant at, String hazard, SignalColor color, List<String> areas, AlertView alert) {
        return signalWords().say(at, hazard, color, inForce(hazard, areas), areas, alert.basis());
    }

    private SignalWords signalWords() {
        var own = settings.map(Settings::name).orElse("");
        return new SignalWords(office.orElse(new SignalText(own, own)), Boards.zone(board), board.register());
    }

    /** The highest signal in force in one of them. */
    private SignalColor inForce(String hazard, List<String> areas) {
        return board.signalsSince(board.at())
                .filter(signal ->
                        signal.endedAt().isEmpty() && signal.hazard().equals(hazard) && areas.contains(signal.area()))
                .map(SignalView::color)
                .max(comparing(color -> color))
                .orElse(SignalColor.NONE);
    }

    private Decided decided(AlertView alert, List<OrderView> orders) {
        var order = orders.stream()
                .filter(one -> one.reason().equals(alert.alert()))
                .findFirst();
        return new Decided(
                alert.alert(),
                alert.hazard(),
                alert.color().word(),
                board.register().areaName(alert.area(), texts),
                alert.raisedAt(),
                alert.decision(),
                alert.decidedBy(),
                alert.decidedAt(),
                order.map(OrderView::called).orElse(0),
                order.map(OrderView::silent).orElse(0));
    }
}
