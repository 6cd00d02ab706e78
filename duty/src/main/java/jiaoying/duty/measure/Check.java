package jiaoying.duty.measure;

import java.util.Locale;

/** A check of the quality control (质量控制). What it finds is flagged and kept, never deleted. */
public enum Check {
    /** The row cannot be read, or names what the register does not know; it is not kept. */
    FORM,
    /** Outside everything that the quantity can be; it is not kept. */
    RANGE,
    /** 时钟: the station's clock runs ahead of ours, or behind all the others. */
    CLOCK,
    /** 缺报: nothing was heard for too long. */
    SILENCE,
    /** 迟报: it came long after it was observed. It counts all the same. */
    LATE,
    /** Another value stands for the same moment. */
    CONFLICT,
    /** More rain in an interval than has ever been measured, or a level or depth that cannot stand at the station. */
    GROSS,
    /** 变率: a level or depth that changed faster than water can. */
    RATE,
    /** 跳变: a level or depth that jumped and that the next reading took back. */
    SPIKE,
    /** A level or depth that jumped and that no other reading has confirmed yet. */
    UNCONFIRMED,
    /** 累计突增: rain of a gap told in the first reading after it. */
    DUMP,
    /** 计数器: a cumulative register that began anew or passed its end. */
    COUNTER,
    /** 数值不变: the same value for too long. */
    STUCK,
    /** 干站: dry among wet neighbours; the bucket is blocked or dead. */
    DRY_AMONG_WET,
    /** 湿离群: far wetter than every neighbour; marked only, since a cell of a storm may be that small. */
    WET_OUTLIER,
    /** 基面跳变: a level that stepped faster than water can and stayed. */
    DATUM_JUMP;

    /** The word of packs, pages and texts, for example {@code dry-among-wet}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a station so doubted counts like a silent one; the others are marks. */
    public boolean silences() {
        return this == DRY_AMONG_WET || this == STUCK || this == DATUM_JUMP || this == CLOCK;
    }
}
