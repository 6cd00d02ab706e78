package jiaoying.server.loop;

/**
 * How a loop is.
 *
 * @param fenced  another server has the room; this loop has stopped for good
 * @param taken   last arrival decided and committed
 * @param waiting arrivals behind it
 * @param problem what is wrong, or empty
 */
public record Health(
        boolean up, boolean fenced, boolean held, long taken, long waiting, long lastFact, String problem) {}
