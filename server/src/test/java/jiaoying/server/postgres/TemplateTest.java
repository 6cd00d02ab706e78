package jiaoying.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    private final AtomicInteger fillings = new AtomicInteger();

    @TempDir
    Path temp;

    @Test
    void copiesHoldWhatTheTemplateHoldsAndNothingOfEachOther() throws Exception {
        var template = Optional.of(new Template(temp.resolve("kept"), this::fill));

        try (var one = EmbeddedPostgres.startThrowaway(temp.resolve("one"), template);
                var two = EmbeddedPostgres.startThrowaway(temp.resolve("two"), template)) {
            run(one.server(), "insert into kept values (2)");

            assertThat(sum(one.server())).isEqualTo(3);
            assertThat(sum(two.server())).isEqualTo(1);
        }

        assertThat(fillings).hasValue(1);
        assertThat(temp.resolve("kept/postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aTemplateThatCannotBeReadIsNone() throws Exception {
        var kept = Files.createDirectory(temp.resolve("kept"));
        Files.writeString(kept.resolve("postgres.state"), "password=x\n");

        try (var postgres =
                EmbeddedPostgres.startThrowaway(temp.resolve("one"), Optional.of(new Template(kept, this::fill)))) {
            fill(postgres.server());

            assertThat(sum(postgres.server())).isEqualTo(1);
        }
    }

    @Test
    void aTemplateThatCannotBeKeptIsNone() throws Exception {
        var nowhere = Files.writeString(temp.resolve("file"), "").resolve("kept");

        try (var postgres =
                EmbeddedPostgres.startThrowaway(temp.resolve("one"), Optional.of(new Template(nowhere, this::fill)))) {
            fill(postgres.server());

            assertThat(sum(postgres.server())).isEqualTo(1);
        }
    }

    private void fill(Server server) {
        fillings.incrementAndGet();
        try {
            run(server, "create table kept (n int)");
            run(server, "insert into kept values (1)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(Server server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int sum(Server server) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement();
                var answer = statement.executeQuery("select sum(n) from kept")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
