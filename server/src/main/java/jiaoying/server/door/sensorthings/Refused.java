package jiaoying.server.door.sensorthings;

/** A request that cannot be done, with its HTTP status. */
final class Refused extends RuntimeException {
    private final int status;

    Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
