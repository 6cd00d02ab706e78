package jiaoying.server.pack;

/** A pack cannot be used; the message says everything that must be put right. */
public final class PackException extends Exception {
    PackException(String message) {
        super(message);
    }
}
