package jiaoying.server.page;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.room.View.AttemptView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.store.RecordingStore;
import jiaoying.server.store.RecordingStore.Kept;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a called person said (通话录音), where that is kept, for whoever may see the person. */
@RestController
public final class RecordingsController {
    private final Boards boards;
    private final RecordingStore recordings;

    public RecordingsController(Boards boards, RecordingStore recordings) {
        this.boards = boards;
        this.recordings = recordings;
    }

    /** @param at when the call was planned; until: when it is deleted */
    record Recording(String sha256, String to, Instant at, int seconds, Instant until) {}

    @GetMapping("/api/callees/{order}/{person}/recordings")
    List<Recording> list(
            @PathVariable String order, @PathVariable String person, @RequestParam(defaultValue = "zh-CN") String lang)
            throws IOException {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var list = new ArrayList<Recording>();
        for (var attempt : attempts(board, order, person, texts)) {
            for (var kept : recordings.list(attempt.key())) {
                list.add(new Recording(
                        kept.sha256(),
                        board.register().personName(attempt.to(), texts),
                        attempt.plannedAt(),
                        kept.seconds(),
                        kept.until()));
            }
        }
        return list;
    }

    @GetMapping("/api/callees/{order}/{person}/recordings/{sha256}")
    ResponseEntity<byte[]> file(
            @PathVariable String order,
            @PathVariable String person,
            @PathVariable String sha256,
            @RequestParam(defaultValue = "zh-CN") String lang)
            throws IOException {
        var texts = Texts.of(lang);
        for (var attempt : attempts(boards.forCaller(""), order, person, texts)) {
            for (var kept : recordings.list(attempt.key())) {
                if (kept.sha256().equals(sha256)) {
                    return sound(kept);
                }
            }
        }
        throw Problem.said(404, texts, "scope.nowhere", sha256);
    }

    private static List<AttemptView> attempts(Board board, String order, String person, Texts texts) {
        return board.callee(order, person)
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", ""))
                .attempts();
    }

    private static ResponseEntity<byte[]> sound(Kept kept) throws IOException {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("audio/wav"))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(kept.sha256() + ".wav")
                                .build()
                                .toString())
                .body(Files.readAllBytes(kept.file()));
    }
}
