package jiaoying.server.ledger;

/** The stored bytes of a ledger entry and the hash of the chain after it. The arrays are not copied: do not change them. */
public final class ChainedEntry {
    private final byte[] entry;
    private final byte[] hash;

    public ChainedEntry(byte[] entry, byte[] hash) {
        this.entry = entry;
        this.hash = hash;
    }

    public byte[] entry() {
        return entry;
    }

    public byte[] hash() {
        return hash;
    }
}
