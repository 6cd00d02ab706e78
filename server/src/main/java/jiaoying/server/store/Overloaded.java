package jiaoying.server.store;

/** The inbox is full: whoever brought the arrival keeps it and comes again. Nothing of it was stored. */
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overloaded(int waiting) {
        super("The inbox is full with " + waiting + " arrivals waiting; try again in a second");
    }
}
