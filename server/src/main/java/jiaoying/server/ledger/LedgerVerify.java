package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.ledger.Verdict.Broken;
import jiaoying.server.ledger.Verdict.Verified;
import jiaoying.server.reply.ParserWords;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Checks a ledger file (台账校验) without a database: rebuilds every line byte for byte, so that each changed, missing or
 * extra byte is found and the first bad entry is named. One pass, one line in memory.
 */
public final class LedgerVerify {
    /** A notice to 100,000 people is one entry of about 40 MB. */
    static final int LONGEST_LINE = 256 << 20;

    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH_HEX = 64;
    private static final byte[] KEY_PREFIX = HEX.parseHex("302a300506032b6570032100");
    private static final byte[] COUNT = "{\"count\":".getBytes(US_ASCII);
    private static final Pattern COUNTED = Pattern.compile("\\{\"count\":([0-9]{1,18}),");

    private final LineReader lines;
    private final Anchor anchor;
    private final CharsetDecoder utf8 = UTF_8.newDecoder();
    private CharBuffer decoded = CharBuffer.allocate(1 << 16);

    private long line;
    private long count;
    private long arrival;
    private String at = Instant.MIN.toString();
    private Instant moment = Instant.MIN;
    private String room = "";
    private String key = "";
    private byte[] hash = {};
    private OptionalLong anchoredTo = OptionalLong.empty();
    private boolean headSeen;

    private LedgerVerify(InputStream in, Anchor anchor) {
        lines = new LineReader(in, LONGEST_LINE);
        this.anchor = anchor;
    }

    public static Verdict verify(Path file, Anchor anchor) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return verify(in, anchor);
        }
    }

    public static Verdict verify(InputStream in, Anchor anchor) throws IOException {
        try {
            return new LedgerVerify(in, anchor).verdict();
        } catch (Found bad) {
            return bad.broken;
        }
    }

    private Verdict verdict() throws IOException, Found {
        nextLine(0, Sentence.of("ledger-first"));
        checkFirstLine();
        nextLine(1, Sentence.of("ledger-next", 1));
        while (!isLastLine()) {
            checkEntryLine();
            nextLine(count + 1, Sentence.of("ledger-next", count + 1));
        }
        checkLastLine();
        checkEnd();
        checkHeadFound();
        return new Verified(room, count, HEX.formatHex(hash), key, anchoredTo.orElse(0), anchoredTo.isPresent());
    }

    /** @param entry number of the entry that the line is, unless it is the last line */
    private void nextLine(long entry, Sentence expected) throws IOException, Found {
        line++;
        try {
            if (!lines.next()) {
                throw bad(0, expected, Sentence.of("ledger-end"));
            }
        } catch (LineReader.TooLong e) {
            throw bad(entry, Sentence.of("ledger-line-most", LONGEST_LINE), Sentence.of("ledger-longer"));
        }
        if (!lines.closed()) {
            throw bad(
                    isLastLine() ? 0 : entry, Sentence.of("ledger-line-end"), Sentence.of("ledger-end-after", shown()));
        }
    }

    private void checkFirstLine() throws Found {
        var bytes = lines.copy();
        try (var json = LedgerForm.JSON.createParser(ObjectReadContext.empty(), bytes)) {
            json.nextToken();
            expectName(json, "jiaoying");
            expectName(json, "v");
            expectName(json, "room");
            room = json.getString();
            expectName(json, "hash");
            expectName(json, "key");
            key = json.getString();
        } catch (JacksonException e) {
            throw bad(0, Sentence.of("ledger-first"), shown());
        }
        if (!Arrays.equals(LedgerForm.firstLine(room, key), bytes)) {
            throw bad(0, Sentence.words(new String(LedgerForm.firstLine(room, key), UTF_8)), shown());
        }
        checkKey();
        hash = Chain.genesis(bytes);
        noteAnchor(HEX.formatHex(hash));
    }

    private void checkKey() throws Found {
        if (!key.matches("[0-9a-f]{64}")) {
            throw bad(0, Sentence.of("ledger-key"), key);
        }
        if (anchor.key().isPresent() && !anchor.key().get().equals(key)) {
            throw bad(0, Sentence.of("ledger-outside-key", anchor.key().get()), key);
        }
    }

    private boolean isLastLine() {
        return startsWith(lines.start(), COUNT);
    }

    private void checkEntryLine() throws Found {
        count++;
        var hashHex = entryHash();
        int from = lines.start() + LedgerForm.ENTRY_HASH.length + HASH_HEX + LedgerForm.ENTRY_BYTES.length;
        int length = lines.start() + lines.length() - LedgerForm.ENTRY_END.length - from;
        checkNumber(from);
        hash = Chain.next(hash, Arrays.copyOfRange(lines.buffer(), from, from + length));
        var computed = HEX.formatHex(hash);
        if (!computed.equals(hashHex)) {
            throw bad(count, Sentence.of("ledger-hash", computed), hashHex);
        }
        checkUtf8(from, length);
        checkContent(from, length);
        noteAnchor(computed);
    }

    /** The hash in an entry line of the right form. */
    private String entryHash() throws Found {
        int hashAt = lines.start() + LedgerForm.ENTRY_HASH.length;
        int bytesAt = hashAt + HASH_HEX;
        int least =
                LedgerForm.ENTRY_HASH.length + HASH_HEX + LedgerForm.ENTRY_BYTES.length + LedgerForm.ENTRY_END.length;
        if (lines.length() <= least
                || !startsWith(lines.start(), LedgerForm.ENTRY_HASH)
                || !startsWith(bytesAt, LedgerForm.ENTRY_BYTES)
                || !startsWith(lines.start() + lines.length() - 1, LedgerForm.ENTRY_END)) {
            throw bad(count, Sentence.of("ledger-form", count), shown());
        }
        return new String(lines.buffer(), hashAt, HASH_HEX, US_ASCII);
    }

    private void checkNumber(int from) throws Found {
        if (!startsWith(from, ("{\"n\":" + count + ",").getBytes(US_ASCII))) {
            throw bad(count, Sentence.of("ledger-number", count), shown(from));
        }
    }

    private void checkUtf8(int from, int length) throws Found {
        if (decoded.capacity() < length) {
            decoded = CharBuffer.allocate(length);
        }
        decoded.clear();
        if (utf8.reset()
                .decode(ByteBuffer.wrap(lines.buffer(), from, length), decoded, true)
                .isError()) {
            throw bad(count, Sentence.words("UTF-8"), Sentence.of("not-utf8"));
        }
    }

    private void checkContent(int from, int length) throws Found {
        try (var json = LedgerForm.JSON.createParser(ObjectReadContext.empty(), lines.buffer(), from, length)) {
            json.nextToken();
            expectName(json, "n");
            expectName(json, "arrival");
            checkArrival(json.getLongValue());
            expectName(json, "at");
            checkTime(json.getString());
            expectName(json, "kind");
            expectName(json, "v");
            expectName(json, "fact");
            json.skipChildren();
            if (json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw bad(count, Sentence.of("ledger-fact-end"), Sentence.of("ledger-more"));
            }
        } catch (JacksonException e) {
            throw bad(count, Sentence.of("ledger-object"), ParserWords.json(e, line, from - lines.start()));
        }
    }

    private void checkArrival(long number) throws Found {
        if (number < arrival) {
            throw bad(count, Sentence.of("ledger-arrival", arrival), String.valueOf(number));
        }
        arrival = number;
    }

    private void checkTime(String text) throws Found {
        if (text.equals(at)) {
            return;
        }
        var next = instant(text);
        if (next.isBefore(moment)) {
            throw bad(count, Sentence.of("ledger-time", moment), text);
        }
        at = text;
        moment = next;
    }

    private Instant instant(String text) throws Found {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw bad(count, Sentence.of("utc-time"), text);
        }
    }

    private void expectName(JsonParser json, String name) throws Found {
        if (!name.equals(json.nextName())) {
            throw bad(count, Sentence.of("ledger-field", name), shown());
        }
        json.nextToken();
    }

    /** Fewer entries than the last line counts: the first of those that are missing is named. */
    private void checkNoneMissing(String text) throws Found {
        var counted = COUNTED.matcher(text);
        if (counted.lookingAt() && Long.parseLong(counted.group(1)) > count) {
            throw bad(count + 1, Sentence.of("ledger-entry-of", count + 1, counted.group(1)), shown());
        }
    }

    private void checkLastLine() throws Found {
        var text = new String(lines.buffer(), lines.start(), lines.length(), UTF_8);
        checkNoneMissing(text);
        var head = HEX.formatHex(hash);
        var open = new String(LedgerForm.lastLine(count, head, ""), US_ASCII);
        var untilSignature = open.substring(0, open.length() - 2);
        if (!text.startsWith(untilSignature) || !text.endsWith("\"}")) {
            throw bad(0, Sentence.of("ledger-last", untilSignature), shown());
        }
        var signature = text.substring(untilSignature.length(), Math.max(text.length() - 2, untilSignature.length()));
        if (!signature.matches("[0-9a-f]{128}")
                || !isSigned(LedgerForm.statement(room, count, head), HEX.parseHex(signature))) {
            throw bad(0, Sentence.of("ledger-signature"), signature);
        }
        if (anchor.key().isPresent()) {
            anchoredTo = OptionalLong.of(count);
        }
    }

    private boolean isSigned(byte[] statement, byte[] signature) {
        try {
            var encoded = Arrays.copyOf(KEY_PREFIX, KEY_PREFIX.length + HASH_HEX / 2);
            System.arraycopy(HEX.parseHex(key), 0, encoded, KEY_PREFIX.length, HASH_HEX / 2);
            var check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(statement);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void checkEnd() throws IOException, Found {
        line++;
        try {
            if (lines.next()) {
                throw bad(0, Sentence.of("ledger-nothing-after"), shown());
            }
        } catch (LineReader.TooLong e) {
            throw bad(0, Sentence.of("ledger-nothing-after"), Sentence.of("ledger-more"));
        }
    }

    private void noteAnchor(String head) throws Found {
        if (anchor.contradicts(count, head)) {
            throw bad(count, Sentence.of("ledger-outside-head", anchor.head().orElse("")), head);
        }
        if (anchor.headMatches(count, head)) {
            headSeen = true;
            anchoredTo = OptionalLong.of(count);
        }
    }

    private void checkHeadFound() throws Found {
        if (anchor.head().isPresent() && !headSeen) {
            throw bad(0, Sentence.of("ledger-head-after", anchor.head().get()), Sentence.of("ledger-nowhere"));
        }
    }

    private boolean startsWith(int from, byte[] prefix) {
        int end = lines.start() + lines.length();
        return from + prefix.length <= end
                && Arrays.equals(lines.buffer(), from, from + prefix.length, prefix, 0, prefix.length);
    }

    private String shown() {
        return shown(lines.start());
    }

    private String shown(int from) {
        int length = Math.min(lines.start() + lines.length() - from, 160);
        return new String(lines.buffer(), from, length, UTF_8);
    }

    private Found bad(long entry, Sentence expected, String found) {
        return bad(entry, expected, found.isBlank() ? Sentence.of("ledger-blank") : Sentence.words(found));
    }

    private Found bad(long entry, Sentence expected, Sentence found) {
        return new Found(new Broken(line, entry, expected, found));
    }

    /** Ends the check at the first thing that is wrong. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Broken broken;

        Found(Broken broken) {
            super(broken.toString(), null, false, false);
            this.broken = broken;
        }
    }
}
