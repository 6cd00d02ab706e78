package jiaoying.water.inundation;

/** The volume balance (水量平衡) of a run, m3. Rain that has fallen but waits to be laid on counts at the end. */
public record Balance(
        double start_m3,
        double rain_m3,
        double inflow_m3,
        double infiltrated_m3,
        double drained_m3,
        double outflow_m3,
        double end_m3) {

    /** Water at the end that nobody brought, below 0 when some is missing. */
    public double error_m3() {
        return end_m3 - (start_m3 + rain_m3 + inflow_m3 - infiltrated_m3 - drained_m3 - outflow_m3);
    }

    /** The error as a share of all the water that there was or came. */
    public double error_relative() {
        var all = start_m3 + rain_m3 + inflow_m3;
        return all == 0 ? 0 : error_m3() / all;
    }
}
