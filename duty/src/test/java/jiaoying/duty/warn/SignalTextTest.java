package jiaoying.duty.warn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalTextTest {
    @Test
    void two_parts_with_an_empty_line_between_them_are_chinese_and_english() {
        var text = SignalText.of("第一段。\n第二行。\n\nFirst part.\n\nMore.");
        assertThat(text.zh()).isEqualTo("第一段。\n第二行。");
        assertThat(text.en()).isEqualTo("First part.\n\nMore.");
        assertThat(SignalText.of(text.joined())).isEqualTo(text);
    }

    @Test
    void one_part_serves_both() {
        assertThat(SignalText.of(" 暴雨。 ")).isEqualTo(new SignalText("暴雨。", "暴雨。"));
        assertThat(SignalText.of("").joined()).isEmpty();
        assertThat(new SignalText("中", "").joined()).isEqualTo("中");
    }
}
