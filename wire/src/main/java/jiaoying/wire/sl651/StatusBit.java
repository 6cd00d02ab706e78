package jiaoying.wire.sl651;

import java.util.EnumSet;
import java.util.Set;

/** A bit of the status word (遥测站状态和报警信息, element 45), table 58, in its order from bit 0. */
public enum StatusBit {
    MAINS("交流电停电", "mains off", 1),
    BATTERY("蓄电池电压低", "battery low", 1),
    LEVEL("水位超限报警", "water level alarm", 1),
    FLOW("流量超限报警", "discharge alarm", 1),
    QUALITY("水质超限报警", "water quality alarm", 1),
    FLOW_METER("流量仪表故障", "flow meter fault", 1),
    LEVEL_METER("水位仪表故障", "level meter fault", 1),
    DOOR("终端箱门开启", "box door open", 0),
    MEMORY("存储器异常", "memory fault", 1),
    IC_CARD("IC卡有效", "IC card in use", 1),
    PUMP("水泵工作", "pump running", 0),
    QUOTA("剩余水量超限", "remaining water passed its limit", 1);

    private final String zh;
    private final String en;
    private final int saidBy;

    StatusBit(String zh, String en, int saidBy) {
        this.zh = zh;
        this.en = en;
        this.saidBy = saidBy;
    }

    /** What holds when {@link #holds} says so. */
    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** For {@link #DOOR} and {@link #PUMP} it is the 0 that says open, and running. */
    public boolean holds(int word) {
        return (word >>> ordinal() & 1) == saidBy;
    }

    /** All that hold in a status word of four bytes, high byte first. */
    public static Set<StatusBit> of(int word) {
        var held = EnumSet.noneOf(StatusBit.class);
        for (var bit : values()) {
            if (bit.holds(word)) {
                held.add(bit);
            }
        }
        return held;
    }
}
