package jiaoying.wire.feed;

import java.util.List;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.xml.Xml;
import jiaoying.wire.xml.XmlLimits;
import jiaoying.wire.xml.XmlRead;

/**
 * A feed with its entries, in its order.
 *
 * @param id of Atom; the channel's link of RSS; empty if it has none
 */
public record Feed(Kind kind, String id, String title, List<FeedEntry> entries) implements FeedRead {
    /** What it is written in. */
    public enum Kind {
        ATOM,
        RSS
    }

    /** A national feed with all messages inside is larger than one message. */
    static final XmlLimits LIMITS = new XmlLimits(4 * Cap.LIMITS.bytes(), 64, 1_000_000);

    public Feed {
        entries = List.copyOf(entries);
    }

    /** Reads Atom or RSS; entries that lack something are kept as they are. */
    public static FeedRead read(byte[] bytes) {
        return switch (Xml.read(bytes, LIMITS)) {
            case XmlRead.Refused refused -> new NotXml(refused);
            case XmlRead.Read(var root) -> {
                if (root.is(Atom.NAMESPACE, "feed")) {
                    yield Atom.read(root);
                }
                yield root.is("", "rss") ? Rss.read(root) : new NotAFeed(root.name());
            }
        };
    }
}
