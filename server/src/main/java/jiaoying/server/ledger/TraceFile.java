package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import jiaoying.duty.ledger.Chain;
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
    private static final byte[] KEY_PREFIX = HEX.parseHex("302a300506032b6570032100");
    private static final Pattern FIRST = Pattern.compile(
            "\\{\"jiaoying\":\"trace\",\"v\":1,\"room\":\"([^\"]*)\",\"about\":\"([^\"]*)\",\"hash\":\"SHA-256\",\"key\":\"([0-9a-f]{64})\"}");
    private static final Pattern ENTRY = Pattern.compile(
            "(?s)(\\{\"number\":(\\d{1,18}),\"before\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\",\"entry\":)(.*)}");
    private static final Pattern LAST = Pattern.compile(
            "\\{\"count\":(\\d{1,18}),\"head\":\"(\\d{1,18}:[0-9a-f]{64})\",\"digest\":\"([0-9a-f]{64})\",\"signature\":\"([0-9a-f]{128})\"}");

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
    public static boolean is(byte[] file) {
        var start = "{\"jiaoying\":\"trace\"".getBytes(UTF_8);
        return file.length > start.length && Arrays.equals(file, 0, start.length, start, 0, start.length);
    }

    /** @param head of the whole ledger when it was asked, as {@code number:hash} @param sign by the room's key */
    public static byte[] write(
            String room, String about, String key, List<Linked> entries, String head, UnaryOperator<byte[]> sign) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first(room, about, key));
        out.write('\n');
        for (var entry : entries) {
            out.writeBytes(("{\"number\":" + entry.number() + ",\"before\":\"" + HEX.formatHex(entry.before())
                            + "\",\"hash\":\"" + HEX.formatHex(entry.hash()) + "\",\"entry\":")
                    .getBytes(UTF_8));
            out.writeBytes(entry.entry());
            out.writeBytes("}\n".getBytes(UTF_8));
        }
        var digest = HEX.formatHex(sha256(out.toByteArray()));
        var signature = sign.apply(statement(room, about, entries.size(), head, digest));
        out.writeBytes(("{\"count\":" + entries.size() + ",\"head\":\"" + head + "\",\"digest\":\"" + digest
                        + "\",\"signature\":\"" + HEX.formatHex(signature) + "\"}\n")
                .getBytes(UTF_8));
        return out.toByteArray();
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

    /** Needs nothing but the file. @param known a public key that the reader has from elsewhere */
    public static Verdict verify(byte[] file, Optional<String> known) {
        // one byte a character, so that places in the text are places in the file
        var text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        var lines = text.split("\n", -1);
        if (lines.length < 3 || !lines[lines.length - 1].isEmpty()) {
            return broken(lines.length, Sentence.of("trace-end"));
        }
        var first = FIRST.matcher(utf8(lines[0]));
        if (!first.matches()) {
            return broken(1, Sentence.of("trace-first"));
        }
        if (known.isPresent() && !known.get().equalsIgnoreCase(first.group(3))) {
            return broken(1, Sentence.of("trace-key", known.get()));
        }
        long count = lines.length - 3;
        long number = 0;
        var before = "";
        for (var at = 1; at <= count; at++) {
            var entry = ENTRY.matcher(lines[at]);
            if (!entry.matches() || Long.parseLong(entry.group(2)) <= number) {
                return broken(at + 1, Sentence.of("trace-entry", number + 1));
            }
            var follows = Long.parseLong(entry.group(2)) == number + 1 && !before.isEmpty();
            var hash = HEX.formatHex(Chain.next(HEX.parseHex(entry.group(3)), latin(entry.group(5))));
            if (!hash.equals(entry.group(4)) || follows && !before.equals(entry.group(3))) {
                return broken(at + 1, Sentence.of("trace-hash", entry.group(2), hash));
            }
            number = Long.parseLong(entry.group(2));
            before = hash;
        }
        var last = LAST.matcher(lines[lines.length - 2]);
        if (!last.matches()
                || Long.parseLong(last.group(1)) != count
                || !last.group(3).equals(HEX.formatHex(sha256(above(file, lines))))) {
            return broken(lines.length - 1, Sentence.of("trace-last", count));
        }
        var said = statement(first.group(1), first.group(2), count, last.group(2), last.group(3));
        return signed(first.group(3), said, HEX.parseHex(last.group(4)))
                ? new Verdict.Verified(
                        first.group(1), first.group(2), count, last.group(2), first.group(3), known.isPresent())
                : broken(lines.length - 1, Sentence.of("trace-signature"));
    }

    private static byte[] above(byte[] file, String[] lines) {
        return Arrays.copyOf(file, file.length - lines[lines.length - 2].length() - 1);
    }

    private static Verdict broken(int line, Sentence expected) {
        return new Verdict.Broken(line, expected);
    }

    private static String utf8(String latin) {
        return new String(latin(latin), UTF_8);
    }

    private static byte[] latin(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static boolean signed(String key, byte[] statement, byte[] signature) {
        try {
            var encoded = Arrays.copyOf(KEY_PREFIX, KEY_PREFIX.length + key.length() / 2);
            System.arraycopy(HEX.parseHex(key), 0, encoded, KEY_PREFIX.length, key.length() / 2);
            var check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(statement);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }
}
