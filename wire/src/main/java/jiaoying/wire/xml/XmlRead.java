package jiaoying.wire.xml;

/** What became of a document. */
public sealed interface XmlRead {
    record Read(XmlElement root) implements XmlRead {}

    /**
     * @param detail what stands just before the place; the parser's own words are English only and are not shown
     * @param line from 1; 0 if it has no place
     */
    record Refused(Why why, String detail, int line, int column) implements XmlRead {}

    /** Why a document is refused. */
    enum Why {
        NOT_WELL_FORMED,
        /** The encoding is unknown, or the bytes are not in it. */
        ENCODING,
        /** A DOCTYPE can read files and grow without end; no message needs one. */
        DOCTYPE,
        TOO_LARGE,
        TOO_DEEP,
        TOO_MANY_ELEMENTS
    }
}
