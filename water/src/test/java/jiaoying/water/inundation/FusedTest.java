package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Multiplied and added with one rounding, bit for bit as the machine's own instruction does it. */
class FusedTest {
    private static void same(float a, float b, float c) {
        assertThat(Float.floatToRawIntBits(Fused.of(a, b, c)))
                .as("%s * %s + %s", a, b, c)
                .isEqualTo(Float.floatToRawIntBits(Math.fma(a, b, c)));
    }

    @Property(tries = 200)
    void of_any_numbers(@ForAll long seed) {
        var random = new Random(seed);
        var a = (float) random.nextGaussian();
        var b = (float) random.nextGaussian();
        same(a, b, (float) random.nextGaussian());
        same(a, b, -a * b);
        same(a, b, a * b * (1 << random.nextInt(26)));
    }

    /** 1 + 2^-24 lies in the middle between two floats: the least that is added or taken off decides. */
    @Test
    void in_the_middle_between_two_floats() {
        var least = 1 + 0x1p-23f;
        for (var sign : new float[] {1, -1}) {
            for (var small : new float[] {0x1p-24f, -0x1p-25f, 0x1.8p-23f}) {
                same(sign, small, sign);
                same(small * least, sign, sign);
                same(small, sign * (1 - 0x1p-24f), sign);
                same(small * least, least, sign * least);
            }
        }
        assertThat(Fused.of(0x1p-24f, least, 1)).isEqualTo(1 + 0x1p-23f);
        assertThat(Fused.of(0x1p-12f, 0x1p-12f, 1)).isEqualTo(1f);
        // 0x1.000001p-24 needs more than a float: a product whose double sum is rounded into the middle
        assertThat(Fused.of(0x1.000002p-30f, 0x1.000002p-30f, 1 + 0x1p-23f)).isEqualTo(1 + 0x1p-23f);
        same(0x1.000002p-12f, 0x1.000002p-12f, 1);
        same(0x1.fffffep-13f, 0x1.fffffep-13f, 1);
        same(0x1.fffffep-40f, 0x1.fffffep-1f, 1 + 0x1p-23f);
    }
}
