package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jiaoying.duty.errand.CarrierEvent.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"收到", "1", "R", "r", " 收到！", "１", "Ｒ", "收到，马上到", "已收到。", "1.", "收到\n张三"})
    void answers(String reply) {
        assertThat(ReplyWords.USUAL.kind(reply)).isEqualTo(Kind.CONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"没收到", "11", "收到吗", "TD", "", "？", "R2", "我不在，收到", "10086"})
    void answers_not(String reply) {
        assertThat(ReplyWords.USUAL.kind(reply)).isEqualTo(Kind.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "２", "到岗", "已到岗。", "到岗了，水位正常"})
    void says_that_he_is_in_place(String reply) {
        assertThat(ReplyWords.USUAL.kind(reply)).isEqualTo(Kind.IN_PLACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "不是本人", "非本人。", "９"})
    void says_that_it_is_somebody_else(String reply) {
        assertThat(ReplyWords.USUAL.kind(reply)).isEqualTo(Kind.NOT_ME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "Ok!"})
    void a_room_may_have_words_of_its_own(String reply) {
        assertThat(new ReplyWords(List.of("OK"), List.of(), List.of()).kind(reply))
                .isEqualTo(Kind.CONFIRMED);
        assertThat(ReplyWords.USUAL.kind(reply)).isEqualTo(Kind.DELIVERED);
    }
}
