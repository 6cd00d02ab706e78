package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.store.LedgerStore.Linked;
import tools.jackson.core.ObjectWriteContext;

/**
 * What the ledger says of one thing, as a file that proves itself (责任倒查): UTF-8 JSON Lines.
 *
 * <pre>
 * {"jiaoying":"trace","v":1,"room":R,"about":I,"hash":"SHA-256","key":K}
 * {"number":N,"before":H,"hash":H,"entry":E}     hash = SHA-256(before, bytes of E); in the order of N
 * {"count":C,"head":"N:H","digest":D,"signature":S}
 * </pre>
 *
 * D is the SHA-256 of all lines above with their line ends; S the room's Ed25519 signature over {@link #statement}. An entry has
 * the hash that it has in a whole export of the ledger, so that both can be compared.
 */
public final class TraceFile {
    private static final HexFormat HEX = HexFormat.of();

    private TraceFile() {}

    /** What came of reading one. */
    public sealed interface Verdict {
        /** @param anchored the key is one that the reader knew before */
        record Verified(String room, String about, long count, String head, String key, boolean anchored)
                implements Verdict {}

        /** @param line from 1 */
        record Broken(int line, Sentence expected) implements Verdict {}
    }

    /** Whether a file begins as one. */
    public static boolean is(Path file) throws IOException {
        var start = "{\"jiaoying\":\"trace\"".getBytes(UTF_8);
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(start.length), start);
        }
    }

    /**
     * Writes the file as the entries come, never holding more than one; the stream stays open. What breaks off in between has no
     * last line and does not verify.
     *
     * @param head of the whole ledger when it was asked, as {@code number:hash} @param sign by the room's key
     */
    public static void write(
            OutputStream to,
            String room,
            String about,
            String key,
            Iterator<Linked> entries,
            String head,
            UnaryOperator<byte[]> sign)
            throws IOException {
        var digesting = sha256();
        var out = new BufferedOutputStream(new DigestOutputStream(to, digesting), 1 << 16);
        out.write(first(room, about, key));
        out.write('\n');
        long count = 0;
        for (; entries.hasNext(); count++) {
            entry(out, entries.next());
        }
        out.flush();
        var digest = HEX.formatHex(digesting.digest());
        var signature = sign.apply(statement(room, about, count, head, digest));
        to.write(("{\"count\":" + count + ",\"head\":\"" + head + "\",\"digest\":\"" + digest + "\",\"signature\":\""
                        + HEX.formatHex(signature) + "\"}\n")
                .getBytes(UTF_8));
        to.flush();
    }

    private static void entry(OutputStream out, Linked entry) throws IOException {
        out.write(("{\"number\":" + entry.number() + ",\"before\":\"" + HEX.formatHex(entry.before()) + "\",\"hash\":\""
                        + HEX.formatHex(entry.hash()) + "\",\"entry\":")
                .getBytes(UTF_8));
        out.write(entry.entry());
        out.write("}\n".getBytes(UTF_8));
    }

    private static byte[] first(String room, String about, String key) {
        var out = new ByteArrayOutputStream();
        try (var json = LedgerForm.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("jiaoying", "trace");
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("room", room);
            json.writeStringProperty("about", about);
            json.writeStringProperty("hash", "SHA-256");
            json.writeStringProperty("key", key);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What the room's key signs. */
    public static byte[] statement(String room, String about, long count, String head, String digest) {
        return ("jiaoying trace\n" + room + "\n" + about + "\n" + count + "\n" + head + "\n" + digest).getBytes(UTF_8);
    }

    /** Needs nothing but the file, of any size. @param known a public key that the reader has from elsewhere */
    public static Verdict verify(InputStream file, Optional<String> known) throws IOException {
        return new TraceVerify(file, known).verdict();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }
}
