package jiaoying.server.page;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.door.EvidenceDoor;

/** A form of 我的事项 with photos: its words, and its files, which are kept before the deed that names them. */
final class PhotoForm {
    private static final int WORDS_MOST = 4_000;
    private static final int PARTS_MOST = 40;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<Part> files = new ArrayList<>();
    private final EvidenceDoor door;

    PhotoForm(Collection<Part> parts, EvidenceDoor door) throws IOException {
        this.door = door;
        for (var part : parts.stream().limit(PARTS_MOST).toList()) {
            if (part.getSubmittedFileName() == null) {
                texts.put(part.getName(), words(part));
            } else if (part.getSize() > 0) {
                files.add(part);
            }
        }
    }

    private static String words(Part part) throws IOException {
        try (var in = part.getInputStream()) {
            return new String(in.readNBytes(WORDS_MOST), StandardCharsets.UTF_8);
        }
    }

    Map<String, String> texts() {
        return texts;
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /**
     * Keeps the files. When the picture does not say when it was taken, it counts as taken now; when it does not say where, the
     * item's own place counts if the person says that he stands there.
     */
    List<Proof> keep(ItemView item, String person, Instant now) throws IOException {
        var proofs = new ArrayList<Proof>();
        for (var file : files) {
            var need = MyItems.need(file.getName());
            if (need.isPresent()) {
                try (var in = file.getInputStream()) {
                    var stored = door.keep(in.readNBytes(EvidenceDoor.MOST_BYTES + 1), person);
                    var place = Optional.of(stored.place())
                            .filter(said -> !said.isEmpty())
                            .orElseGet(() -> text("here").isEmpty() ? "" : placeOf(item));
                    proofs.add(new Proof(
                            need.get(),
                            stored.sha256(),
                            name(file),
                            Optional.ofNullable(stored.takenAt()).orElse(now),
                            place));
                }
            }
        }
        return proofs;
    }

    private static String name(Part file) {
        var name = Optional.ofNullable(file.getSubmittedFileName()).orElse("");
        return name.substring(Math.max(0, name.length() - 80));
    }

    /** The first value that is longitude and latitude. */
    private static String placeOf(ItemView item) {
        return item.fields().stream()
                .map(Entry::value)
                .filter(value -> value.matches("-?\\d{1,3}(\\.\\d{1,10})?,-?\\d{1,2}(\\.\\d{1,10})?"))
                .findFirst()
                .orElse("");
    }
}
