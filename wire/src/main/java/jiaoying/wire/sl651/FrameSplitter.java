package jiaoying.wire.sl651;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into frames and finds back into step after noise.
 *
 * <p>What comes out does not depend on how the stream was cut into chunks. Noise comes out in one piece, at most
 * {@value #NOISE_MAX} bytes long. Never gives {@link Incomplete}. Positions count from the first byte of the stream. Holds at
 * most one unfinished frame, {@value #HELD_MAX} bytes. For one thread.
 */
public final class FrameSplitter {
    static final int NOISE_MAX = 4096;

    /** The longest frame: 4095 bytes of body in ASCII. */
    static final int HELD_MAX = CharacterFrame.OVERHEAD + Frame.LENGTH_MAX;

    private byte[] held = new byte[512];
    private int size;
    /** Position in the stream of {@code held[0]}. */
    private long start;

    /** Bytes beyond {@code size} are needed before it is worth looking again. */
    private int wanted = 1;

    private Optional<Broken> noise = Optional.empty();

    /** Takes {@code chunk[from..to)} and gives what became whole by it, in order. */
    public void feed(byte[] chunk, int from, int to, Consumer<? super Decoded> out) {
        for (var at = from; at < to; ) {
            var count = Math.min(to - at, 2 * HELD_MAX - size);
            hold(chunk, at, count);
            at += count;
            if (size >= wanted) {
                cut(out);
            }
        }
    }

    public void feed(byte[] chunk, Consumer<? super Decoded> out) {
        feed(chunk, 0, chunk.length, out);
    }

    /**
     * The line is closed or has been silent too long: what is unfinished will not be finished. A frame inside of it still
     * comes out. The splitter can be fed again.
     */
    public void end(Consumer<? super Decoded> out) {
        while (size > 0) {
            var next = step(0, Frames.decode(held, 0, size), out);
            if (next == 0) {
                next = cutShort(out);
            }
            drop(next);
        }
        flush(out);
        wanted = 1;
    }

    private void hold(byte[] chunk, int from, int count) {
        if (size + count > held.length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, size + count));
        }
        System.arraycopy(chunk, from, held, size, count);
        size += count;
    }

    private void cut(Consumer<? super Decoded> out) {
        var at = 0;
        wanted = 1;
        while (at < size) {
            var decoded = Frames.decode(held, at, size);
            var next = step(at, decoded, out);
            if (next == at) {
                wanted = size - at + (decoded instanceof Incomplete(var needed) ? needed : 1);
                break;
            }
            at = next;
        }
        drop(at);
    }

    /** Hands on what stands at {@code at}; gives where to read on, or {@code at} itself if bytes are missing. */
    private int step(int at, Decoded decoded, Consumer<? super Decoded> out) {
        return switch (decoded) {
            case Incomplete _ -> at;
            case Frame frame -> {
                flush(out);
                out.accept(frame);
                yield at + Frames.size(frame);
            }
            case Broken broken -> {
                settle(broken, out);
                yield (int) broken.resync();
            }
        };
    }

    private int cutShort(Consumer<? super Decoded> out) {
        var broken = Frames.broken(Broken.Reason.CUT_SHORT, held, 0, size, size);
        settle(broken, out);
        return (int) broken.resync();
    }

    /** Noise is gathered; a frame that is none comes out at once, its tail counts as noise. */
    private void settle(Broken broken, Consumer<? super Decoded> out) {
        if (broken.reason() != Broken.Reason.NO_START) {
            flush(out);
            out.accept(moved(broken));
            return;
        }
        for (var at = broken.at(); at < broken.resync(); ) {
            var room = NOISE_MAX - noise.map(it -> it.resync() - it.at()).orElse(0L);
            var count = Math.min(room, broken.resync() - at);
            gather((int) at, (int) (at + count));
            at += count;
            if (count == room) {
                flush(out);
            }
        }
    }

    private void gather(int from, int to) {
        var first = noise.map(Broken::at).orElse(start + from);
        var seen = noise.map(Broken::seen).orElse(Octets.NONE);
        var more = Octets.copyOf(held, from, Math.min(to, from + Broken.KEPT - seen.size()));
        noise = Optional.of(new Broken(Broken.Reason.NO_START, first, first, start + to, joined(seen, more)));
    }

    private static Octets joined(Octets one, Octets other) {
        return one.isEmpty()
                ? other
                : new Bytes(Broken.KEPT).octets(one).octets(other).toOctets();
    }

    private Broken moved(Broken it) {
        return new Broken(it.reason(), start + it.at(), start + it.faultAt(), start + it.resync(), it.seen());
    }

    private void flush(Consumer<? super Decoded> out) {
        noise.ifPresent(out);
        noise = Optional.empty();
    }

    private void drop(int count) {
        System.arraycopy(held, count, held, 0, size - count);
        size -= count;
        start += count;
    }
}
