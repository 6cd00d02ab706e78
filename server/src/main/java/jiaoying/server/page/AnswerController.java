package jiaoying.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jiaoying.duty.call.CallFact.Aim;
import jiaoying.duty.call.LineSizing;
import jiaoying.duty.call.Trunk;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Answer screen (叫应): orders, the matrix of their callees in pages and increments, times, lines, paper lists. */
@RestController
public final class AnswerController {
    private static final Duration CLOSED_SHOWN = Duration.ofHours(24);
    private static final Duration USUAL_SPAN = Duration.ofDays(30);
    private static final int PAGE_MOST = 10_000;
    private static final int LINES_MOST = 10_000;
    private static final int PEOPLE_MOST = 1_000_000;
    private static final String SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Boards boards;
    private final AnswerReads reads;

    public AnswerController(Boards boards, AnswerReads reads) {
        this.boards = boards;
        this.reads = reads;
    }

    record Answer(Instant at, long fact, List<Order> orders, Offline offline) {}

    /** @param judged how the rule over all was judged; empty before, or without a rule */
    record Order(
            String id,
            String aim,
            boolean exercise,
            String hazard,
            String color,
            String area,
            String areaName,
            Instant openedAt,
            Optional<Instant> closedAt,
            String closed,
            int called,
            int answered,
            int takenOver,
            int silent,
            int inPlace,
            Optional<Long> reportWithin,
            Optional<Rule> rule,
            String notice,
            int notReceived) {}

    record Rule(Instant by, int people, int areas, List<String> must, Optional<Judged> judged) {}

    record Judged(boolean met, int called, int reached, int areas, int areasReached, List<String> missing) {}

    /** Which channels nobody carries now. @param out true when neither text nor voice goes out */
    record Offline(boolean out, List<String> channels) {}

    /** @param next person after whom the next page begins; empty on the last */
    record Rows(long fact, List<AnswerRow> rows, String next) {}

    @GetMapping("/api/answer")
    Answer answer(@RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var orders = board.ordersAlone(board.at().minus(CLOSED_SHOWN)).stream()
                .map(called -> order(called.order(), Counts.of(called, board), board, texts))
                .sorted(java.util.Comparator.comparing(Order::openedAt).reversed())
                .toList();
        return new Answer(board.at(), board.fact(), orders, offline());
    }

    /** How far an order has come; a confined account counts only the callees it sees. */
    private record Counts(int called, int answered, int takenOver, int silent, int inPlace, int notReceived) {
        static Counts of(Board.Called called, Board board) {
            var order = called.order();
            if (board.scope().whole()) {
                return new Counts(
                        order.called(),
                        order.answered(),
                        order.takenOver(),
                        order.silent(),
                        order.inPlace(),
                        order.notReceived().size());
            }
            var seen = called.callees().stream()
                    .filter(row -> !row.state().equals("carried-over"))
                    .toList();
            var answered = count(seen, row -> WatchMaker.ANSWERED.contains(row.state()));
            var takenOver = count(seen, row -> row.state().equals(WatchMaker.TAKEN_OVER));
            return new Counts(
                    seen.size(),
                    answered,
                    takenOver,
                    seen.size() - answered - takenOver,
                    count(seen, row -> row.inPlaceAt().isPresent()),
                    count(seen, row -> order.notReceived().contains(row.person())));
        }

        private static int count(List<CalleeView> rows, java.util.function.Predicate<CalleeView> which) {
            return (int) rows.stream().filter(which).count();
        }
    }

    private static Order order(OrderView order, Counts counts, Board board, Texts texts) {
        return new Order(
                order.order(),
                order.aim().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                order.exercise(),
                order.hazard(),
                order.color().word(),
                order.area(),
                board.register().areaName(order.area(), texts),
                order.openedAt(),
                order.closedAt(),
                order.closed(),
                counts.called(),
                counts.answered(),
                counts.takenOver(),
                counts.silent(),
                counts.inPlace(),
                order.terms().report().map(Duration::toSeconds),
                rule(order, board, texts),
                order.notice(),
                counts.notReceived());
    }

    private static Optional<Rule> rule(OrderView order, Board board, Texts texts) {
        return order.terms()
                .rule()
                .map(rule -> new Rule(
                        order.openedAt().plus(rule.within()),
                        rule.people(),
                        rule.areas(),
                        rule.must(),
                        order.judged()
                                .map(judged -> new Judged(
                                        judged.met(),
                                        judged.called(),
                                        judged.reached(),
                                        judged.areas(),
                                        judged.areasReached(),
                                        judged.missing().stream()
                                                .map(person -> board.register().personName(person, texts))
                                                .toList()))));
    }

    private Offline offline() {
        var out = reads.out().get();
        return new Offline(
                out.containsAll(RoomInfo.CALLING),
                out.stream().map(Channel::word).toList());
    }

    @GetMapping("/api/answer/rows")
    Rows rows(
            @RequestParam String order,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "5000") int most,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var callees = reads.page().list(order, after, clip(most));
        var next = callees.size() < clip(most) ? "" : callees.getLast().person();
        return new Rows(board.fact(), rows(callees, board, Texts.of(lang)), next);
    }

    /** What changed since the fact that a screen has seen; when there is more than one page of it, {@code next} is not empty. */
    @GetMapping("/api/answer/changes")
    Rows changes(
            @RequestParam String order, @RequestParam long since, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var callees = reads.changed().list(order, since, PAGE_MOST);
        return new Rows(board.fact(), rows(callees, board, Texts.of(lang)), callees.size() < PAGE_MOST ? "" : "more");
    }

    private static int clip(int most) {
        return Math.clamp(most, 1, PAGE_MOST);
    }

    private static List<AnswerRow> rows(List<CalleeView> callees, Board board, Texts texts) {
        return callees.stream()
                .filter(board::sees)
                .map(callee -> AnswerRow.of(callee, board.register(), texts))
                .toList();
    }

    @GetMapping("/api/answer/times")
    AnswerTimes times(@RequestParam(defaultValue = "30") int days, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var since = board.at().minus(days < 1 ? USUAL_SPAN : Duration.ofDays(days));
        var rows = reads.times().apply(board.reads().factAt().applyAsLong(since)).stream()
                .filter(row -> board.scope().covers(row.area()) || board.scope().covers(row.place()))
                .toList();
        return AnswerTimes.of(
                rows,
                area -> Coverage.town(board.register(), area),
                area -> board.register().areaName(area, texts));
    }

    /** @param planned lines that the plan reckons with; there: that the trunks have, 0 where none says */
    record Lines(int lines, int needed, List<LineRow> rows, String source, int planned, int there) {}

    /** Seconds from the opening of the order. @param kept everybody was rung before the plan's next step */
    record LineRow(
            String color, int people, long halfRung, long allRung, long due, int reached, int calls, boolean kept) {}

    /** Whether the lines keep the plan's minutes. Without numbers: the lines there are, else the plan's; everybody in the register with a duty, all at once, by red. */
    @GetMapping("/api/answer/lines")
    Lines lines(
            @RequestParam(defaultValue = "0") int lines,
            @RequestParam(defaultValue = "0") int red,
            @RequestParam(defaultValue = "0") int orange,
            @RequestParam(defaultValue = "0") int yellow,
            @RequestParam(defaultValue = "0") int blue,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var trunk = reads.plan().get().trunk().orElse(USUAL_TRUNK);
        int there = reads.lines().getAsInt();
        int wanted = lines > 0 ? lines : there > 0 ? there : trunk.lines();
        var asked = trunk.withLines(Math.min(wanted, LINES_MOST));
        var people = new EnumMap<SignalColor, Integer>(SignalColor.class);
        put(people, SignalColor.RED, red);
        put(people, SignalColor.ORANGE, orange);
        put(people, SignalColor.YELLOW, yellow);
        put(people, SignalColor.BLUE, blue);
        if (people.isEmpty()) {
            people.put(SignalColor.RED, withPhones());
        }
        var sizing = new LineSizing(reads.plan().get().ladders(), asked);
        return new Lines(
                asked.lines(),
                sizing.linesNeeded(people, LINES_MOST),
                sizing.play(people).stream().map(AnswerController::line).toList(),
                Texts.of(lang).chinese() ? asked.source() : asked.sourceEn(),
                trunk.lines(),
                there);
    }

    private static final Trunk USUAL_TRUNK =
            new Trunk(30, Duration.ofSeconds(35), Duration.ofSeconds(30), 70, "示例值", "example");

    private static void put(Map<SignalColor, Integer> people, SignalColor color, int count) {
        if (count > 0) {
            people.put(color, Math.min(count, PEOPLE_MOST));
        }
    }

    private int withPhones() {
        var phones = new java.util.HashSet<String>();
        reads.contacts().get().stream()
                .filter(row -> row.channel().equals(Channel.VOICE.word()))
                .forEach(row -> phones.add(row.person()));
        return (int) reads.duties().get().stream()
                .map(DutyAssigned::person)
                .distinct()
                .filter(phones::contains)
                .count();
    }

    private static LineRow line(LineSizing.Row row) {
        return new LineRow(
                row.color().word(),
                row.people(),
                row.halfRung().toSeconds(),
                row.allRung().toSeconds(),
                row.nextDue().toSeconds(),
                row.reached(),
                row.calls(),
                row.kept());
    }

    @GetMapping("/api/answer/rows.xlsx")
    void sheet(
            @RequestParam String order, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletResponse response)
            throws IOException {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var title = title(board, order, texts, "answer.sheet.title");
        response.setContentType(SHEET);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"answers.xlsx\"");
        var notice = board.reads()
                .order(order, board.fact())
                .map(row -> AnswerSheet.Notice.of(row.notice(), row.notReceived()))
                .orElse(AnswerSheet.Notice.of("", List.of()));
        AnswerSheet.write(
                title,
                texts,
                Boards.zone(board),
                notice,
                response.getOutputStream(),
                rows -> each(order, board, texts, rows));
    }

    private void each(String order, Board board, Texts texts, Consumer<AnswerRow> rows) {
        var after = "";
        do {
            var page = reads.page().list(order, after, PAGE_MOST);
            rows(page, board, texts).forEach(rows);
            after = page.size() < PAGE_MOST ? "" : page.getLast().person();
        } while (!after.isEmpty());
    }

    /** The list on paper: who is unreached, with numbers. */
    @GetMapping("/api/answer/offline.html")
    ResponseEntity<String> offlineList(@RequestParam String order, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var unreached = new ArrayList<CalleeView>();
        var after = "";
        do {
            var page = reads.page().list(order, after, PAGE_MOST);
            page.stream()
                    .filter(board::sees)
                    .filter(callee ->
                            Set.of("calling", "exhausted", "unanswered").contains(callee.state()))
                    .forEach(unreached::add);
            after = page.size() < PAGE_MOST ? "" : page.getLast().person();
        } while (!after.isEmpty());
        var html = OfflineList.html(
                texts, board.register(), reads, unreached, title(board, order, texts, "offline.title"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(html);
    }

    private static String title(Board board, String order, Texts texts, String key) {
        var view = board.reads()
                .order(order, board.fact())
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", order));
        var exercise = view.aim() != Aim.WARNING
                && !board.room().map(RoomView::settings).map(s -> s.exercise()).orElse(false);
        return WatchController.prefix(board, texts)
                + (exercise ? texts.say("exercise") : "")
                + texts.say(
                        key,
                        board.register().areaName(view.area(), texts),
                        view.color() == SignalColor.NONE ? "" : Words.color(texts, view.color()),
                        Words.minuteOfDay(view.openedAt(), board.at(), Boards.zone(board), texts));
    }
}
