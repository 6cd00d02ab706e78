package jiaoying.wire.voice;

/** G.711: one byte for each sample of 8 kHz, by the A-law (PCMA) or the mu-law (PCMU). Samples are linear, 16 bits. */
public enum G711 {
    /** RTP payload type 0. */
    PCMU(0, 0xFF) {
        @Override
        public byte encode(short sample) {
            int sign = sample < 0 ? 0x80 : 0;
            int magnitude = Math.min(Math.abs((int) sample), MU_CLIP) + MU_BIAS;
            int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude) - 7);
            int mantissa = magnitude >> exponent + 3 & 0x0F;
            return (byte) ~(sign | exponent << 4 | mantissa);
        }

        @Override
        public short decode(byte octet) {
            int bits = ~octet & 0xFF;
            int magnitude = ((bits & 0x0F) << 3) + MU_BIAS << (bits >> 4 & 7);
            return (short) ((bits & 0x80) == 0 ? magnitude - MU_BIAS : MU_BIAS - magnitude);
        }
    },
    /** RTP payload type 8. */
    PCMA(8, 0xD5) {
        @Override
        public byte encode(short sample) {
            int sign = sample >= 0 ? 0x80 : 0;
            int magnitude = sample >= 0 ? sample >> 4 : ~sample >> 4;
            int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude | 1) - 4);
            int mantissa = exponent == 0 ? magnitude : magnitude >> exponent & 0x0F;
            int segment = magnitude < 16 ? 0 : exponent + 1;
            return (byte) ((sign | segment << 4 | (segment == 0 ? magnitude : mantissa)) ^ A_MASK);
        }

        @Override
        public short decode(byte octet) {
            int bits = (octet & 0xFF) ^ A_MASK;
            int segment = bits >> 4 & 7;
            int value = (bits & 0x0F) << 4 | 8;
            int magnitude = segment == 0 ? value : value + 0x100 << segment - 1;
            return (short) ((bits & 0x80) != 0 ? magnitude : -magnitude);
        }
    };

    /** Samples a second. */
    public static final int RATE = 8_000;

    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32_635;
    private static final int A_MASK = 0x55;

    private final int payloadType;
    private final int silence;

    G711(int payloadType, int silence) {
        this.payloadType = payloadType;
        this.silence = silence;
    }

    public int payloadType() {
        return payloadType;
    }

    public byte silence() {
        return (byte) silence;
    }

    public abstract byte encode(short sample);

    public abstract short decode(byte octet);

    public byte[] encode(short[] samples) {
        var bytes = new byte[samples.length];
        for (var i = 0; i < samples.length; i++) {
            bytes[i] = encode(samples[i]);
        }
        return bytes;
    }
}
