package jiaoying.server.store;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Streams that know the SHA-256 of what went through; closing them leaves the stream behind them open. */
final class Digesting {
    private Digesting() {}

    static final class In extends FilterInputStream {
        private final MessageDigest digest;

        In(InputStream in) {
            var digest = sha256Digest();
            super(new DigestInputStream(in, digest));
            this.digest = digest;
        }

        String sha256() {
            return hex(digest);
        }

        @Override
        public void close() {}
    }

    static final class Out extends FilterOutputStream {
        private final MessageDigest digest = sha256Digest();

        Out(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            digest.update((byte) b);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            digest.update(bytes, from, count);
            out.write(bytes, from, count);
        }

        String sha256() {
            return hex(digest);
        }

        @Override
        public void close() {}
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Bug: every Java platform has SHA-256", impossible);
        }
    }
}
