package jiaoying.wire.voice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A sound file (RIFF WAVE, linear PCM of 16 bits) as samples of 8 kHz in one channel. */
public final class Wav {
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FORMAT = 0x20746d66;
    private static final int DATA = 0x61746164;
    private static final int RATE_MOST = 192_000;

    private Wav() {}

    /** Empty for what is no such file. One that is cut short, or whose writer did not know its length, is read as far as it goes. */
    public static Optional<short[]> samples(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || in.getInt(0) != RIFF || in.getInt(8) != WAVE) {
            return Optional.empty();
        }
        int channels = 0;
        int rate = 0;
        for (long at = 12; at + 8 <= file.length; ) {
            int kind = in.getInt((int) at);
            long size = in.getInt((int) at + 4) & 0xFFFF_FFFFL;
            int body = (int) at + 8;
            if (kind == FORMAT && size >= 16 && body + 16 <= file.length) {
                if (in.getShort(body) != 1 || in.getShort(body + 14) != 16) {
                    return Optional.empty();
                }
                channels = in.getShort(body + 2);
                rate = in.getInt(body + 4);
            } else if (kind == DATA) {
                int length = (int) Math.min(size, file.length - body);
                return channels < 1 || channels > 8 || rate < 1_000 || rate > RATE_MOST
                        ? Optional.empty()
                        : Optional.of(atEight(mono(in, body, length / 2 / channels, channels), rate));
            }
            at = body + size + (size & 1);
        }
        return Optional.empty();
    }

    private static float[] mono(ByteBuffer in, int from, int frames, int channels) {
        var mono = new float[frames];
        for (var i = 0; i < frames; i++) {
            for (var c = 0; c < channels; c++) {
                mono[i] += in.getShort(from + 2 * (i * channels + c)) / (float) channels;
            }
        }
        return mono;
    }

    /** Each sample is the mean of what was heard in its time: enough for speech on a telephone. */
    private static short[] atEight(float[] heard, int rate) {
        int count = (int) ((long) heard.length * G711.RATE / rate);
        var samples = new short[count];
        for (var i = 0; i < count; i++) {
            double from = (double) i * rate / G711.RATE;
            double to = Math.min(heard.length, Math.max(from + 1, (double) (i + 1) * rate / G711.RATE));
            double sum = 0;
            for (int k = (int) from; k < to; k++) {
                double part = Math.min(k + 1, to) - Math.max(k, from);
                sum += heard[Math.min(k, heard.length - 1)] * part;
            }
            samples[i] = (short) Math.round(sum / (to - from));
        }
        return samples;
    }
}
