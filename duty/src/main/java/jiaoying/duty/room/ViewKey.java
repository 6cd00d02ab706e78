package jiaoying.duty.room;

/**
 * Names one row of the projections.
 *
 * @param kind signal, alert, bulletin, order, callee, area, station, shift, note, finding or room
 */
public record ViewKey(String kind, String id) {}
