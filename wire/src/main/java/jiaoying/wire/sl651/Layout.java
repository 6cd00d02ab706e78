package jiaoying.wire.sl651;

/** Which groups a body has, by function and direction (§6.6.4). */
enum Layout {
    /** Station with class, times and elements. */
    REPORT,
    /** As a report; behind the step, one series to the end (tables 30, 45). */
    SERIES,
    /** Station without class, elements. */
    STATION,
    /** Station without class, parameters (appendix D). */
    SETTINGS,
    VERSION,
    SWITCHES,
    GATES,
    QUOTA,
    EVENTS,
    /** Down: hours, step, elements without data (table 44). */
    PERIOD,
    /** Down: elements without data (table 48). */
    WANTED,
    /** Down: parameters without data (table 52). */
    WANTED_SETTINGS,
    /** Serial and send time only. */
    BARE;

    static Layout of(Direction direction, int functionCode) {
        return FunctionCode.find(functionCode)
                .map(it -> direction == Direction.UP ? up(it) : down(it))
                .orElse(BARE);
    }

    private static Layout up(FunctionCode function) {
        return switch (function) {
            case LINK_MAINTENANCE -> BARE;
            case UNIFORM, QUERY_PERIOD -> SERIES;
            case TEST,
                    TIMED,
                    ADDITIONAL,
                    HOURLY,
                    MANUAL,
                    PICTURE,
                    QUERY_REAL_TIME,
                    QUERY_MANUAL,
                    QUERY_ELEMENTS,
                    QUERY_PUMP_MOTORS -> REPORT;
            case WRITE_BASIC, READ_BASIC, WRITE_RUNNING, READ_RUNNING, CHANGE_PASSWORD -> SETTINGS;
            case QUERY_VERSION -> VERSION;
            case QUERY_STATUS, CLEAR_MEMORY, FACTORY_RESET, SET_CLOCK, SET_IC_CARD, QUERY_CLOCK -> STATION;
            case PUMPS, VALVES -> SWITCHES;
            case GATES -> Layout.GATES;
            case QUOTA -> Layout.QUOTA;
            case QUERY_EVENTS -> EVENTS;
        };
    }

    private static Layout down(FunctionCode function) {
        return switch (function) {
            case QUERY_PERIOD -> PERIOD;
            case QUERY_ELEMENTS -> WANTED;
            case READ_BASIC, READ_RUNNING -> WANTED_SETTINGS;
            case WRITE_BASIC, WRITE_RUNNING, CHANGE_PASSWORD, CLEAR_MEMORY, FACTORY_RESET -> SETTINGS;
            case SET_IC_CARD -> STATION;
            case PUMPS, VALVES -> SWITCHES;
            case GATES -> Layout.GATES;
            case QUOTA -> Layout.QUOTA;
            case LINK_MAINTENANCE,
                    TEST,
                    UNIFORM,
                    TIMED,
                    ADDITIONAL,
                    HOURLY,
                    MANUAL,
                    PICTURE,
                    QUERY_REAL_TIME,
                    QUERY_MANUAL,
                    QUERY_PUMP_MOTORS,
                    QUERY_VERSION,
                    QUERY_STATUS,
                    SET_CLOCK,
                    QUERY_EVENTS,
                    QUERY_CLOCK -> BARE;
        };
    }

    boolean hasClass() {
        return this == REPORT || this == SERIES;
    }
}
