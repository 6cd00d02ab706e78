package jiaoying.server.cap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.Bulletin;
import jiaoying.server.cap.CapIntake.Taken;
import jiaoying.wire.cap.CapSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a message means here: hazard, colour, areas, trust. */
class CapIntakeTest {
    private final Sample sample = new Sample();

    private static CapSettings settings(boolean demand, List<CapSettings.Issuer> issuers) {
        return new CapSettings(
                Optional.empty(), Duration.ofHours(24), demand, issuers, List.of(), List.of(), Optional.empty());
    }

    private static CapIntake intake(CapSettings settings) {
        return new CapDesk(settings, Sample::areas, () -> Sample.OUTLINES, false).intake();
    }

    private Bulletin taken() {
        return taken(CapSettings.USUAL, sample.bytes());
    }

    private static Bulletin taken(CapSettings settings, byte[] message) {
        return intake(settings).take("feed", message) instanceof Taken.Understood understood
                ? understood.arrival().bulletin()
                : org.junit.jupiter.api.Assertions.fail("refused");
    }

    private List<String> areas(String area) {
        sample.area = area;
        return taken().meanings().getFirst().areas();
    }

    private static String code(String value) {
        return "<geocode><valueName>any</valueName><value>" + value + "</value></geocode>";
    }

    @Test
    void a_message_by_the_chinese_conventions_is_said_in_our_words() {
        var bulletin = taken();
        assertThat(bulletin.senderName()).isEqualTo("平湖市气象台");
        assertThat(bulletin.remarks()).isEmpty();
        assertThat(bulletin.meanings()).singleElement().satisfies(meaning -> {
            assertThat(meaning.hazard()).isEqualTo("rainstorm");
            assertThat(meaning.color()).isEqualTo(SignalColor.RED);
            assertThat(meaning.areas()).containsExactly("330482101");
        });
    }

    @Test
    void the_colour_of_the_title_counts_before_severity_and_that_is_said() {
        sample.headline = "平湖市气象台发布暴雨黄色预警信号";
        sample.severity = "Severe";
        var bulletin = taken();
        assertThat(bulletin.meanings().getFirst().color()).isEqualTo(SignalColor.YELLOW);
        assertThat(bulletin.remarks())
                .containsExactly(Bulletin.Remark.of("title-counts", "yellow", "severity Severe", "orange"));
    }

    @Test
    void the_last_colour_of_a_title_is_meant_and_without_any_severity_decides() {
        sample.headline = "暴雨橙色预警升级为红色";
        assertThat(taken().meanings().getFirst().color()).isEqualTo(SignalColor.RED);
        sample.headline = "Rain";
        sample.severity = "Minor";
        assertThat(taken().meanings().getFirst().color()).isEqualTo(SignalColor.BLUE);
        sample.headline = "解除暴雨红色预警信号";
        assertThat(taken().meanings().getFirst().color()).isEqualTo(SignalColor.NONE);
    }

    @Test
    void codes_mean_areas_of_the_register_also_with_zeros_behind_or_from_above() {
        assertThat(areas(code("330482101201"))).containsExactly("330482101201");
        assertThat(areas(code("330482101000"))).containsExactly("330482101");
        assertThat(areas(code("330482000000"))).containsExactly("330482");
        assertThat(areas(code("330400"))).containsExactly("330482");
        assertThat(areas(code("330000"))).containsExactly("330482");
        assertThat(areas(code("330100"))).isEmpty();
        assertThat(areas(code("330483"))).isEmpty();
        assertThat(areas(code("330482") + code("330482101")))
                .as("a part of what is named is not named again")
                .containsExactly("330482");
    }

    @Test
    void shapes_mean_the_areas_whose_middle_or_half_they_cover() {
        assertThat(areas("<polygon>30.6,121.0 30.6,121.1 30.68,121.1 30.68,121.0 30.6,121.0</polygon>"))
                .containsExactly("330482101");
        assertThat(areas("<polygon>30.5,120.9 30.5,121.2 30.9,121.2 30.9,120.9 30.5,120.9</polygon>"))
                .containsExactly("330482101", "330482102");
        assertThat(areas("<polygon>30.69,121.0 30.69,121.1 30.71,121.1 30.71,121.0 30.69,121.0</polygon>"))
                .as("a strip along a border means neither side")
                .isEmpty();
        assertThat(areas("<circle>30.75,121.05 0</circle>")).containsExactly("330482102");
        assertThat(areas("<circle>30.65,121.05 3</circle>")).containsExactly("330482101");
    }

    @Test
    void a_real_room_places_no_shape_by_a_sketch() {
        sample.area = "<circle>30.75,121.05 0</circle>";
        var sketch = Sample.OUTLINES.replace("\"code\":", "\"schematic\":true,\"code\":");
        var desk = new CapDesk(CapSettings.USUAL, Sample::areas, () -> sketch, false);
        assertThat(desk.intake().take("feed", sample.bytes()))
                .isInstanceOfSatisfying(
                        Taken.Understood.class,
                        understood -> assertThat(understood.arrival().bulletin().remarks())
                                .anyMatch(remark -> remark.kind().equals("no-boundaries")));
    }

    @Test
    void the_outline_that_we_write_of_an_area_is_read_as_that_area() {
        var places = new CapDesk(CapSettings.USUAL, Sample::areas, () -> Sample.OUTLINES, false).places();
        for (var code : List.of("330482101", "330482102")) {
            var said = places.polygons(code);
            assertThat(said)
                    .singleElement()
                    .satisfies(polygon -> assertThat(polygon.points()).hasSize(5));
            assertThat(areas("<polygon>" + said.getFirst() + "</polygon>")).containsExactly(code);
        }
        assertThat(places.polygons("330482"))
                .as("a city without an outline is that of its towns")
                .hasSize(2);
        assertThat(places.polygons("330482101201")).isEmpty();
        var sketch = Sample.OUTLINES.replace("\"code\":", "\"schematic\":true,\"code\":");
        assertThat(new CapDesk(CapSettings.USUAL, Sample::areas, () -> sketch, false)
                        .places()
                        .polygons("330482101"))
                .as("a real room publishes no sketch")
                .isEmpty();
    }

    @Test
    void what_is_effective_later_says_from_when() {
        assertThat(taken().meanings().getFirst().from()).isEqualTo("2026-07-01T02:00:00Z");
        sample.effective = "<effective>2026-07-01T13:00:00+08:00</effective>";
        assertThat(taken().meanings().getFirst().from()).isEqualTo("2026-07-01T05:00:00Z");
    }

    @Test
    void what_nobody_knows_is_kept_with_a_remark() {
        sample.event = "Ashfall";
        sample.headline = "Ash";
        var bulletin = taken();
        assertThat(bulletin.meanings()).isEmpty();
        assertThat(bulletin.remarks()).anyMatch(remark -> remark.values().contains("Ashfall"));
    }

    @Test
    void a_demanded_signature_is_looked_at_with_the_keys_of_that_sender_only() throws Exception {
        var office = pair();
        var other = pair();
        var signed = CapSignature.sign(sample.bytes(), office.getPrivate());
        var trusted =
                settings(true, List.of(new CapSettings.Issuer("office", sample.sender, office.getPublic(), false)));
        assertThat(taken(trusted, signed)).matches(Bulletin::trusted);
        assertThat(taken(trusted, signed).signature()).isEqualTo(Bulletin.Signature.GOOD);
        assertThat(taken(trusted, sample.bytes()).trusted()).isFalse();
        assertThat(taken(trusted, sample.bytes()).digest())
                .as("the signed copy says the same")
                .isEqualTo(taken(trusted, signed).digest());
        assertThat(taken(trusted, CapSignature.sign(sample.bytes(), other.getPrivate()))
                        .signature())
                .isEqualTo(Bulletin.Signature.UNKNOWN_KEY);
        var elsewhere = settings(true, List.of(new CapSettings.Issuer("office", "another", office.getPublic(), false)));
        assertThat(taken(elsewhere, signed).trusted()).isFalse();
    }

    @Test
    void sha_1_counts_only_for_the_issuer_of_whom_the_settings_say_so(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("office.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        var issuer = "in:\n  issuers:\n    - {name: office, key: office.pem, sha1: yes, sender: \"a@b\"}\n";
        Files.writeString(folder.resolve("cap.yaml"), issuer);
        assertThat(CapSettingsFile.read(folder).issuers())
                .singleElement()
                .matches(CapSettings.Issuer::sha1)
                .satisfies(it -> assertThat(it.sender()).isEqualTo("a@b"));
        Files.writeString(folder.resolve("cap.yaml"), issuer.replace(", sender: \"a@b\"", ""));
        assertThatThrownBy(() -> CapSettingsFile.read(folder)).hasMessageContaining("sender");
    }

    @Test
    void a_bad_signature_does_not_act_even_where_none_is_demanded() throws Exception {
        var office = pair();
        var signed = new String(
                CapSignature.sign(sample.bytes(), office.getPrivate()), java.nio.charset.StandardCharsets.UTF_8);
        var changed = signed.replace("红色", "蓝色").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var free = settings(false, List.of(new CapSettings.Issuer("office", "", office.getPublic(), false)));
        assertThat(taken(free, changed).signature()).isEqualTo(Bulletin.Signature.BAD);
        assertThat(taken(free, changed).trusted()).isFalse();
        assertThat(taken(free, sample.bytes()).trusted()).isTrue();
    }

    @Test
    void what_breaks_the_standard_is_refused_with_all_problems() {
        sample.status = "Real";
        sample.area = "<polygon>1,1 2,2</polygon>";
        assertThat(intake(CapSettings.USUAL).take("feed", sample.bytes()))
                .isInstanceOfSatisfying(
                        Taken.Refused.class,
                        refused -> assertThat(refused.findings()).hasSizeGreaterThan(1));
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        var pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(2048);
        return pairs.generateKeyPair();
    }
}
