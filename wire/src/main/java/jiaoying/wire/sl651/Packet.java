package jiaoying.wire.sl651;

/**
 * Which packet of how many (包总数及序列号), tables 18 and 22; only in frames that start their body with SYN.
 *
 * @param total 1..4095
 * @param number 1..total
 */
public record Packet(int total, int number) {
    static final int MAX = 0xFFF;

    public Packet {
        if (!isPossible(total, number)) {
            throw new IllegalArgumentException("Packet " + number + " of " + total + ": both are 1..4095");
        }
    }

    static boolean isPossible(int total, int number) {
        return number >= 1 && number <= total && total <= MAX;
    }

    public boolean isFirst() {
        return number == 1;
    }
}
