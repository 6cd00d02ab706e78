package jiaoying.wire.sl651;

import java.util.Optional;

/** Kind of station (遥测站分类码), appendix A, table A.1; one letter, the same byte in both encodings. */
public enum StationClass {
    RAIN('P', "降水", "rain"),
    RIVER('H', "河道", "river"),
    RESERVOIR('K', "水库（湖泊）", "reservoir or lake"),
    SLUICE('Z', "闸坝", "sluice or dam"),
    PUMP('D', "泵站", "pump station"),
    TIDE('T', "潮汐", "tide"),
    SOIL('M', "墒情", "soil moisture"),
    GROUNDWATER('G', "地下水", "groundwater"),
    QUALITY('Q', "水质", "water quality"),
    INTAKE('I', "取水口", "intake"),
    OUTLET('O', "排水口", "outlet");

    private static final StationClass[] VALUES = values();

    private final char letter;
    private final String zh;
    private final String en;

    StationClass(char letter, String zh, String en) {
        this.letter = letter;
        this.zh = zh;
        this.en = en;
    }

    public char letter() {
        return letter;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** Empty for a class of the user's own (其他). */
    public static Optional<StationClass> find(int code) {
        for (var kind : VALUES) {
            if (kind.letter == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
