package jiaoying.server.store;

/** Somebody else has taken the room over; whoever gets this stops for good. Nothing of the transaction was kept. */
public final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Fenced(String room, long epoch) {
        super("Room " + room + " was taken over by another server: epoch " + epoch
                + " has passed; this one stops, let the other one work");
    }
}
