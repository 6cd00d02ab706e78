package jiaoying.wire.feed;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapTime;
import jiaoying.wire.xml.XmlElement;
import jiaoying.wire.xml.XmlText;

/** Atom (RFC 4287). */
public final class Atom {
    static final String NAMESPACE = "http://www.w3.org/2005/Atom";

    private Atom() {}

    /**
     * A message to be listed.
     *
     * @param href where its file is
     */
    public record Listed(Alert alert, String href) {}

    /**
     * Writes a feed of messages: an entry for each, its id the URN or URL that the message's identifier is, else
     * {@code urn:cap:} and the whole message id.
     *
     * @param id of the feed, an IRI that never changes
     * @param self where the feed is
     * @param author whose feed it is
     * @param updated when it changed last
     */
    public static byte[] write(
            String id, String self, String title, String author, CapTime updated, List<Listed> messages) {
        var out = new XmlText();
        out.open("feed", "xmlns", NAMESPACE)
                .text("id", id)
                .text("title", title)
                .text("updated", time(updated))
                .open("author")
                .text("name", author)
                .close("author")
                .empty("link", "rel", "self", "type", "application/atom+xml", "href", self);
        messages.forEach(it -> entry(out, it));
        return out.close("feed").toBytes();
    }

    private static void entry(XmlText out, Listed listed) {
        var alert = listed.alert();
        out.open("entry")
                .text("id", id(alert))
                .text("title", title(alert))
                .text("updated", time(alert.id().sent()))
                .empty("link", "rel", "alternate", "type", Cap.MEDIA_TYPE, "href", listed.href())
                .close("entry");
    }

    private static String id(Alert alert) {
        var identifier = alert.id().identifier();
        var isIri = identifier.startsWith("urn:")
                || identifier.startsWith("http://")
                || identifier.startsWith("https://")
                || identifier.startsWith("tag:");
        return isIri
                ? identifier
                : "urn:cap:" + alert.id().sender() + ":" + identifier + ":"
                        + alert.id().sent();
    }

    private static String title(Alert alert) {
        return alert.infos().stream()
                .map(it -> it.headline().orElse(it.event()))
                .findFirst()
                .orElse(alert.msgType().word() + " " + alert.id().identifier());
    }

    /** RFC 3339, which has no -00:00 for a known offset. */
    private static String time(CapTime time) {
        var text = time.toString();
        return text.endsWith("-00:00") ? text.substring(0, text.length() - 6) + "Z" : text;
    }

    static Feed read(XmlElement feed) {
        var entries = feed.list(NAMESPACE, "entry").stream().map(Atom::entry).toList();
        return new Feed(Feed.Kind.ATOM, text(feed, "id"), text(feed, "title"), entries);
    }

    private static String text(XmlElement element, String name) {
        return element.find(NAMESPACE, name).map(it -> it.text().strip()).orElse("");
    }

    private static FeedEntry entry(XmlElement entry) {
        return new FeedEntry(
                text(entry, "id"),
                text(entry, "title"),
                updated(entry),
                links(entry),
                Embedded.summary(entry),
                Embedded.alerts(entry));
    }

    private static Optional<OffsetDateTime> updated(XmlElement entry) {
        try {
            return entry.find(NAMESPACE, "updated")
                    .map(it -> OffsetDateTime.parse(it.text().strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<FeedEntry.Link> links(XmlElement entry) {
        var links = new ArrayList<FeedEntry.Link>();
        for (var link : entry.list(NAMESPACE, "link")) {
            link.findAttribute("href")
                    .ifPresent(it -> links.add(new FeedEntry.Link(
                            it,
                            link.findAttribute("type").orElse(""),
                            link.findAttribute("rel").orElse("alternate"))));
        }
        return links;
    }
}
