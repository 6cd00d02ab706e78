package jiaoying.server.register;

import static jiaoying.server.register.CellRule.address;
import static jiaoying.server.register.CellRule.choice;
import static jiaoying.server.register.CellRule.code;
import static jiaoying.server.register.CellRule.degrees;
import static jiaoying.server.register.CellRule.id;
import static jiaoying.server.register.CellRule.ids;
import static jiaoying.server.register.CellRule.instant;
import static jiaoying.server.register.CellRule.metres;
import static jiaoying.server.register.CellRule.text;
import static jiaoying.server.register.CellRule.whole;
import static jiaoying.server.register.CellRule.yesNo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of the register, each after those it refers to; one CSV file or one sheet each. */
public enum Table {
    AREAS(
            "区域",
            1,
            Column.of("code", "编码", code()),
            Column.of("name_zh", "名称", text()),
            Column.of("name_en", "英文名称", text()),
            Column.of("kind", "类型", choice(Words.of("city", "市", "town", "镇", "subdistrict", "街道", "village", "村社区"))),
            Column.to("areas", "parent", "上级编码", code().optional()),
            Column.of("schematic", "示意", yesNo())),
    BODIES(
            "单位",
            1,
            Column.of("id", "编号", id()),
            Column.of("name_zh", "名称", text()),
            Column.of("name_en", "英文名称", text()),
            Column.of(
                    "kind",
                    "类型",
                    choice(Words.of(
                            "headquarters",
                            "指挥部",
                            "department",
                            "部门",
                            "town",
                            "镇街",
                            "village",
                            "村社区",
                            "school",
                            "学校",
                            "care-home",
                            "养老机构",
                            "water-works",
                            "水利工程",
                            "company",
                            "企业",
                            "court",
                            "法院",
                            "procuratorate",
                            "检察院",
                            "cppcc",
                            "政协",
                            "other",
                            "其他"))),
            Column.to("areas", "area", "区域编码", code())),
    PERSONS(
            "人员",
            1,
            Column.of("id", "编号", id()),
            Column.of("name", "姓名", text().optional()),
            Column.to("bodies", "body", "单位编号", id()),
            Column.of("post_zh", "职务", text()),
            Column.of("post_en", "英文职务", text().optional())),
    CONTACTS(
            "联系方式",
            2,
            Column.to("persons", "person", "人员编号", id()),
            Column.of(
                    "channel",
                    "渠道",
                    choice(Words.of("text", "短信", "voice", "语音", "mail", "邮件", "chat", "工作群", "speaker", "喇叭"))),
            Column.of("address", "号码或地址", address().optional())),
    DUTIES(
            "责任",
            1,
            Column.of("id", "编号", id()),
            Column.to("persons", "person", "人员编号", id()),
            Column.of("duty", "责任", text()),
            Column.to("areas", "area", "区域编码", code()),
            Column.to("persons", "deputies", "副职编号", ids().optional()),
            Column.to("persons", "superior", "上级编号", id().optional())),
    STATIONS(
            "测站",
            1,
            Column.of("id", "编号", id()),
            Column.of("name", "名称", text()),
            Column.of("kind", "类型", choice(Words.of("rain", "雨量", "level", "水位", "depth", "积水"))),
            Column.of("lon", "经度", degrees(180)),
            Column.of("lat", "纬度", degrees(90)),
            Column.to("areas", "area", "区域编码", code().optional()),
            Column.of("interval_min", "报送间隔分钟", whole(1, 1440))),
    THRESHOLDS(
            "水位阈值",
            1,
            Column.to("stations", "station", "测站编号", id()),
            Column.of("warning_m", "警戒水位米", metres()),
            Column.of("guaranteed_m", "保证水位米", metres()),
            Column.of("datum", "基面", text()),
            Column.of("to_national_m", "换算至85基准加米", metres()),
            Column.of("source", "依据", text())),
    SITES(
            "风险点",
            1,
            Column.of("id", "编号", id()),
            Column.of("name_zh", "名称", text()),
            Column.of("name_en", "英文名称", text()),
            Column.of(
                    "kind",
                    "类型",
                    choice(Words.of(
                            "underpass",
                            "下穿通道",
                            "low-lying-community",
                            "低洼小区",
                            "school",
                            "学校",
                            "pump-station",
                            "泵站",
                            "nursing-home",
                            "养老院"))),
            Column.to("areas", "area", "区域编码", code()),
            Column.of("lon", "经度", degrees(180)),
            Column.of("lat", "纬度", degrees(90)),
            Column.to("persons", "responsible", "责任人编号", id().optional())),
    SHIFTS(
            "班次",
            1,
            Column.of("id", "编号", id()),
            Column.of("from", "开始", instant()),
            Column.of("to", "结束", instant()),
            Column.to("persons", "officer", "值班员编号", id()),
            Column.to("persons", "leader", "带班领导编号", id()));

    private final String zh;
    private final int keyColumns;

    @SuppressWarnings("ImmutableEnumChecker") // columns and their rules never change
    private final List<Column> columns;

    Table(String zh, int keyColumns, Column... columns) {
        this.zh = zh;
        this.keyColumns = keyColumns;
        this.columns = List.of(columns);
    }

    /** The word used for files and sheets: {@code areas}, {@code persons} and so on. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Chinese name of the sheet. */
    public String zh() {
        return zh;
    }

    List<Column> columns() {
        return columns;
    }

    /** How many of the first columns together tell a row from the others. */
    int keyColumns() {
        return keyColumns;
    }

    static Optional<Table> find(String name) {
        for (var table : values()) {
            if (table.word().equalsIgnoreCase(name) || table.zh.equals(name)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }
}
