package jiaoying.server.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines as bytes without making a copy of each; a line lives in the buffer until the next one is read. */
final class LineReader {
    private final InputStream in;
    private final int longest;
    private byte[] buffer;
    private int start;
    private int end;
    private int filled;
    private boolean ended;
    private boolean closed = true;

    /** @param longest bytes of the longest line allowed */
    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        buffer = new byte[1 << 18];
        start = 0;
        end = -1;
    }

    /** False at the end of the file. @throws TooLong when the line does not end in time */
    boolean next() throws IOException, TooLong {
        start = end + 1;
        for (int i = start; ; i++) {
            if (i == filled) {
                i -= makeRoom();
                if (!fill()) {
                    end = filled;
                    closed = false;
                    return start < filled;
                }
            }
            if (buffer[i] == '\n') {
                end = i;
                return true;
            }
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** Whether the line ended with a line end and not with the file. */
    boolean closed() {
        return closed;
    }

    byte[] copy() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** Moves the beginning of the line to the front, or takes a larger buffer; gives by how much positions fell. */
    private int makeRoom() throws TooLong {
        if (filled - start > longest) {
            throw new TooLong();
        }
        int moved = start;
        if (moved == 0 && filled < buffer.length) {
            return 0;
        }
        var target = filled - start > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, start, target, 0, filled - start);
        buffer = target;
        filled -= moved;
        start = 0;
        return moved;
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
            return false;
        }
        filled += read;
        return read > 0 || fill();
    }

    /** A line longer than any that an export writes. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }
}
