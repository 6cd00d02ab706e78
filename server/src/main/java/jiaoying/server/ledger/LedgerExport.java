package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import jiaoying.duty.ledger.Chain;

/** Writes the ledger of a room as a file (台账导出): JSON Lines that anybody can check without the server. */
public final class LedgerExport {
    private static final HexFormat HEX = HexFormat.of();

    private LedgerExport() {}

    /**
     * Writes the file as the entries come, never holding more than one; the stream stays open.
     *
     * @param entries all entries from number 1 on, in order
     * @param sign    the room's signature of a statement
     * @throws IllegalStateException when the stored hashes do not follow from the stored entries
     */
    public static Head write(
            OutputStream to,
            String room,
            String publicKeyHex,
            Iterator<ChainedEntry> entries,
            UnaryOperator<byte[]> sign)
            throws IOException {
        var out = new BufferedOutputStream(to, 1 << 16);
        var firstLine = LedgerForm.firstLine(room, publicKeyHex);
        line(out, firstLine);
        long count = 0;
        var head = Chain.genesis(firstLine);
        while (entries.hasNext()) {
            var next = entries.next();
            count++;
            head = checked(room, count, head, next);
            entryLine(out, next);
        }
        var hex = HEX.formatHex(head);
        var signature = sign.apply(LedgerForm.statement(room, count, hex));
        line(out, LedgerForm.lastLine(count, hex, HEX.formatHex(signature)));
        out.flush();
        return new Head(count, hex);
    }

    private static byte[] checked(String room, long number, byte[] before, ChainedEntry entry) {
        var hash = Chain.next(before, entry.entry());
        if (!Arrays.equals(hash, entry.hash())) {
            throw new IllegalStateException("Ledger of room " + room + ", entry " + number + ": the stored hash is "
                    + HEX.formatHex(entry.hash()) + ", but the stored entry gives " + HEX.formatHex(hash)
                    + "; the database was changed from outside; compare with an earlier export or backup");
        }
        return hash;
    }

    private static void entryLine(OutputStream out, ChainedEntry entry) throws IOException {
        out.write(LedgerForm.ENTRY_HASH);
        out.write(HEX.formatHex(entry.hash()).getBytes(US_ASCII));
        out.write(LedgerForm.ENTRY_BYTES);
        out.write(entry.entry());
        line(out, LedgerForm.ENTRY_END);
    }

    private static void line(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.write('\n');
    }
}
