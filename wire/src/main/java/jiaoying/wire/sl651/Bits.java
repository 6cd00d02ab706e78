package jiaoying.wire.sl651;

/** Bits as the standard numbers them: bit 0 is the lowest of the first byte. */
final class Bits {
    private Bits() {}

    static boolean at(Octets octets, int index) {
        return index >= 0 && index / 8 < octets.size() && (octets.at(index / 8) >>> index % 8 & 1) == 1;
    }
}
