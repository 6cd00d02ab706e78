package jiaoying.wire.sl651;

/** What a station counts (事件代码 ERC), table 82, in its order; ERC19 to ERC32 are spare. */
public enum StationEvent {
    HISTORY_CLEARED("历史数据初始化", "stored data cleared"),
    PARAMETER_CHANGED("参数变更", "parameter changed"),
    STATUS_CHANGED("状态量变位", "status bit changed"),
    SENSOR_FAULT("传感器及仪表故障", "sensor or meter fault"),
    PASSWORD_CHANGED("密码修改", "password changed"),
    TERMINAL_FAULT("终端故障", "terminal fault"),
    MAINS_LOST("交流失电", "mains lost"),
    BATTERY_LOW("蓄电池电压低告警", "battery low"),
    BOX_OPENED("终端箱非法打开", "box opened without leave"),
    PUMP_FAULT("水泵故障", "pump fault"),
    QUOTA_PASSED("剩余水量超限告警", "remaining water passed its limit"),
    LEVEL_PASSED("水位超限告警", "water level passed its limit"),
    PRESSURE_PASSED("水压超限告警", "water pressure passed its limit"),
    QUALITY_PASSED("水质参数超限告警", "water quality passed its limit"),
    DATA_ERROR("数据出错", "data error"),
    SENT("发报文", "frame sent"),
    RECEIVED("收报文", "frame received"),
    SEND_ERROR("发报文出错", "error while sending");

    private final String zh;
    private final String en;

    StationEvent(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }
}
