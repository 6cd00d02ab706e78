package jiaoying.wire.sl651;

import java.math.BigDecimal;
import java.util.Optional;

/** How a station works (工作方式), parameter 0C, table D.1, in the order of its code from 1. */
public enum WorkMode {
    /** 自报工作状态. */
    SELF_REPORT,
    /** 自报确认工作状态. */
    SELF_REPORT_ACKNOWLEDGED,
    /** 查询/应答工作状态. */
    QUERY,
    /** 调试或维修状态. */
    MAINTENANCE;

    /** Empty for codes that the standard does not have. */
    public static Optional<WorkMode> of(Value value) {
        return value instanceof Value.Measured(var number) ? find(number) : Optional.empty();
    }

    private static Optional<WorkMode> find(BigDecimal code) {
        for (var mode : values()) {
            if (code.compareTo(BigDecimal.valueOf(mode.ordinal() + 1L)) == 0) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
