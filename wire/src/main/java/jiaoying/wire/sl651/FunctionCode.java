package jiaoying.wire.sl651;

import java.util.Optional;

/** What a frame is for (功能码), appendix B, table B.1. The clause of each is the one that lays out its body. */
public enum FunctionCode {
    LINK_MAINTENANCE(0x2F, "链路维持报", "link maintenance report", "6.6.4.2"),
    TEST(0x30, "测试报", "test report", "6.6.4.3"),
    UNIFORM(0x31, "均匀时段水文信息报", "uniform interval report", "6.6.4.4"),
    TIMED(0x32, "遥测站定时报", "timed report", "6.6.4.5"),
    ADDITIONAL(0x33, "遥测站加报报", "additional report", "6.6.4.6"),
    HOURLY(0x34, "遥测站小时报", "hourly report", "6.6.4.7"),
    MANUAL(0x35, "遥测站人工置数报", "manual entry report", "6.6.4.8"),
    PICTURE(0x36, "遥测站图片报/查询图片采集信息", "picture report or query", "6.6.4.9"),
    QUERY_REAL_TIME(0x37, "查询遥测站实时数据", "query of real-time data", "6.6.4.10"),
    QUERY_PERIOD(0x38, "查询遥测站时段数据", "query of a period's data", "6.6.4.11"),
    QUERY_MANUAL(0x39, "查询遥测站人工置数", "query of the manual entry", "6.6.4.12"),
    QUERY_ELEMENTS(0x3A, "查询遥测站指定要素数据", "query of named elements", "6.6.4.13"),
    WRITE_BASIC(0x40, "修改遥测站基本配置表", "writing of basic parameters", "6.6.4.14"),
    READ_BASIC(0x41, "读取/自报遥测站基本配置表", "reading or report of basic parameters", "6.6.4.15"),
    WRITE_RUNNING(0x42, "修改遥测站运行参数配置表", "writing of running parameters", "6.6.4.16"),
    READ_RUNNING(0x43, "读取/自报遥测站运行参数配置表", "reading or report of running parameters", "6.6.4.17"),
    QUERY_PUMP_MOTORS(0x44, "查询水泵电机实时工作数据", "query of pump motors", "6.6.4.18"),
    QUERY_VERSION(0x45, "查询遥测终端软件版本", "query of the software version", "6.6.4.19"),
    QUERY_STATUS(0x46, "查询遥测站状态和报警信息", "query of status and alarms", "6.6.4.20"),
    CLEAR_MEMORY(0x47, "初始化固态存储数据", "clearing of the stored data", "6.6.4.21"),
    FACTORY_RESET(0x48, "恢复终端出厂设置", "return to factory settings", "6.6.4.22"),
    CHANGE_PASSWORD(0x49, "修改密码", "change of the password", "6.6.4.23"),
    SET_CLOCK(0x4A, "设置遥测站时钟", "setting of the clock", "6.6.4.24"),
    SET_IC_CARD(0x4B, "设置遥测终端IC卡状态", "setting of the IC card", "6.6.4.25"),
    PUMPS(0x4C, "控制水泵开关/水泵状态自报", "control or report of pumps", "6.6.4.26"),
    VALVES(0x4D, "控制阀门开关/阀门状态自报", "control or report of valves", "6.6.4.27"),
    GATES(0x4E, "控制闸门开关/闸门状态自报", "control or report of gates", "6.6.4.28"),
    QUOTA(0x4F, "水量定值控制命令", "control by a water quota", "6.6.4.29"),
    QUERY_EVENTS(0x50, "查询遥测站事件记录", "query of the event counters", "6.6.4.30"),
    QUERY_CLOCK(0x51, "查询遥测站时钟", "query of the clock", "6.6.4.31");

    private static final FunctionCode[] VALUES = values();

    private final int code;
    private final String zh;
    private final String en;
    private final String clause;

    FunctionCode(int code, String zh, String en, String clause) {
        this.code = code;
        this.zh = zh;
        this.en = en;
        this.clause = clause;
    }

    public int code() {
        return code;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** Of SL 651-2014. */
    public String clause() {
        return clause;
    }

    /** Whether a station sends it on its own accord, and the centre therefore answers it (§6.3.1.2). */
    public boolean isSelfReport() {
        return code >= TEST.code && code <= PICTURE.code;
    }

    /** Empty for reserved codes and for E0..FF, which are the user's. */
    public static Optional<FunctionCode> find(int code) {
        for (var function : VALUES) {
            if (function.code == code) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    static boolean isUsers(int code) {
        return code >= 0xE0;
    }
}
