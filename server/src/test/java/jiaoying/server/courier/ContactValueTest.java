package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContactValueTest {
    @Test
    void an_address_is_hidden_in_any_case() {
        assertThat(ContactValue.hide("Li.Wei@Example.org", "550 <li.wei@EXAMPLE.ORG> no such user"))
                .isEqualTo("550 <…> no such user");
    }

    @Test
    void a_number_is_hidden_however_it_is_spaced() {
        assertThat(ContactValue.hide("13800000001", "138-0000-0001 and +86 138 0000 0001 and 13800000001 are busy"))
                .isEqualTo("… and +86 … and … are busy");
        assertThat(ContactValue.hide("+86 138 0000 0001", "8613800000001 is busy"))
                .isEqualTo("… is busy");
    }

    @Test
    void signs_of_the_pattern_language_are_plain_characters_and_no_contact_hides_nothing() {
        assertThat(ContactValue.hide("a.b(c", "axb(c A.B(C")).isEqualTo("axb(c …");
        assertThat(ContactValue.hide("", "as it is")).isEqualTo("as it is");
    }
}
