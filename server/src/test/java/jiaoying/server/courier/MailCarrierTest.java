package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.FreePort;
import jiaoying.server.courier.MailServer.Login;
import jiaoying.server.courier.MailServer.Security;
import org.junit.jupiter.api.Test;

/** Over real SMTP on loopback: GreenMail where all goes well, a scripted server where it does not. */
class MailCarrierTest {
    private static final Instant NOW = Instant.parse("2026-07-01T18:17:00Z");
    private static final String TEXT = "【叫应】当湖街道暴雨红色预警（市气象台，02:17）。您负责：当湖街道。请立即到岗并应答 http://127.0.0.1:8573/a/abc";
    private static final String KEY = "1b4e28ba-2fa1-51d2-883f-0016d3cca427";

    private static Parcel parcel(String address) {
        return new Parcel(KEY, Channel.MAIL, Purpose.CALL, "P1", address, TEXT);
    }

    private static MailCarrier carrier(int port) {
        return carrier(port, Optional.empty());
    }

    private static MailCarrier carrier(int port, Optional<Login> login) {
        return new MailCarrier(
                new MailServer(
                        "127.0.0.1",
                        port,
                        Security.NONE,
                        "平湖防汛 <duty@pinghu.example>",
                        login,
                        2,
                        Duration.ofSeconds(20)),
                () -> NOW);
    }

    private static GreenMail greenMail() {
        return new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    @Test
    void a_mail_carries_the_chinese_text_the_link_and_the_key() throws Exception {
        var server = greenMail();
        server.start();
        try (var carrier = carrier(server.getSmtp().getPort())) {
            assertThat(carrier.submit(parcel("wang@village.example"))).isInstanceOf(Submission.Taken.class);
            var mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("【叫应】当湖街道暴雨红色预警（市气象台，02:17）");
            assertThat(String.valueOf(mail.getContent()).strip()).isEqualTo(TEXT);
            assertThat(mail.getMessageID()).isEqualTo("<" + KEY + "@pinghu.example>");
            assertThat(mail.getSentDate()).isEqualTo(Date.from(NOW));
            assertThat(mail.getFrom()[0])
                    .hasToString(mail.getFrom()[0].toString())
                    .satisfies(from -> assertThat(((jakarta.mail.internet.InternetAddress) from).getPersonal())
                            .isEqualTo("平湖防汛"));
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(carrier.trouble()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void many_mails_go_over_one_connection() throws Exception {
        try (var server = new ScriptedSmtp("250 ok", "250 ok", "354 go", "250 queued as 1", "220 hello");
                var carrier = carrier(server.port())) {
            for (int i = 0; i < 5; i++) {
                assertThat(carrier.submit(parcel("wang@village.example")))
                        .isEqualTo(new Submission.Taken("250 queued as 1"));
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_login_that_the_server_knows_is_used() throws Exception {
        var server = greenMail();
        server.setUser("duty@pinghu.example", "duty", "right");
        server.start();
        try (var carrier = carrier(server.getSmtp().getPort(), Optional.of(new Login("duty", "right")))) {
            assertThat(carrier.submit(parcel("wang@village.example"))).isInstanceOf(Submission.Taken.class);
        } finally {
            server.stop();
        }
    }

    @Test
    void a_wrong_password_is_trouble_that_names_no_password_and_a_mail_waits() throws Exception {
        var server = greenMail();
        server.setUser("duty@pinghu.example", "duty", "right");
        server.start();
        try (var carrier = carrier(server.getSmtp().getPort(), Optional.of(new Login("duty", "wrong-secret")))) {
            carrier.look();
            assertThat(carrier.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("535").doesNotContain("wrong-secret"));
            assertThat(carrier.submit(parcel("wang@village.example")))
                    .isInstanceOfSatisfying(
                            Submission.NotNow.class,
                            later -> assertThat(later.reason()).doesNotContain("wrong-secret"));
            server.setUser("duty@pinghu.example", "duty", "wrong-secret");
            carrier.look();
            assertThat(carrier.trouble()).isEmpty();
        } finally {
            server.stop();
        }
        assertThat(new Login("duty", "wrong-secret").toString()).doesNotContain("wrong-secret");
    }

    @Test
    void a_server_that_cannot_be_reached_is_tried_later() throws Exception {
        var free = FreePort.find();
        try (var carrier = carrier(free)) {
            assertThat(carrier.submit(parcel("wang@village.example"))).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.trouble()).isPresent();
        }
    }

    @Test
    void a_refusal_has_a_reason_without_the_persons_address() throws Exception {
        try (var server =
                        new ScriptedSmtp("250 ok", "550 5.1.1 <wang@village.example>: no such user", "", "", "220 hi");
                var carrier = carrier(server.port())) {
            assertThat(carrier.submit(parcel("wang@village.example")))
                    .isEqualTo(new Submission.Turned("550 5.1.1 <…>: no such user"));
        }
    }

    @Test
    void a_mail_refused_after_its_text_is_turned_and_one_that_is_put_off_goes_again() throws Exception {
        try (var server = new ScriptedSmtp("250 ok", "250 ok", "354 go", "554 5.7.1 spam", "220 hi");
                var carrier = carrier(server.port())) {
            assertThat(carrier.submit(parcel("wang@village.example")))
                    .isEqualTo(new Submission.Turned("554 5.7.1 spam"));
        }
        try (var server = new ScriptedSmtp("250 ok", "451 4.7.1 greylisted", "", "", "220 hi");
                var carrier = carrier(server.port())) {
            assertThat(carrier.submit(parcel("wang@village.example")))
                    .isEqualTo(new Submission.NotNow("451 4.7.1 greylisted"));
        }
    }

    @Test
    void a_line_lost_before_the_text_is_no_harm_and_after_it_nobody_knows() throws Exception {
        try (var server = new ScriptedSmtp("250 ok", ScriptedSmtp.HANGS_UP, "", "", "220 hi");
                var carrier = carrier(server.port())) {
            assertThat(carrier.submit(parcel("wang@village.example"))).isInstanceOf(Submission.NotNow.class);
        }
        try (var server = new ScriptedSmtp("250 ok", "250 ok", "354 go", ScriptedSmtp.HANGS_UP, "220 hi");
                var carrier = carrier(server.port())) {
            assertThatThrownBy(() -> carrier.submit(parcel("wang@village.example")))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("wang@village.example");
        }
    }

    @Test
    void an_address_that_is_none_is_turned_before_anything_is_sent() throws Exception {
        try (var carrier = carrier(1)) {
            for (var bad : List.of("wang", "a@b@c", "wang@village.example\r\nBcc: all@village.example", "")) {
                assertThat(carrier.submit(parcel(bad))).as(bad).isEqualTo(new Submission.Turned("not a mail address"));
            }
        }
    }

    @Test
    void encryption_that_is_asked_for_is_not_done_without() throws Exception {
        try (var server = new ScriptedSmtp("250 ok", "250 ok", "354 go", "250 queued", "220 hi");
                var carrier = new MailCarrier(
                        new MailServer(
                                "127.0.0.1",
                                server.port(),
                                Security.STARTTLS,
                                "duty@pinghu.example",
                                Optional.empty(),
                                1,
                                Duration.ofSeconds(20)),
                        () -> NOW)) {
            assertThat(carrier.submit(parcel("wang@village.example"))).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("STARTTLS"));
        }
    }

    @Test
    void a_subject_is_the_first_sentence_and_never_the_link() {
        assertThat(Mail.subject("请应答 http://x/a/1")).isEqualTo("请应答");
        assertThat(Mail.subject("Red warning. You answer for Danghu.")).isEqualTo("Red warning");
        assertThat(Mail.subject("雨".repeat(100))).hasSize(71).endsWith("…");
    }
}
