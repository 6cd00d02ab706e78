package jiaoying.wire.sl651;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a station measures (遥测站监测要素), parameter 0D, table D.2: the constants stand in the order of the bits, from D7 of the
 * first byte. The first five bits of the last byte are spare.
 */
public enum MonitoredItem {
    RAIN("降水量", "rain"),
    EVAPORATION("蒸发量", "evaporation"),
    WIND_DIRECTION("风向", "wind direction"),
    WIND_SPEED("风速", "wind speed"),
    AIR_TEMPERATURE("气温", "air temperature"),
    HUMIDITY("湿度", "humidity"),
    GROUND_TEMPERATURE("地温", "ground temperature"),
    AIR_PRESSURE("气压", "air pressure"),
    LEVEL_8("水位8", "water level 8"),
    LEVEL_7("水位7", "water level 7"),
    LEVEL_6("水位6", "water level 6"),
    LEVEL_5("水位5", "water level 5"),
    LEVEL_4("水位4", "water level 4"),
    LEVEL_3("水位3", "water level 3"),
    /** Below a sluice or a pump station. */
    LEVEL_2("水位2", "water level 2"),
    /** The only one, or above a sluice or a pump station. */
    LEVEL_1("水位1", "water level 1"),
    GROUNDWATER_DEPTH("地下水埋深", "depth to groundwater"),
    PICTURE("图片", "picture"),
    WAVES("波浪", "waves"),
    GATE_OPENING("闸门开度", "gate opening"),
    WATER_AMOUNT("水量", "amount of water"),
    VELOCITY("流速", "velocity"),
    DISCHARGE("流量", "discharge"),
    WATER_PRESSURE("水压", "water pressure"),
    METER_8("水表8", "meter 8"),
    METER_7("水表7", "meter 7"),
    METER_6("水表6", "meter 6"),
    METER_5("水表5", "meter 5"),
    METER_4("水表4", "meter 4"),
    METER_3("水表3", "meter 3"),
    METER_2("水表2", "meter 2"),
    METER_1("水表1", "meter 1"),
    SOIL_100_CM("100CM墒情", "soil moisture at 100 cm"),
    SOIL_80_CM("80CM墒情", "soil moisture at 80 cm"),
    SOIL_60_CM("60CM墒情", "soil moisture at 60 cm"),
    SOIL_50_CM("50CM墒情", "soil moisture at 50 cm"),
    SOIL_40_CM("40CM墒情", "soil moisture at 40 cm"),
    SOIL_30_CM("30CM墒情", "soil moisture at 30 cm"),
    SOIL_20_CM("20CM墒情", "soil moisture at 20 cm"),
    SOIL_10_CM("10CM墒情", "soil moisture at 10 cm"),
    PH("pH值", "pH"),
    DISSOLVED_OXYGEN("溶解氧", "dissolved oxygen"),
    CONDUCTIVITY("电导率", "conductivity"),
    TURBIDITY("浊度", "turbidity"),
    REDOX("氧化还原电位", "redox potential"),
    PERMANGANATE("高锰酸盐指数", "permanganate index"),
    AMMONIA_NITROGEN("氨氮", "ammonia nitrogen"),
    WATER_TEMPERATURE("水温", "water temperature"),
    ORGANIC_CARBON("总有机碳", "total organic carbon"),
    NITROGEN("总氮", "total nitrogen"),
    PHOSPHORUS("总磷", "total phosphorus"),
    ZINC("锌", "zinc"),
    SELENIUM("硒", "selenium"),
    ARSENIC("砷", "arsenic"),
    MERCURY("总汞", "total mercury"),
    CADMIUM("镉", "cadmium"),
    CHLOROPHYLL("叶绿素a", "chlorophyll a"),
    COPPER("铜", "copper"),
    LEAD("铅", "lead");

    private static final int SPARE_BITS = 5;

    private final String zh;
    private final String en;

    MonitoredItem(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    private int bit() {
        return ordinal() < CHLOROPHYLL.ordinal() ? ordinal() : ordinal() + SPARE_BITS;
    }

    /** @param octets eight bytes; fewer say nothing about the last items */
    public static Set<MonitoredItem> of(Octets octets) {
        var items = EnumSet.noneOf(MonitoredItem.class);
        for (var item : values()) {
            var at = item.bit() / 8;
            if (at < octets.size() && (octets.at(at) << item.bit() % 8 & 0x80) != 0) {
                items.add(item);
            }
        }
        return items;
    }
}
