package jiaoying.server.reply;

/** Something that can be said in each language (话), put into words only when the reader is known. */
@FunctionalInterface
public interface Said {
    String in(Texts reader);
}
