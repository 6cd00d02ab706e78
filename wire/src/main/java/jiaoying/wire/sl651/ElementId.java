package jiaoying.wire.sl651;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Identifier of an element (要素标识符), table C.1: a leader (引导符) in HEX/BCD, a symbol in ASCII.
 *
 * <p>Names, unit and usual form come from the table; what a frame's definition byte says goes before them. Elements that the
 * table does not have are the maker's or the user's: without names and unit.
 */
public final class ElementId {
    /** First of the leaders FFxx (用户自定义扩展区). */
    public static final int EXTENSION = 0xFF00;

    static final int HOUR_RAIN = 0xF4;
    static final int HOUR_LEVEL_FIRST = 0xF5;
    static final int HOUR_LEVEL_LAST = 0xFC;

    private static final int NO_LEADER = -1;
    private static final ElementId[] BY_LEADER = new ElementId[0x100];
    private static final Map<String, ElementId> BY_SYMBOL = new HashMap<>();

    static {
        for (var row : ElementTable.ROWS) {
            var id = new ElementId(row.leader(), row.symbol(), Optional.of(row));
            BY_LEADER[row.leader()] = id;
            BY_SYMBOL.put(row.symbol(), id);
        }
        for (var leader = 0; leader < BY_LEADER.length; leader++) {
            if (BY_LEADER[leader] == null) {
                BY_LEADER[leader] = new ElementId(leader, "", Optional.empty());
            }
        }
    }

    private final int leader;
    private final String symbol;
    private final Optional<TableRow> row;

    private ElementId(int leader, String symbol, Optional<TableRow> row) {
        this.leader = leader;
        this.symbol = symbol;
        this.row = row;
    }

    /**
     * @param leader 00..FE, or FF00..FFFF for an extension
     * @throws IllegalArgumentException if it is anything else
     */
    public static ElementId of(int leader) {
        if (leader >= 0 && leader < 0xFF) {
            return BY_LEADER[leader];
        }
        if (leader < EXTENSION || leader > 0xFFFF) {
            throw new IllegalArgumentException("A leader is 00..FE or FF00..FFFF, not " + Integer.toHexString(leader));
        }
        return new ElementId(leader, "", Optional.empty());
    }

    /** @param symbol of table C.1, or one that a maker added; no space */
    public static ElementId of(String symbol) {
        var known = BY_SYMBOL.get(symbol);
        if (known != null) {
            return known;
        }
        if (symbol.isEmpty() || symbol.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("A symbol has characters and no space: \"" + symbol + "\"");
        }
        return new ElementId(NO_LEADER, symbol, Optional.empty());
    }

    /** Empty for a symbol that table C.1 does not have. */
    public OptionalInt leader() {
        return leader == NO_LEADER ? OptionalInt.empty() : OptionalInt.of(leader);
    }

    /** Empty for leaders that table C.1 does not have. */
    public Optional<String> symbol() {
        return Optional.of(symbol).filter(it -> !it.isEmpty());
    }

    /** Whether table C.1 names it. */
    public boolean isKnown() {
        return row.isPresent();
    }

    public Optional<String> zh() {
        return row.map(TableRow::zh);
    }

    public Optional<String> en() {
        return row.map(TableRow::en);
    }

    /** Empty text for a number without unit; {@code h.min} counts minutes as hundredths. */
    public Optional<String> unit() {
        return row.map(TableRow::unit);
    }

    /** HEX data (HEX编码), not decimal. */
    public boolean isBinary() {
        return row.isPresent() && row.get().binary();
    }

    /** Twelve values of an hour at once: DRP, DRZ1 to DRZ8. */
    public boolean isHourArray() {
        return leader >= HOUR_RAIN && leader <= HOUR_LEVEL_LAST;
    }

    /** Decimals of the usual form. */
    public int decimals() {
        return row.map(TableRow::decimals).orElse(0);
    }

    /** Bytes of the usual form; a negative number takes one more. */
    public int packedBytes() {
        return row.map(TableRow::bytes).orElse(0);
    }

    /** @throws IllegalArgumentException if the table has no decimal form for it, or the number does not fit */
    Packed packed(BigDecimal number) {
        if (!isKnown() || isBinary()) {
            throw new IllegalArgumentException(this + " has no decimal form in table C.1; say bytes and decimals");
        }
        return Packed.of(number, packedBytes() + (number.signum() < 0 ? 1 : 0), decimals());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ElementId that && leader == that.leader && symbol.equals(that.symbol);
    }

    @Override
    public int hashCode() {
        return 31 * leader + symbol.hashCode();
    }

    /** The symbol if there is one, else the leader in hexadecimal digits. */
    @Override
    public String toString() {
        return symbol.isEmpty() ? Hex.digits(leader, leader > 0xFF ? 4 : 2) : symbol;
    }
}
