package jiaoying.duty.room;

/**
 * Names one row of the projections.
 *
 * @param kind signal, alert, order, callee, area, station, shift, note, finding or room
 */
public record ViewKey(String kind, String id) {}
