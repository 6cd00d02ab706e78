package jiaoying.wire.sl651;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Identifier of a station's parameter (遥测站参数配置标识符), tables D.1 and D.4. The same leaders mean elements in reports; the
 * function code tells which (table 26).
 *
 * @param leader 00..FE, or FF00..FFFF for the user's
 */
public record ParameterId(int leader) {
    public static final ParameterId CENTRES = new ParameterId(0x01);
    public static final ParameterId STATION = new ParameterId(0x02);
    public static final ParameterId PASSWORD = new ParameterId(0x03);
    public static final ParameterId CLEAR_MEMORY = new ParameterId(0x97);
    public static final ParameterId FACTORY_RESET = new ParameterId(0x98);

    /** Its definition byte is all length (table D.1, row 14). */
    static final int RELAY_ADDRESSES = 0x0E;

    private static final Map<Integer, TableRow> ROWS = new HashMap<>();

    static {
        ParameterTable.ROWS.forEach(it -> ROWS.put(it.leader(), it));
    }

    public ParameterId {
        if (leader < 0 || leader > 0xFE && leader < ElementId.EXTENSION || leader > 0xFFFF) {
            throw new IllegalArgumentException("A leader is 00..FE or FF00..FFFF, not " + Integer.toHexString(leader));
        }
    }

    /** Empty for reserved leaders and the user's. */
    public Optional<String> zh() {
        return Optional.ofNullable(ROWS.get(leader)).map(TableRow::zh);
    }

    public Optional<String> en() {
        return Optional.ofNullable(ROWS.get(leader)).map(TableRow::en);
    }

    public Optional<String> unit() {
        return Optional.ofNullable(ROWS.get(leader)).map(TableRow::unit);
    }

    boolean isDecimal() {
        var row = ROWS.get(leader);
        return row != null && !row.binary();
    }

    boolean isAllLength() {
        return leader == RELAY_ADDRESSES;
    }

    @Override
    public String toString() {
        return Hex.digits(leader, leader > 0xFF ? 4 : 2);
    }
}
