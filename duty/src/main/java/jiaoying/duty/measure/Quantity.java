package jiaoying.duty.measure;

import java.util.Locale;
import java.util.Optional;

/** What a station measures. Values are kept as whole thousandths of {@link #unit()}, so that sums are exact in any order. */
public enum Quantity {
    /** 雨量: rain that fell in the interval ending at the observation, mm. */
    RAIN("mm"),
    /** 水位: water level above the station's datum, m. */
    LEVEL("m"),
    /** 水深: depth of standing water above ground, mm. */
    DEPTH("mm"),
    /**
     * 累计雨量: the reading of a cumulative rain register, mm. The monitor turns the difference of two into {@link #RAIN} of the
     * interval between them; since a total that comes late changes nothing, totals of different arrivals depend on their order.
     */
    RAIN_TOTAL("mm");

    private final String unit;

    Quantity(String unit) {
        this.unit = unit;
    }

    /** The only unit in which this quantity is accepted. */
    public String unit() {
        return unit;
    }

    /** The word used on the wire: {@code rain}, {@code level}, {@code depth} or {@code rain_total}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Quantity> find(String word) {
        for (var quantity : values()) {
            if (quantity.word().equals(word)) {
                return Optional.of(quantity);
            }
        }
        return Optional.empty();
    }
}
