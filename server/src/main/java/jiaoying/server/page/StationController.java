package jiaoying.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.door.Pictures;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of a station (测站): its readings, what is wrong with them, and what they are measured against. */
@RestController
public final class StationController {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration USUAL_SPAN = Duration.ofHours(24);

    /** No answer holds more than a month. */
    private static final Duration LONGEST_SPAN = Duration.ofDays(31);

    static final int PICTURES_MOST = 48;

    private final Boards boards;
    private final List<Criteria> criteria;
    private final Supplier<Optional<Pictures>> pictures;

    /**
     * @param criteria by which the room decides
     * @param pictures of stations; empty where no door keeps any
     */
    public StationController(Boards boards, List<Criteria> criteria, Supplier<Optional<Pictures>> pictures) {
        this.boards = boards;
        this.criteria = criteria;
        this.pictures = pictures;
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

    /** The bytes as they came; shown as a picture only if they begin as one. */
    @GetMapping("/api/stations/{station}/pictures/{digest}")
    ResponseEntity<byte[]> picture(
            @PathVariable String station,
            @PathVariable String digest,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var bytes = find(boards.forCaller(""), station)
                .flatMap(row -> pictures.get())
                .filter(kept ->
                        kept.list(station).stream().anyMatch(row -> row.sha256().equals(digest)))
                .flatMap(kept -> kept.find(digest))
                .orElseThrow(() -> Problem.said(404, Texts.of(lang), "picture.missing", digest));
        var jpeg = bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8;
        return ResponseEntity.ok()
                .contentType(jpeg ? MediaType.IMAGE_JPEG : MediaType.APPLICATION_OCTET_STREAM)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.maxAge(DAY).cachePrivate().immutable())
                .body(bytes);
    }

    private List<StationState.Picture> pictures(String station, Instant from, Instant to) {
        return pictures.get().map(kept -> kept.list(station)).orElse(List.of()).stream()
                .filter(row ->
                        row.receivedAt().isAfter(from) && !row.receivedAt().isAfter(to))
                .limit(PICTURES_MOST)
                .map(row -> new StationState.Picture(row.sha256(), row.observedAt(), row.receivedAt(), row.bytes()))
                .toList();
    }

    private StationState state(Board board, String station, String from, String to, Texts texts) {
        var row = find(board, station).orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", ""));
        var end = to.isEmpty() ? board.at() : earlier(boards.instant(to), board.at());
        var begin = from.isEmpty() ? end.minus(USUAL_SPAN) : boards.instant(from);
        if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST_SPAN) > 0) {
            throw Problem.said(400, texts, "span.month", from);
        }
        return new StationMaker(board, texts, row).make(begin, end, criteria, pictures(station, begin, end));
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
