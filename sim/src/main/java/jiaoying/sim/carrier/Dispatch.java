package jiaoying.sim.carrier;

/**
 * One thing handed to a carrier.
 *
 * @param key    the sender's key; the same key is carried once
 * @param order  the call order it belongs to, or empty; people decide per order whether they answer
 * @param asks   true for a call that asks for an answer, false for a notice
 * @param person whose phone it is
 */
public record Dispatch(
        String key, String order, Line line, boolean asks, String person, String address, String message) {}
