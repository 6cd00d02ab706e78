package jiaoying.water.inundation;

/**
 * The volumes of a run by cause, m3, in double precision, whatever is written out. The water on the ground is counted anew
 * whenever a balance is asked for.
 */
final class Ledger {
    double start;
    double rain;
    double inflow;
    double infiltrated;
    double drained;
    double outflow;

    Balance balance(double end) {
        return new Balance(start, rain, inflow, infiltrated, drained, outflow, end);
    }
}
