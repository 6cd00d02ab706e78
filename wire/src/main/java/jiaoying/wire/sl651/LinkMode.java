package jiaoying.wire.sl651;

/** How station and centre talk (链路传输模式), §6.3.1, table 15. */
public enum LinkMode {
    /** 发送/无回答: the station sends, nobody answers. */
    M1,
    /** 发送/确认: the station sends, the centre answers each good frame; a bad one is not answered. */
    M2,
    /** 多包发送/确认: the station sends all packets, the centre answers once. */
    M3,
    /** 查询/响应: the centre asks, the station answers. */
    M4
}
