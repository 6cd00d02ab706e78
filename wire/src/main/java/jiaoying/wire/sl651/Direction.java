package jiaoying.wire.sl651;

/** Which way a frame goes (上下行标识): the high four bits of the length field, tables 16 and 20. */
public enum Direction {
    /** 上行, station to centre: flag 0. */
    UP(0),
    /** 下行, centre to station: flag 8; the station's address then stands before the centre's (table 12). */
    DOWN(8);

    final int flag;

    Direction(int flag) {
        this.flag = flag;
    }
}
