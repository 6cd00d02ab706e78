package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import jiaoying.duty.ledger.Personal;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final String NAME = "王建国".repeat(20);

    private final MemoryPersonKeys keys = MemoryPersonKeys.ofSeed(1);
    private final Sealer sealer = new Sealer(keys);

    @Test
    void what_was_sealed_opens_with_the_persons_key() {
        var sealed = sealer.seal("1/fact/name", new Personal("p-1", NAME));
        assertThat(sealed).doesNotContain(NAME);
        assertThat(sealer.open("p-1", sealed)).isEqualTo(new Personal("p-1", NAME));
    }

    @Test
    void the_same_seed_gives_the_same_bytes_and_another_seed_gives_others() {
        var personal = new Personal("p-1", NAME);
        var again = new Sealer(MemoryPersonKeys.ofSeed(1));
        var other = new Sealer(MemoryPersonKeys.ofSeed(2));
        assertThat(again.seal("1/fact/name", personal)).isEqualTo(sealer.seal("1/fact/name", personal));
        assertThat(other.seal("1/fact/name", personal)).isNotEqualTo(sealer.seal("1/fact/name", personal));
    }

    @Test
    void after_erasure_everything_of_the_person_reads_as_blank_and_nothing_new_is_sealed() {
        var sealed = sealer.seal("1/fact/name", new Personal("p-1", NAME));
        keys.erase("p-1");
        assertThat(sealer.open("p-1", sealed)).isEqualTo(new Personal("p-1", ""));
        assertThat(sealer.seal("2/fact/name", new Personal("p-1", NAME))).isEmpty();
    }

    @Test
    void a_blank_text_needs_no_key() {
        assertThat(sealer.seal("1/fact/name", new Personal("p-9", ""))).isEmpty();
        assertThat(keys.find("p-9")).isEmpty();
        assertThat(sealer.open("p-9", "")).isEqualTo(new Personal("p-9", ""));
    }

    @Test
    void no_two_places_texts_or_people_share_a_nonce() {
        var nonces = new HashSet<String>();
        int made = 0;
        for (int person = 0; person < 20; person++) {
            for (int place = 0; place < 20; place++) {
                for (var text : new String[] {"王", "李", NAME}) {
                    var sealed = decoded(sealer.seal(place + "/fact/name", new Personal("p-" + person, text)));
                    nonces.add(Arrays.toString(Arrays.copyOf(sealed, 12)));
                    made++;
                }
            }
        }
        assertThat(nonces).hasSize(made);
    }

    @Test
    void different_people_never_share_a_key_stream() {
        var one = decoded(sealer.seal("1/fact/name", new Personal("p-1", "a".repeat(64))));
        var two = decoded(sealer.seal("1/fact/name", new Personal("p-2", "b".repeat(64))));
        int same = 0;
        for (int i = 12; i < 12 + 64; i++) {
            same += (one[i] ^ two[i]) == ('a' ^ 'b') ? 1 : 0;
        }
        assertThat(same).isLessThan(8);
    }

    @Test
    void a_number_given_out_again_after_a_rollback_brings_another_nonce_for_another_text() {
        var first = decoded(sealer.seal("17/fact/name", new Personal("p-1", "王建国")));
        var second = decoded(sealer.seal("17/fact/name", new Personal("p-1", "王建军")));
        assertThat(Arrays.copyOf(first, 12)).isNotEqualTo(Arrays.copyOf(second, 12));
    }

    @Test
    void a_damaged_text_is_told_and_not_read_as_something_else() {
        var bytes = decoded(sealer.seal("1/fact/name", new Personal("p-1", NAME)));
        for (int i = 0; i < bytes.length; i++) {
            var damaged = bytes.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> sealer.open("p-1", Base64.getEncoder().encodeToString(damaged)))
                    .hasMessageContaining("damaged");
        }
        assertThatThrownBy(() -> sealer.open("p-1", "AAAA")).hasMessageContaining("damaged");
    }

    private static byte[] decoded(String sealed) {
        return Base64.getDecoder().decode(sealed);
    }
}
