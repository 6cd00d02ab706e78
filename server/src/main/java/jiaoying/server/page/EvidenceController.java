package jiaoying.server.page;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.store.Evidence;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The files that prove an item, for whoever may see the item. */
@RestController
public final class EvidenceController {
    private final Boards boards;
    private final Supplier<Evidence> evidence;

    public EvidenceController(Boards boards, Supplier<Evidence> evidence) {
        this.boards = boards;
        this.evidence = evidence;
    }

    @GetMapping("/api/items/{item}/evidence/{sha256}")
    ResponseEntity<byte[]> file(
            @PathVariable String item, @PathVariable String sha256, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var nowhere = Problem.said(404, Texts.of(lang), "scope.nowhere", sha256);
        var proof = board.reads()
                .find()
                .find(new ViewKey("item", item), board.fact())
                .map(ItemView.class::cast)
                .filter(row -> ItemQuery.sees(board, row))
                .flatMap(row -> row.proofs().stream()
                        .filter(one -> one.proof().sha256().equals(sha256))
                        .findFirst())
                .orElseThrow(() -> nowhere);
        var kept = evidence.get().find(sha256).orElseThrow(() -> nowhere);
        var content = evidence.get().read(sha256).orElseThrow(() -> nowhere);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(kept.type()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(proof.proof().name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }
}
