package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpokenTest {
    @Test
    void a_voice_says_the_key_to_press_in_place_of_the_link() {
        assertThat(Spoken.of("请立即到岗并应答 {link}")).isEqualTo("请立即到岗并应答，按 1 键");
        assertThat(Spoken.of("请应答：{link}")).isEqualTo("请应答：按 1 键");
        assertThat(Spoken.of("Warning for 乍浦镇. Take your post now and answer: {link}"))
                .isEqualTo("Warning for 乍浦镇. Take your post now and answer: press 1");
        assertThat(Spoken.of("Answer {link} now")).isEqualTo("Answer, press 1 now");
    }

    @Test
    void a_loudspeaker_says_neither_link_nor_key() {
        assertThat(Spoken.aloud("请立即到岗并应答 {link}")).isEqualTo("请立即到岗并应答，请看手机");
        assertThat(Spoken.aloud("Take your post now and answer: {link}"))
                .isEqualTo("Take your post now and answer: by your phone");
        assertThat(Spoken.aloud("乍浦镇解除")).isEqualTo("乍浦镇解除");
    }

    @Test
    void a_text_without_a_link_is_said_as_it_is() {
        assertThat(Spoken.of("乍浦镇解除")).isEqualTo("乍浦镇解除");
    }
}
