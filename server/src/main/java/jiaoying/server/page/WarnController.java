package jiaoying.server.page;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.BulletinView;
import jiaoying.duty.room.View.ResponseView;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.warn.Bulletin.Remark;
import jiaoying.server.cap.CapFeeds;
import jiaoying.server.reply.Texts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Warn screen (预警): messages of other centres, responses, and who would be called, beside what Watch shows. */
@RestController
public final class WarnController {
    private static final Duration SHOWN = Duration.ofHours(24);
    private static final int ROWS = 100;
    private static final String NO_CALL = "ledger-recipient";

    private final Boards boards;
    private final Supplier<List<DutyAssigned>> duties;
    private final Set<SignalColor> called;
    private final Supplier<List<CapFeeds.State>> feeds;

    /**
     * @param duties of the register as it is now
     * @param called colours that the plan has a ladder for
     * @param feeds  how the feeds fare
     */
    public WarnController(
            Boards boards,
            Supplier<List<DutyAssigned>> duties,
            Set<SignalColor> called,
            Supplier<List<CapFeeds.State>> feeds) {
        this.boards = boards;
        this.duties = duties;
        this.called = called;
        this.feeds = feeds;
    }

    record Warn(List<Message> messages, List<ResponseRow> responses, List<CapFeeds.State> feeds) {}

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
            int disputed,
            List<Place> brought,
            List<String> remarks) {}

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

    record Action(
            String id, String department, String text, Instant due, String by, String report, Optional<Instant> at) {}

    @GetMapping("/api/warn")
    Warn warn(@RequestParam(defaultValue = "") String at, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var since = board.at().minus(SHOWN);
        var messages = board.reads().recent(BulletinView.class, "bulletin", since, board.fact()).stream()
                .filter(row -> sees(board, row))
                .sorted(comparing(BulletinView::heardAt, reverseOrder()))
                .limit(ROWS)
                .map(row -> message(row, board, texts))
                .toList();
        var responses = board.reads().recent(ResponseView.class, "response", since, board.fact()).stream()
                .filter(row -> !row.state().equals("superseded"))
                .sorted(comparing(ResponseView::proposedAt, reverseOrder()))
                .limit(ROWS)
                .map(row -> response(row, board, texts))
                .toList();
        return new Warn(messages, responses, board.scope().whole() ? feeds.get() : List.of());
    }

    /** An account of a part of the room sees what changed something there. */
    private static boolean sees(Board board, BulletinView row) {
        return board.scope().whole()
                || row.brought().stream().anyMatch(place -> board.scope().covers(place.area()));
    }

    private static Message message(BulletinView row, Board board, Texts texts) {
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
                row.disputed(),
                row.brought().stream()
                        .map(place -> new Place(
                                place.area(),
                                board.register().areaName(place.area(), texts),
                                place.hazard(),
                                place.color().word()))
                        .toList(),
                bulletin.remarks().stream().map(remark -> say(remark, texts)).toList());
    }

    private static String say(Remark remark, Texts texts) {
        return texts.say(
                "cap.remark." + remark.kind(),
                remark.values().stream()
                        .map(value -> SignalColor.find(value)
                                .map(color -> texts.say("color." + color.word()))
                                .orElse(value))
                        .toArray());
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
                        .map(action -> new Action(
                                action.action().action(),
                                action.action().department(),
                                texts.chinese()
                                        ? action.action().textZh()
                                        : action.action().textEn(),
                                action.action().due(),
                                action.by(),
                                action.text(),
                                action.reportedAt()))
                        .toList());
    }

    /** @param called false when the plan has no ladder for the colour */
    record Preview(boolean called, int people, List<Person> first) {}

    record Person(String name, String post, String area) {}

    /** Who would be called for a signal in these areas: counted before anything is sent. */
    @GetMapping("/api/warn/preview")
    Preview preview(
            @RequestParam List<String> area,
            @RequestParam String color,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var meant = duties.get().stream()
                .filter(duty -> !duty.duty().equals(NO_CALL)
                        && board.scope().covers(duty.area())
                        && area.stream().anyMatch(one -> isWithin(duty.area(), one, board.register())))
                .toList();
        var people = meant.stream().map(DutyAssigned::person).distinct().toList();
        var first = people.stream()
                .limit(50)
                .map(person -> new Person(
                        board.register().personName(person, texts),
                        board.register().post(person, texts),
                        board.register()
                                .areaName(
                                        meant.stream()
                                                .filter(duty -> duty.person().equals(person))
                                                .findFirst()
                                                .map(DutyAssigned::area)
                                                .orElse(""),
                                        texts)))
                .toList();
        var calls = SignalColor.find(color).filter(called::contains).isPresent();
        return new Preview(calls, calls ? people.size() : 0, calls ? first : List.of());
    }

    private static boolean isWithin(String area, String whole, CityRegister register) {
        var at = Optional.of(area);
        for (var depth = 0; depth < 16 && at.isPresent(); depth++) {
            if (at.get().equals(whole)) {
                return true;
            }
            at = register.parent(at.get());
        }
        return false;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
