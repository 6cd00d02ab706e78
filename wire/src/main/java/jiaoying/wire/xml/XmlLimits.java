package jiaoying.wire.xml;

/**
 * How much of a document is read.
 *
 * @param bytes of the whole document
 * @param depth of elements in elements
 * @param elements in all
 */
public record XmlLimits(int bytes, int depth, int elements) {}
