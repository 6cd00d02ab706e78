package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jiaoying.duty.room.View.DocumentView;
import jiaoying.duty.room.View.DroppedDraft;
import jiaoying.duty.room.View.PublishedView;

/** Reports that were published and documents that were read (通报与文件). */
final class Papers {
    private final SortedMap<String, PublishedView> published = new TreeMap<>();
    private final SortedMap<String, DocumentView> documents = new TreeMap<>();

    static ViewKey key(RoomFact.Paper paper) {
        return switch (paper) {
            case RoomFact.FiguresPublished figures -> new ViewKey("published", figures.report());
            case RoomFact.DocumentKept kept -> new ViewKey("document", kept.document());
            case RoomFact.DraftDropped dropped -> new ViewKey("document", dropped.document());
        };
    }

    void apply(Instant at, RoomFact.Paper paper) {
        switch (paper) {
            case RoomFact.FiguresPublished figures ->
                published.put(
                        figures.report(),
                        new PublishedView(
                                figures.report(),
                                figures.programme(),
                                figures.version(),
                                figures.from(),
                                figures.to(),
                                figures.asOf(),
                                at,
                                figures.by(),
                                figures.figures(),
                                figures.zh(),
                                figures.en()));
            case RoomFact.DocumentKept kept ->
                documents.putIfAbsent(
                        kept.document(),
                        new DocumentView(
                                kept.document(), kept.name(), kept.characters(), at, kept.by(), new ArrayList<>()));
            case RoomFact.DraftDropped dropped ->
                documents.computeIfPresent(dropped.document(), (id, document) -> {
                    var all = new ArrayList<>(document.dropped());
                    all.add(new DroppedDraft(dropped.from(), dropped.to(), dropped.reason(), dropped.by(), at));
                    return new DocumentView(
                            id, document.name(), document.characters(), document.at(), document.by(), all);
                });
        }
    }

    Optional<PublishedView> findPublished(String report) {
        return Optional.ofNullable(published.get(report));
    }

    Optional<DocumentView> findDocument(String document) {
        return Optional.ofNullable(documents.get(document));
    }
}
