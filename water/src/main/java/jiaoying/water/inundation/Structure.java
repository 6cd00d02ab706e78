package jiaoying.water.inundation;

/** Something that moves water between two cells, or out of the ground: pump, culvert, weir, gate. */
public sealed interface Structure {
    String name();

    /** Where water is taken (or, for flow both ways, one end). */
    Inflow.Place from();

    /**
     * A pump (水泵) with level switches: starts at or above one depth at its intake, stops at or below a lower one.
     *
     * @param to      where the water goes; outside of the ground it has left
     * @param m3_s    capacity
     * @param start_m depth at the intake, m
     * @param stop_m  below start
     */
    record Pump(String name, Inflow.Place from, Inflow.Place to, Series m3_s, double start_m, double stop_m)
            implements Structure {}

    /**
     * A box culvert (涵洞): orifice flow when its mouth is under water, weir flow when not, either way.
     *
     * @param width_m   inner width
     * @param height_m  inner height
     * @param invert_m  level of its sole
     * @param oneWay    with a flap against flow back
     */
    record Culvert(
            String name,
            Inflow.Place from,
            Inflow.Place to,
            double width_m,
            double height_m,
            double invert_m,
            boolean oneWay)
            implements Structure {}

    /**
     * A weir (堰): overfall of coefficient 1.7 m^0.5/s, drowned by Villemonte's factor.
     *
     * @param crest_m level of the crest
     */
    record Weir(String name, Inflow.Place from, Inflow.Place to, double width_m, double crest_m) implements Structure {}

    /**
     * A gate (闸) over a sill: free weir flow below its edge, orifice flow under it.
     *
     * @param sill_m    level of the sill
     * @param opening_m height of the opening over seconds
     */
    record Gate(String name, Inflow.Place from, Inflow.Place to, double width_m, double sill_m, Series opening_m)
            implements Structure {}
}
