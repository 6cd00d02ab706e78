package jiaoying.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.View.RoomView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.server.security.Sessions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What the Watch screen (值守) reads, at the present or at any earlier instant. */
@RestController
public final class WatchController {
    private static final Duration USUAL_SPAN = Duration.ofHours(6);
    private static final Duration LONGEST_SPAN = Duration.ofDays(31);
    static final String SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Boards boards;
    private final RoomInfo info;
    private final Changes changes;
    private final Sessions sessions;

    public WatchController(Boards boards, RoomInfo info, Changes changes, Sessions sessions) {
        this.boards = boards;
        this.info = info;
        this.changes = changes;
        this.sessions = sessions;
    }

    @GetMapping("/api/watch")
    Watch watch(
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "") String rows,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        return rows.equals("none")
                ? WatchMaker.makeWithoutCallees(board, info, Texts.of(lang), at.isEmpty())
                : WatchMaker.make(board, info, Texts.of(lang), at.isEmpty());
    }

    /** What would be sent if a held room were released (待发): an officer looks before he lets it go. */
    @GetMapping("/api/watch/waiting")
    List<Waiting> waiting(@RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        return board.reads().waiting().get().stream()
                .map(row -> new Waiting(
                        row.channel(),
                        board.register().personName(row.person(), texts),
                        row.message().replace("{link}", "").strip(),
                        row.since()))
                .toList();
    }

    /** @param name of the person */
    record Waiting(String channel, String name, String text, Instant since) {}

    @GetMapping("/api/watch/timeline")
    TimelineMaker.Timeline timeline(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(to);
        var start = from.isEmpty() ? board.at().minus(USUAL_SPAN) : boards.instant(from);
        if (Duration.between(start, board.at()).compareTo(LONGEST_SPAN) > 0) {
            throw Problem.allowing(400, "ask.span", from, Sentence.of("days-most", LONGEST_SPAN.toDays()));
        }
        return TimelineMaker.make(board, info, Texts.of(lang), earlier(start, board.at()));
    }

    @GetMapping(path = "/api/watch/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestHeader(name = "Last-Event-ID", defaultValue = "0") long seen) {
        var session = Caller.person().session();
        return changes.open(seen, () -> sessions.alive(session));
    }

    @GetMapping(path = "/api/watch/text", produces = "text/plain;charset=UTF-8")
    String text(@RequestParam(defaultValue = "") String at, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var watch = WatchMaker.make(board, info, texts, at.isEmpty());
        return WatchText.make(board, watch, texts, Boards.zone(board), prefix(board, texts));
    }

    @GetMapping("/api/watch/silent.xlsx")
    void silent(
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletResponse response)
            throws IOException {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var watch = WatchMaker.make(board, info, texts, at.isEmpty());
        response.setContentType(SHEET);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"silent.xlsx\"");
        SilentSheet.write(watch, texts, Boards.zone(board), prefix(board, texts), response.getOutputStream());
    }

    @GetMapping("/api/callees/{order}/{person}")
    ResponseEntity<CalleeBody> callee(
            @PathVariable String order,
            @PathVariable String person,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        return board.callee(order, person)
                .map(row -> ResponseEntity.ok(CalleeBody.of(row, board, texts)))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", ""));
    }

    /** 【演示】 or 【演练】 before everything that leaves the house. */
    static String prefix(Board board, Texts texts) {
        var settings = board.room().map(RoomView::settings);
        return settings.filter(room -> room.demo()).map(_ -> texts.say("demo")).orElse("")
                + settings.filter(room -> room.exercise())
                        .map(_ -> texts.say("exercise"))
                        .orElse("");
    }

    private static Instant earlier(Instant one, Instant other) {
        return Optional.of(one).filter(other::isAfter).orElse(other);
    }
}
