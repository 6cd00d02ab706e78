package jiaoying.water.inundation;

import java.util.Optional;

/** Something that moves water between two cells, or out of the ground: pump, culvert, weir, gate, inlet. */
public sealed interface Structure {
    String name();

    /** Where water is taken (or, for flow both ways, one end). */
    Inflow.Place from();

    /**
     * A pump (水泵) with level switches: starts at or above one depth at its intake, stops at or below a lower one.
     *
     * @param to      where the water goes; outside of the ground it has left
     * @param m3_s    capacity
     * @param start_m   depth at the intake, m, in the canal where the cell has one
     * @param stop_m    below start
     * @param curve     m3/s over the head from the intake's level to the outlet's, m: it lifts no more than that
     * @param outside_m level at the outlet over seconds, for the head; without it that of the cell at {@code to}
     */
    record Pump(
            String name,
            Inflow.Place from,
            Inflow.Place to,
            Series m3_s,
            double start_m,
            double stop_m,
            Optional<Series> curve,
            Optional<Series> outside_m)
            implements Structure {
        public Pump(String name, Inflow.Place from, Inflow.Place to, Series m3_s, double start_m, double stop_m) {
            this(name, from, to, m3_s, start_m, stop_m, Optional.empty(), Optional.empty());
        }
    }

    /**
     * An inlet of the drains (雨水口): weir flow over its edge while it is shallow, orifice flow through its openings when deep
     * (FHWA HEC-22, 4th edition, chapter 7: grates in sags), no more than the pipe takes.
     *
     * @param perimeter_m length of the edge over which water falls in
     * @param area_m2     of the openings
     * @param m3_s        the most that the pipe takes, or gives
     * @param head_m      level in the sewer over seconds; without it the {@link Sewer} is asked
     */
    record Inlet(
            String name, Inflow.Place from, double perimeter_m, double area_m2, double m3_s, Optional<Series> head_m)
            implements Structure {
        static final double WEIR = 1.66;
        static final double ORIFICE = 0.67;
    }

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
