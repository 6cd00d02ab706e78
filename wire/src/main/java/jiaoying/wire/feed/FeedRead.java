package jiaoying.wire.feed;

import jiaoying.wire.xml.XmlRead;

/** What became of a feed. */
public sealed interface FeedRead permits Feed, FeedRead.NotXml, FeedRead.NotAFeed {
    record NotXml(XmlRead.Refused refused) implements FeedRead {}

    /** @param root what stands there instead of feed or rss */
    record NotAFeed(String root) implements FeedRead {}
}
