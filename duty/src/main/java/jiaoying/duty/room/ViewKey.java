package jiaoying.duty.room;

/**
 * Names one row of the projections.
 *
 * @param kind signal, alert, bulletin, response, order, callee, area, station, mark, item, shift, note, finding, dispute, forecast, forecasts or room
 */
public record ViewKey(String kind, String id) {}
