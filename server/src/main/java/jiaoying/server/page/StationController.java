package jiaoying.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of a station (测站): its readings, what is wrong with them, and what they are measured against. */
@RestController
public final class StationController {
    private static final Duration USUAL_SPAN = Duration.ofHours(24);

    /** No answer holds more than a month. */
    private static final Duration LONGEST_SPAN = Duration.ofDays(31);

    private final Boards boards;
    private final List<Criteria> criteria;

    /** @param criteria by which the room decides */
    public StationController(Boards boards, List<Criteria> criteria) {
        this.boards = boards;
        this.criteria = criteria;
    }

    /**
     * @param at   as it was known then; empty: now
     * @param to   of the readings; empty: until then
     * @param from of the readings; empty: the day before
     */
    @GetMapping("/api/stations/{station}")
    StationState station(
            @PathVariable String station,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        return state(boards.forCaller(at), station, from, to, Texts.of(lang));
    }

    @GetMapping("/api/stations/{station}/readings.xlsx")
    void sheet(
            @PathVariable String station,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletResponse response)
            throws IOException {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var state = state(board, station, from, to, texts);
        response.setContentType(WatchController.SHEET);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"readings.xlsx\"");
        StationSheet.write(
                state, texts, Boards.zone(board), WatchController.prefix(board, texts), response.getOutputStream());
    }

    private StationState state(Board board, String station, String from, String to, Texts texts) {
        var row = find(board, station).orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", ""));
        var end = to.isEmpty() ? board.at() : earlier(boards.instant(to), board.at());
        var begin = from.isEmpty() ? end.minus(USUAL_SPAN) : boards.instant(from);
        if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST_SPAN) > 0) {
            throw Problem.said(400, texts, "span.month", from);
        }
        return new StationMaker(board, texts, row).make(begin, end, criteria);
    }

    /** Stations outside every area are for accounts that see the whole room. */
    private static Optional<StationRegistered> find(Board board, String station) {
        return Optional.ofNullable(board.register().stations().get(station))
                .filter(row -> board.scope().covers(row.area()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isAfter(other) ? other : one;
    }
}
