package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final String ERRAND = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

    @TempDir
    Path directory;

    @Test
    void a_directory_keeps_its_keys() {
        var first = Keys.ofDirectory(directory, "pinghu");
        var second = Keys.ofDirectory(directory, "pinghu");
        assertThat(second.publicKeyHex()).isEqualTo(first.publicKeyHex()).hasSize(64);
        assertThat(second.linkToken(ERRAND)).isEqualTo(first.linkToken(ERRAND));
        assertThat(Keys.ofDirectory(directory, "other").publicKeyHex()).isNotEqualTo(first.publicKeyHex());
    }

    @Test
    void only_the_servers_user_can_read_the_files() throws IOException {
        Keys.ofDirectory(directory, "pinghu");
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_file_that_others_can_read_is_refused() throws IOException {
        Keys.ofDirectory(directory, "pinghu");
        var file = directory.resolve("pinghu.sign");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Keys.ofDirectory(directory, "pinghu")).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void a_damaged_file_is_refused_and_not_replaced() throws IOException {
        Keys.ofDirectory(directory, "pinghu");
        Files.writeString(directory.resolve("pinghu.sign"), "half");
        assertThatThrownBy(() -> Keys.ofDirectory(directory, "pinghu")).hasMessageContaining("backup");
        assertThat(directory.resolve("pinghu.sign")).hasContent("half");
    }

    @Test
    void a_room_cannot_name_a_file_elsewhere() {
        assertThatThrownBy(() -> Keys.ofDirectory(directory, "../pinghu")).hasMessageContaining("../pinghu");
    }

    @Test
    void a_seed_gives_the_same_keys_again() {
        var keys = Keys.ofSeed(7, "pinghu");
        var again = Keys.ofSeed(7, "pinghu");
        assertThat(again.publicKeyHex()).isEqualTo(keys.publicKeyHex());
        assertThat(again.sign("head".getBytes(UTF_8))).isEqualTo(keys.sign("head".getBytes(UTF_8)));
        assertThat(again.linkToken(ERRAND)).isEqualTo(keys.linkToken(ERRAND));
        assertThat(again.personKey("p-1"))
                .isEqualTo(keys.personKey("p-1"))
                .hasSize(32)
                .isNotEqualTo(keys.personKey("p-2"))
                .isNotEqualTo(Keys.ofSeed(8, "pinghu").personKey("p-1"));
    }

    @Test
    void real_person_keys_are_drawn_afresh() {
        var keys = Keys.ofDirectory(directory, "pinghu");
        assertThat(keys.personKey("p-1")).hasSize(32).isNotEqualTo(keys.personKey("p-1"));
    }

    /** RFC 8032 section 7.1, tests 1 and 3. */
    @Test
    void keys_and_signatures_are_those_of_the_standard() throws IOException {
        seedIs("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        var first = Keys.ofDirectory(directory, "pinghu");
        assertThat(first.publicKeyHex()).isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(HexFormat.of().formatHex(first.sign(new byte[0])))
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                                + "d25bf5f0595bbe24655141438e7a100b");
        seedIs("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        assertThat(Keys.ofDirectory(directory, "pinghu").publicKeyHex())
                .isEqualTo("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    }

    private void seedIs(String hex) throws IOException {
        Keys.ofDirectory(directory, "pinghu");
        Files.writeString(directory.resolve("pinghu.sign"), hex);
    }

    @Test
    void a_link_fits_into_a_text_message_and_gives_the_errand_back() {
        var keys = Keys.ofSeed(1, "pinghu");
        var token = keys.linkToken(ERRAND);
        assertThat(token).hasSize(44).matches("[A-Za-z0-9_-]+");
        assertThat(keys.verifyLink(token)).contains(ERRAND);
    }

    @Test
    void a_key_that_is_no_uuid_makes_a_longer_link() {
        var keys = Keys.ofSeed(1, "pinghu");
        var errand = "o-1/p-17/1/text/1";
        assertThat(keys.verifyLink(keys.linkToken(errand))).contains(errand);
        assertThat(keys.verifyLink(keys.linkToken(ERRAND.toUpperCase(Locale.ROOT))))
                .contains(ERRAND.toUpperCase(Locale.ROOT));
    }

    @Test
    void a_link_changed_anywhere_or_of_another_room_opens_nothing() {
        var keys = Keys.ofSeed(1, "pinghu");
        var token = keys.linkToken(ERRAND);
        for (int i = 0; i < token.length(); i++) {
            for (var c : "AQgwBz09-_.~ ".toCharArray()) {
                var changed = token.substring(0, i) + c + token.substring(i + 1);
                assertThat(keys.verifyLink(changed).isPresent()).isEqualTo(changed.equals(token));
            }
            assertThat(keys.verifyLink(token.substring(0, i))).isEmpty();
        }
        assertThat(keys.verifyLink(token + "A")).isEmpty();
        assertThat(keys.verifyLink(token + "=")).isEmpty();
        assertThat(keys.verifyLink("A".repeat(10_000))).isEmpty();
        assertThat(Keys.ofSeed(1, "haiyan").verifyLink(token)).isEmpty();
    }
}
