package jiaoying.wire.feed;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.cap.NamedValue;

/**
 * One entry.
 *
 * @param id of Atom, guid of RSS; empty if it has none
 * @param updated of Atom, pubDate of RSS
 * @param links in order, an enclosure of RSS too
 * @param summary elements of CAP that stand in the entry itself, as weather services put them into an index
 * @param alerts messages inside of the entry, read
 */
public record FeedEntry(
        String id,
        String title,
        Optional<OffsetDateTime> updated,
        List<Link> links,
        List<NamedValue> summary,
        List<CapRead> alerts) {
    public FeedEntry {
        links = List.copyOf(links);
        summary = List.copyOf(summary);
        alerts = List.copyOf(alerts);
    }

    /**
     * A link.
     *
     * @param type media type; empty if it does not say
     * @param rel alternate if it does not say
     */
    public record Link(String href, String type, String rel) {}

    /** Where the message is: a link that says it is CAP, else the first that is another form of the entry. */
    public Optional<String> findMessage() {
        return links.stream()
                .filter(it -> it.type().equals(Cap.MEDIA_TYPE))
                .findFirst()
                .or(() -> links.stream()
                        .filter(it -> it.rel().equals("alternate"))
                        .findFirst())
                .map(Link::href);
    }
}
