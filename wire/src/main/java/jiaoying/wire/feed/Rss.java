package jiaoying.wire.feed;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.xml.XmlElement;

/** RSS 2.0. */
final class Rss {
    private Rss() {}

    static Feed read(XmlElement rss) {
        var channel = rss.find("", "channel");
        var items = channel.map(it -> it.list("", "item")).orElse(List.of());
        return new Feed(
                Feed.Kind.RSS,
                channel.map(it -> text(it, "link")).orElse(""),
                channel.map(it -> text(it, "title")).orElse(""),
                items.stream().map(Rss::entry).toList());
    }

    private static String text(XmlElement element, String name) {
        return element.find("", name).map(it -> it.text().strip()).orElse("");
    }

    private static FeedEntry entry(XmlElement item) {
        return new FeedEntry(
                text(item, "guid"),
                text(item, "title"),
                published(text(item, "pubDate")),
                links(item),
                Embedded.summary(item),
                Embedded.alerts(item));
    }

    /** RFC 822 with a year of four digits, the offset in digits or GMT. */
    private static Optional<OffsetDateTime> published(String text) {
        try {
            var utc = text.endsWith(" UT") || text.endsWith(" UTC") || text.endsWith(" Z");
            var known = utc ? text.substring(0, text.lastIndexOf(' ')) + " GMT" : text;
            return Optional.of(OffsetDateTime.parse(known, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<FeedEntry.Link> links(XmlElement item) {
        var links = new ArrayList<FeedEntry.Link>();
        for (var enclosure : item.list("", "enclosure")) {
            enclosure
                    .findAttribute("url")
                    .ifPresent(it -> links.add(new FeedEntry.Link(
                            it, enclosure.findAttribute("type").orElse(""), "enclosure")));
        }
        var link = text(item, "link");
        if (!link.isEmpty()) {
            links.add(new FeedEntry.Link(link, "", "alternate"));
        }
        var guid = item.find("", "guid");
        if (link.isEmpty() && guid.isPresent() && isPlace(guid.get())) {
            links.add(new FeedEntry.Link(guid.get().text().strip(), "", "alternate"));
        }
        return links;
    }

    /** A guid is a place unless it says that it is none. */
    private static boolean isPlace(XmlElement guid) {
        var denied = guid.findAttribute("isPermaLink").filter(it -> it.equals("false"));
        return denied.isEmpty() && guid.text().strip().startsWith("http");
    }
}
