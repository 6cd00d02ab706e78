package jiaoying.server.door;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Problem;

/** A body that ends with a clear refusal when it is longer than allowed; never more than that is read. */
final class BoundedBody extends FilterInputStream {
    private final long most;
    private long left;

    BoundedBody(InputStream in, long most) {
        super(in);
        this.most = most;
        this.left = most;
    }

    /** Refuses at once when the sender says beforehand that it is too long. */
    static BoundedBody of(InputStream in, long announced, long most) {
        if (announced > most) {
            throw tooLong(most);
        }
        return new BoundedBody(in, most);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw tooLong(most);
        }
    }

    private static Problem tooLong(long most) {
        return Problem.allowing(413, "message.long", "", Sentence.of("bytes-most", most));
    }
}
