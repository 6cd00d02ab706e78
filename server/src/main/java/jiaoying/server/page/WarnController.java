package jiaoying.server.page;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.ActionView;
import jiaoying.duty.room.View.BulletinView;
import jiaoying.duty.room.View.ResponseView;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.warn.SignalText;
import jiaoying.server.cap.CapFeeds;
import jiaoying.server.cap.FindingWords;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Warn screen (预警): messages of other centres, responses, and who would be called, beside what Watch shows. */
@RestController
public final class WarnController {
    private static final Duration SHOWN = Duration.ofHours(24);
    private static final int ROWS = 100;
    private static final int NAMED = 50;

    private final Boards boards;
    private final Supplier<List<DutyAssigned>> duties;
    private final Set<SignalColor> called;
    private final List<Criteria> criteria;
    private final Function<Texts, List<CapFeeds.State>> feeds;
    private final Optional<SignalText> office;

    /**
     * @param duties of the register as it is now
     * @param called colours that the plan has a ladder for
     * @param criteria by which the room decides
     * @param feeds  how the feeds fare
     * @param office name under which the room publishes its signals, where it does
     */
    public WarnController(
            Boards boards,
            Supplier<List<DutyAssigned>> duties,
            Set<SignalColor> called,
            List<Criteria> criteria,
            Function<Texts, List<CapFeeds.State>> feeds,
            Optional<SignalText> office) {
        this.boards = boards;
        this.duties = duties;
        this.called = called;
        this.criteria = criteria;
        this.feeds = feeds;
        this.office = office;
    }

    record Warn(
            ProposalMaker.Way room,
            List<ProposalMaker.Proposal> proposals,
            List<ProposalMaker.Decided> decided,
            List<Message> messages,
            List<ResponseRow> responses,
            List<CapFeeds.State> feeds) {}

    record Message(
            String key,
            String sender,
            String identifier,
            Instant sent,
            Instant heardAt,
            String by,
            String status,
            String type,
            String signature,
            String headline,
            String verdict,
            String ended,
            boolean inForce,
            Optional<Instant> ends,
            Optional<Instant> begins,
            int disputed,
            List<Place> brought,
            List<Called> orders,
            List<Proposed> responses,
            List<String> remarks) {}

    /** A call order that the message opened. */
    record Called(String areaName, int called, int silent, boolean open) {}

    /** A response that the message proposed. */
    record Proposed(String areaName, int level, String state) {}

    record Place(String area, String name, String hazard, String color) {}

    record ResponseRow(
            String id,
            String hazard,
            String color,
            String area,
            String areaName,
            int level,
            Instant proposedAt,
            Optional<Instant> decideBy,
            String plan,
            String state,
            int decidedLevel,
            String decidedBy,
            String reason,
            Optional<Instant> decidedAt,
            List<Action> actions) {}

    /** @param mine of the body that the caller belongs to; only such actions may be reported by those who are not on duty */
    record Action(
            String id,
            String department,
            boolean mine,
            String text,
            Instant due,
            String by,
            String report,
            Optional<Instant> at,
            Optional<Instant> urgedAt,
            Optional<Instant> escalatedAt) {}

    @GetMapping("/api/warn")
    Warn warn(@RequestParam(defaultValue = "") String at, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var since = board.at().minus(SHOWN);
        var responses = board.reads().recent(ResponseView.class, "response", since, board.fact()).stream()
                .filter(row -> !row.state().equals("superseded"))
                .sorted(comparing(ResponseView::proposedAt, reverseOrder()))
                .limit(ROWS)
                .toList();
        var orders = board.ordersSince(since);
        var messages = board.reads().recent(BulletinView.class, "bulletin", since, board.fact()).stream()
                .filter(row -> sees(board, row))
                .sorted(comparing(BulletinView::heardAt, reverseOrder()))
                .limit(ROWS)
                .map(row -> message(row, board, orders, responses, texts))
                .toList();
        var proposals = proposals(board, texts);
        return new Warn(
                proposals.way(),
                proposals.open(),
                proposals.decided(),
                messages,
                responses.stream().map(row -> response(row, board, texts)).toList(),
                board.scope().whole() ? feeds.apply(texts) : List.of());
    }

    private ProposalMaker proposals(Board board, Texts texts) {
        return new ProposalMaker(
                board, texts, criteria, people(board), Caller.person().name(), office);
    }

    private WhoIsCalled people(Board board) {
        return new WhoIsCalled(duties.get(), called, board);
    }

    /** An account of a part of the room sees what changed something there. */
    static boolean sees(Board board, BulletinView row) {
        return board.scope().whole()
                || row.brought().stream().anyMatch(place -> board.scope().covers(place.area()));
    }

    /** What a message opened was recorded with it, at the same instant, or when its time came. */
    private static Message message(
            BulletinView row, Board board, List<Board.Called> orders, List<ResponseView> responses, Texts texts) {
        var bulletin = row.bulletin();
        return new Message(
                row.key(),
                bulletin.senderName(),
                bulletin.id().identifier(),
                bulletin.id().sent(),
                row.heardAt(),
                row.by(),
                word(bulletin.status()),
                word(bulletin.type()),
                word(bulletin.signature()),
                bulletin.headline(),
                word(row.verdict()),
                row.ended(),
                row.endedAt().isEmpty(),
                row.ends(),
                row.begins(),
                row.disputed(),
                row.brought().stream()
                        .map(place -> new Place(
                                place.area(),
                                board.register().areaName(place.area(), texts),
                                place.hazard(),
                                place.color().word()))
                        .toList(),
                orders.stream()
                        .map(Board.Called::order)
                        .filter(order -> acted(row, order.openedAt()))
                        .map(order -> new Called(
                                board.register().areaName(order.area(), texts),
                                order.called(),
                                order.silent(),
                                order.closedAt().isEmpty()))
                        .toList(),
                responses.stream()
                        .filter(response -> acted(row, response.proposedAt()))
                        .map(response -> new Proposed(
                                board.register().areaName(response.area(), texts), response.level(), response.state()))
                        .toList(),
                bulletin.remarks().stream()
                        .map(remark -> FindingWords.say(remark, texts))
                        .toList());
    }

    private static boolean acted(BulletinView row, Instant at) {
        return at.equals(row.heardAt()) || row.began().filter(at::equals).isPresent();
    }

    private static ResponseRow response(ResponseView row, Board board, Texts texts) {
        return new ResponseRow(
                row.response(),
                row.hazard(),
                row.color().word(),
                row.area(),
                board.register().areaName(row.area(), texts),
                row.level(),
                row.proposedAt(),
                row.decideBy(),
                row.plan(),
                row.state(),
                row.decidedLevel(),
                row.decidedBy(),
                row.reason(),
                row.decidedAt(),
                row.actions().stream()
                        .map(action -> action(action, board.register(), texts))
                        .toList());
    }

    private static Action action(ActionView row, CityRegister register, Texts texts) {
        var action = row.action();
        return new Action(
                action.action(),
                texts.chinese() ? action.departmentZh() : action.departmentEn(),
                register.belongs(Caller.person().account().name(), action.body()),
                texts.chinese() ? action.textZh() : action.textEn(),
                action.due(),
                row.by(),
                row.text(),
                row.reportedAt(),
                row.urgedAt(),
                row.escalatedAt());
    }

    /**
     * @param called false when the plan has no ladder for the colour
     * @param zh     the words of the signal from the template, and in English
     */
    record Preview(boolean called, int people, List<Person> first, String zh, String en) {}

    record Person(String name, String post, String area) {}

    /** Who would be called for a signal in these areas, and what it would say: shown before anything is sent. */
    @GetMapping("/api/warn/preview")
    Preview preview(
            @RequestParam List<String> area,
            @RequestParam String color,
            @RequestParam(defaultValue = "rainstorm") String hazard,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var wanted = SignalColor.find(color).orElse(SignalColor.NONE);
        var meant = people(board).duties(area, wanted);
        var persons = meant.stream().map(DutyAssigned::person).distinct().toList();
        var words = RuleWords.of(criteria, hazard)
                .map(_ -> proposals(board, texts).template(hazard, wanted, area))
                .orElse(new SignalText("", ""));
        return new Preview(
                called.contains(wanted),
                persons.size(),
                persons.stream()
                        .limit(NAMED)
                        .map(person -> person(person, meant, board.register(), texts))
                        .toList(),
                words.zh(),
                words.en());
    }

    private static Person person(String person, List<DutyAssigned> meant, CityRegister register, Texts texts) {
        var area = meant.stream()
                .filter(duty -> duty.person().equals(person))
                .findFirst()
                .map(DutyAssigned::area)
                .orElse("");
        return new Person(
                register.personName(person, texts), register.post(person, texts), register.areaName(area, texts));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
