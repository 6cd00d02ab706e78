package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.ledger.TraceFile.Verdict;

/** Checks a {@link TraceFile} without a database; one pass, one line in memory. */
final class TraceVerify {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY_PREFIX = HEX.parseHex("302a300506032b6570032100");
    private static final Pattern FIRST = Pattern.compile(
            "\\{\"jiaoying\":\"trace\",\"v\":1,\"room\":\"([^\"]*)\",\"about\":\"([^\"]*)\",\"hash\":\"SHA-256\",\"key\":\"([0-9a-f]{64})\"}");
    private static final Pattern ENTRY = Pattern.compile(
            "\\{\"number\":(\\d{1,18}),\"before\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\",\"entry\":");
    private static final Pattern LAST = Pattern.compile(
            "\\{\"count\":(\\d{1,18}),\"head\":\"(\\d{1,18}:[0-9a-f]{64})\",\"digest\":\"([0-9a-f]{64})\",\"signature\":\"([0-9a-f]{128})\"}");
    private static final String LAST_BEGINS = "{\"count\":";
    /** What stands before an entry is shorter. */
    private static final int HEADER_MOST = 256;

    private final LineReader lines;
    private final Optional<String> known;
    private final MessageDigest above = TraceFile.sha256();
    private int line;
    private long count;
    private long number;
    private String hash = "";

    TraceVerify(InputStream file, Optional<String> known) {
        lines = new LineReader(file, LedgerVerify.LONGEST_LINE);
        this.known = known;
    }

    Verdict verdict() throws IOException {
        try {
            return read();
        } catch (Found bad) {
            return bad.broken;
        }
    }

    private Verdict read() throws IOException, Found {
        next();
        var first = FIRST.matcher(new String(lines.copy(), UTF_8));
        if (!first.matches()) {
            throw bad(Sentence.of("trace-first"));
        }
        if (known.isPresent() && !known.get().equalsIgnoreCase(first.group(3))) {
            throw bad(Sentence.of("trace-key", known.get()));
        }
        for (digest(), next(); !start(LAST_BEGINS.length()).equals(LAST_BEGINS); digest(), next()) {
            entry();
        }
        var head = last(first.group(1), first.group(2), first.group(3));
        nothingMore();
        return new Verdict.Verified(first.group(1), first.group(2), count, head, first.group(3), known.isPresent());
    }

    private void entry() throws Found {
        count++;
        var entry = ENTRY.matcher(start(HEADER_MOST));
        if (!entry.lookingAt() || Long.parseLong(entry.group(1)) <= number || lines.buffer()[end() - 1] != '}') {
            throw bad(Sentence.of("trace-entry", number + 1));
        }
        var follows = Long.parseLong(entry.group(1)) == number + 1 && !hash.isEmpty();
        var bytes = Arrays.copyOfRange(lines.buffer(), lines.start() + entry.end(), end() - 1);
        var computed = HEX.formatHex(Chain.next(HEX.parseHex(entry.group(2)), bytes));
        if (!computed.equals(entry.group(3)) || follows && !hash.equals(entry.group(2))) {
            throw bad(Sentence.of("trace-hash", entry.group(1), computed));
        }
        number = Long.parseLong(entry.group(1));
        hash = computed;
    }

    /** @return the head of the ledger that is signed */
    private String last(String room, String about, String key) throws Found {
        var last = LAST.matcher(new String(lines.copy(), ISO_8859_1));
        if (!last.matches()
                || Long.parseLong(last.group(1)) != count
                || !last.group(3).equals(HEX.formatHex(above.digest()))) {
            throw bad(Sentence.of("trace-last", count));
        }
        var said = TraceFile.statement(room, about, count, last.group(2), last.group(3));
        if (!signed(key, said, HEX.parseHex(last.group(4)))) {
            throw bad(Sentence.of("trace-signature"));
        }
        return last.group(2);
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

    private void next() throws IOException, Found {
        line++;
        try {
            if (!lines.next() || !lines.closed()) {
                throw bad(Sentence.of("trace-end"));
            }
        } catch (LineReader.TooLong e) {
            throw bad(Sentence.of("ledger-line-most", LedgerVerify.LONGEST_LINE));
        }
    }

    private void nothingMore() throws IOException, Found {
        line++;
        try {
            if (!lines.next()) {
                return;
            }
        } catch (LineReader.TooLong e) {
            // more than nothing
        }
        throw bad(Sentence.of("trace-end"));
    }

    /** The line with its end counts. */
    private void digest() {
        above.update(lines.buffer(), lines.start(), lines.length() + 1);
    }

    private String start(int most) {
        return new String(lines.buffer(), lines.start(), Math.min(most, lines.length()), ISO_8859_1);
    }

    private int end() {
        return lines.start() + lines.length();
    }

    private Found bad(Sentence expected) {
        return new Found(new Verdict.Broken(line, expected));
    }

    private static final class Found extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Verdict.Broken broken;

        Found(Verdict.Broken broken) {
            this.broken = broken;
        }
    }
}
