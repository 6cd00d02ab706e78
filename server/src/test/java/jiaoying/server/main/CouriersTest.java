package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import jiaoying.server.courier.MailServer;
import jiaoying.server.courier.MailServer.Login;
import jiaoying.server.courier.MailServer.Security;
import jiaoying.server.main.DataDirectory.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouriersTest {
    @TempDir
    Path scratch;

    private Optional<MailServer> mail(String text, Map<String, String> environment) throws IOException {
        var data = DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        Files.writeString(data.path().resolve(Couriers.FILE), text);
        return Couriers.mail(data, environment);
    }

    private String refusal(String text, Map<String, String> environment) {
        var said = new StringBuilder();
        assertThatThrownBy(() -> mail(text, environment))
                .isInstanceOfSatisfying(Refusal.class, refusal -> said.append(refusal.said(Words.EN)));
        return said.toString();
    }

    private Path secret(String mode) throws IOException {
        var file = scratch.resolve("room").resolve("mail.password");
        DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        Files.writeString(file, "s3cret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @Test
    void a_room_without_the_file_has_no_mail_server() {
        var data = DataDirectory.openOrCreate(scratch.resolve("room"), Kind.REAL);
        assertThat(Couriers.mail(data, Map.of())).isEmpty();
    }

    @Test
    void what_is_not_said_has_the_usual_value() throws IOException {
        assertThat(mail("""
                # the city's mail server
                mail.host = smtp.pinghu.example
                mail.from = 平湖防汛 <duty@pinghu.example>
                """, Map.of()))
                .contains(new MailServer(
                        "smtp.pinghu.example",
                        587,
                        Security.STARTTLS,
                        "平湖防汛 <duty@pinghu.example>",
                        Optional.empty(),
                        2,
                        Duration.ofSeconds(20)));
    }

    @Test
    void the_password_comes_from_a_file_for_its_owner_only_or_from_the_environment() throws IOException {
        secret("rw-------");
        var text = "mail.host=h\nmail.from=a@b.example\nmail.security=tls\nmail.user=duty\n";
        assertThat(mail(text + "mail.password-file=mail.password\n", Map.of()).flatMap(MailServer::login))
                .contains(new Login("duty", "s3cret"));
        assertThat(mail(text, Map.of(Couriers.PASSWORD, "from-outside")).flatMap(MailServer::login))
                .contains(new Login("duty", "from-outside"));
        assertThat(refusal(text, Map.of())).contains("mail.password-file").contains(Couriers.PASSWORD);
    }

    @Test
    void a_password_file_that_others_can_read_is_refused() throws IOException {
        secret("rw-r-----");
        assertThat(refusal(
                        "mail.host=h\nmail.from=a@b.example\nmail.user=duty\nmail.password-file=mail.password\n",
                        Map.of()))
                .contains("chmod 600")
                .doesNotContain("s3cret");
    }

    @Test
    void everything_wrong_is_named_at_once_and_no_secret_is_repeated() {
        assertThat(refusal("""
                mail.hots = smtp.pinghu.example
                mail.password = s3cret
                mail.port = 70000
                mail.security = ssl
                mail.from = nobody
                mail.connections = 0
                """, Map.of()))
                .contains("line 1: \"mail.hots\"")
                .contains("line 2: \"mail.password\"")
                .contains("mail.host: ")
                .contains("mail.port: ")
                .contains("starttls, tls, none")
                .contains("mail.from: ")
                .contains("mail.connections: ")
                .doesNotContain("s3cret");
    }

    @Test
    void a_password_never_crosses_the_network_readable() throws IOException {
        var rest = "\nmail.from=a@b.example\nmail.security=none\nmail.user=duty\n";
        assertThat(refusal("mail.host=smtp.pinghu.example" + rest, Map.of(Couriers.PASSWORD, "p")))
                .contains("mail.security");
        assertThat(mail("mail.host=127.0.0.1" + rest, Map.of(Couriers.PASSWORD, "p")))
                .isPresent();
    }

    @Test
    void a_demonstration_has_no_mail_server() throws IOException {
        var data = DataDirectory.openOrCreate(scratch.resolve("demo"), Kind.DEMO);
        Files.writeString(data.path().resolve(Couriers.FILE), "mail.host=127.0.0.1\nmail.from=a@b.example\n");
        assertThatThrownBy(() -> Couriers.mail(data, Map.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.said(Words.EN)).contains("demo"));
    }
}
