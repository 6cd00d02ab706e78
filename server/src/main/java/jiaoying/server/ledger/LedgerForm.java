package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import jiaoying.server.store.LedgerStore;
import tools.jackson.core.json.JsonFactory;

/** The exact bytes of a ledger file's lines, without their line ends, and of what is signed. */
public final class LedgerForm {
    static final JsonFactory JSON = new JsonFactory();
    static final byte[] ENTRY_HASH = "{\"hash\":\"".getBytes(UTF_8);
    static final byte[] ENTRY_BYTES = "\",\"entry\":".getBytes(UTF_8);
    static final byte[] ENTRY_END = "}".getBytes(UTF_8);

    private LedgerForm() {}

    /** The first line; the hash chain of the room begins with its hash. */
    public static byte[] firstLine(String room, String publicKeyHex) {
        return LedgerStore.firstLine(room, publicKeyHex);
    }

    static byte[] lastLine(long count, String head, String signature) {
        return ("{\"count\":" + count + ",\"head\":\"" + head + "\",\"signature\":\"" + signature + "\"}")
                .getBytes(UTF_8);
    }

    /**
     * What the room's key signs: that its ledger had this head after this many entries.
     *
     * @param head 64 hex digits
     */
    public static byte[] statement(String room, long count, String head) {
        return new LedgerStore.Head(count, head).statement(room);
    }
}
