package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import jiaoying.server.courier.Carrier;
import jiaoying.server.main.DataDirectory.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriersFileTest {
    @TempDir
    Path scratch;

    private List<Carrier> carriers(String text, Map<String, String> environment) throws IOException {
        var data = DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        Files.writeString(data.path().resolve(CarriersFile.NAME), text);
        return CarriersFile.carriers(data, environment);
    }

    private String refusal(String text, Words words) {
        var said = new StringBuilder();
        assertThatThrownBy(() -> carriers(text, Map.of()))
                .isInstanceOfSatisfying(Refusal.class, refusal -> said.append(refusal.said(words)));
        return said.toString();
    }

    @Test
    void a_room_without_the_file_has_no_carriers_of_its_own() {
        var data = DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        assertThat(CarriersFile.carriers(data, Map.of())).isEmpty();
    }

    @Test
    void a_demonstration_must_not_have_the_file() throws IOException {
        var data = DataDirectory.openOrCreate(scratch.resolve("demo"), Kind.DEMO);
        Files.writeString(data.path().resolve(CarriersFile.NAME), "carriers: []\n");
        assertThatThrownBy(() -> CarriersFile.carriers(data, Map.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.said(Words.ZH)).contains("演示"));
    }

    @Test
    void a_gateway_has_its_secret_from_a_file_or_from_the_environment() throws IOException {
        DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        var secret = scratch.resolve("room").resolve("cmcc.secret");
        Files.writeString(secret, "s3cret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var carriers = carriers("""
                carriers:
                  - {name: cmcc, kind: cmpp, host: 10.1.2.3, account: "901234", number: "106900123", secret_file: cmcc.secret}
                  - {name: cmcc-two, kind: cmpp, host: 10.1.2.4, account: "901235", number: "106900124", version: "2.0"}
                """, Map.of("JIAOYING_CMCC_TWO_SECRET", "other"));
        assertThat(carriers).extracting(Carrier::name).containsExactly("cmcc", "cmcc-two");
        assertThat(carriers).noneMatch(Carrier::loopback).noneMatch(Carrier::keepsKey);
    }

    @Test
    void platforms_and_robots_are_carriers_too() throws IOException {
        var carriers = carriers(
                """
                carriers:
                  - {name: platform, kind: webhook, url: "https://sms.example.cn/in", channels: [text, voice], weight: 30, caps: {"0573": 5}}
                  - {name: unicom, kind: smpp, host: 10.1.2.5, account: duty, number: "106550123"}
                  - {name: trunk, kind: sip, host: 10.1.2.6, user: "57388888888", local: 10.1.2.1, lines: 30}
                  - {name: horns, kind: mqtt, host: 10.1.2.7, told: horns/told}
                  - {name: ding, kind: dingtalk}
                  - {name: feishu, kind: feishu, url: "http://10.1.2.3:8080"}
                  - {name: wecom, kind: wecom}
                """,
                Map.of(
                        "JIAOYING_PLATFORM_SECRET",
                        "a",
                        "JIAOYING_UNICOM_SECRET",
                        "b",
                        "JIAOYING_DING_TOKEN",
                        "t",
                        "JIAOYING_FEISHU_TOKEN",
                        "h",
                        "JIAOYING_WECOM_TOKEN",
                        "k"));
        assertThat(carriers)
                .extracting(carrier -> carrier.name() + carrier.channels())
                .contains("ding[CHAT]", "feishu[CHAT]", "wecom[CHAT]", "horns[SPEAKER]");
        assertThat(carriers).extracting(Carrier::lines).containsExactly(0, 0, 30, 0, 0, 0, 0);
        assertThat(carriers.getFirst().terms().weight()).isEqualTo(30);
        assertThat(carriers.getFirst().terms().caps()).containsExactly(Map.entry("0573", 5));
        assertThat(carriers).noneMatch(Carrier::loopback);
        assertThat(refusal(
                        "carriers: [{name: a, kind: webhook, url: 'http://sms.example.cn', channels: [pigeon], caps: {x: 0}}]",
                        Words.EN))
                .contains("carriers[0].url", "pigeon", "carriers[0].caps.x");
    }

    @Test
    void all_that_is_wrong_is_said_at_once_in_the_users_language_and_no_secret_with_it() throws IOException {
        DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        var secret = scratch.resolve("room").resolve("open.secret");
        Files.writeString(secret, "s3cret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        var text = """
                carriers:
                  - {name: mail, kind: cmpp, host: "a b", port: 0, account: "9012345", number: x, secret_file: open.secret, windw: 3}
                """;
        assertThat(refusal(text, Words.EN))
                .contains("carriers[0].name: \"mail\"", "carriers[0].host", "1 to 65535", "carriers[0].account")
                .contains("carriers[0].number", "chmod 600", "carriers[0].windw", "window")
                .doesNotContain("s3cret");
        assertThat(refusal(text, Words.ZH)).contains("不能用；可以用：", "1 到 65535 的整数");
        assertThat(refusal("carriers: [{name: a, kind: pigeon}]", Words.EN)).contains("pigeon", "cmpp");
        assertThat(refusal("carriers: 3", Words.EN)).contains("a list");
        assertThat(refusal("carriers: [", Words.EN)).contains("carriers.yaml");
    }

    @Test
    void only_who_can_sing_takes_a_canary() throws IOException {
        var lines = carriers("""
                carriers:
                  - {name: trunk, kind: sip, host: 10.1.2.6, user: "57388888888", local: 10.1.2.1, canary: "13800000000"}
                """, Map.of());
        assertThat(lines.getFirst().terms().canary()).isEqualTo("13800000000");
        var hook =
                "carriers: [{name: a, kind: webhook, url: 'https://sms.example.cn', canary: '13800000000', secret_file: s}]";
        assertThat(refusal(hook, Words.EN)).contains("carriers[0].canary: \"13800000000\"", "leave the key out");
        assertThat(refusal(hook, Words.ZH)).contains("carriers[0].canary", "请删去这个键");
    }

    @Test
    void a_trunk_records_only_by_a_rule_and_for_so_many_days() throws IOException {
        var trunk =
                "carriers: [{name: trunk, kind: sip, host: 10.1.2.6, user: '57388888888', local: 10.1.2.1, recordings: %s}]";
        assertThat(carriers(trunk.formatted("{allowed_by: '值守办〔2026〕3 号', days: 90}"), Map.of()))
                .hasSize(1);
        assertThat(refusal(trunk.formatted("{days: 90}"), Words.EN))
                .contains("carriers[0].recordings.allowed_by", "the rule that allows recording");
        assertThat(refusal(trunk.formatted("{allowed_by: rule, day: 90}"), Words.ZH))
                .contains("carriers[0].recordings.days", "carriers[0].recordings.day：", "1 到 3660");
        assertThat(refusal(trunk.formatted("yes"), Words.EN)).contains("carriers[0].recordings");
    }
}
