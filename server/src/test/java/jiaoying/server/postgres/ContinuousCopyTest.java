package jiaoying.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server whose machine is lost: its processes are killed, its data directory is deleted, and the copy is all there is. */
class ContinuousCopyTest {
    @TempDir
    Path temp;

    private Path data;
    private Path place;

    @BeforeEach
    void let_the_service_user_pass() throws IOException {
        data = temp.resolve("data");
        place = temp.resolve("elsewhere");
        temp.toFile().setExecutable(true, false);
    }

    @Test
    void what_was_committed_before_the_loss_window_is_in_the_copy() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            keep("keys/room.sign", "a key");
            execute(postgres.server(), "CREATE TABLE line (number bigint PRIMARY KEY)");
            var copy = copyOf(postgres);
            await(() -> copy.state().whole());
            insert(postgres.server(), 500);
            var committed = System.nanoTime();
            await(() -> covers(copy, committed));
            copy.close();
            EmbeddedPostgresTest.killTree(pid());
        }
        Binaries.deleteTree(data);

        var restored = temp.resolve("restored");
        CopyRestore.find(place).orElseThrow().build(restored);
        try (var postgres = EmbeddedPostgres.start(restored)) {
            assertThat(ask(postgres.server(), "SELECT count(*) || ' ' || max(number) FROM line"))
                    .isEqualTo("500 500");
        }
        assertThat(restored.resolve("keys/room.sign")).hasContent("a key");
    }

    @Test
    void a_copy_that_was_interrupted_goes_on_where_it_was() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            execute(postgres.server(), "CREATE TABLE line (number bigint PRIMARY KEY)");
            var first = copyOf(postgres);
            await(() -> first.state().whole());
            var base = Files.readString(place.resolve("COPY"));
            first.close();
            execute(postgres.server(), "INSERT INTO line VALUES (1)");
            var committed = System.nanoTime();
            var second = copyOf(postgres);
            await(() -> covers(second, committed));
            second.close();
            assertThat(place.resolve("COPY")).hasContent(base);
        }
        var restored = temp.resolve("restored");
        CopyRestore.find(place).orElseThrow().build(restored);
        try (var postgres = EmbeddedPostgres.start(restored)) {
            assertThat(ask(postgres.server(), "SELECT count(*) FROM line")).isEqualTo("1");
        }
    }

    @Test
    void when_asked_and_after_so_much_log_a_new_base_is_made_the_one_before_goes_and_a_restore_has_all()
            throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            execute(postgres.server(), "CREATE TABLE line (number bigint PRIMARY KEY)");
            try (var copy = ContinuousCopy.start(
                    data, postgres.server(), place, List.of(), InstantSource.system(), System::nanoTime, 48L << 20)) {
                await(() -> copy.state().whole());
                var first = bases();
                copy.renew();
                await(() -> bases().size() == 1 && !bases().equals(first));
                var second = bases();
                execute(
                        postgres.server(),
                        "CREATE TABLE much AS SELECT repeat('x', 900) FROM generate_series(1, 60000)");
                await(() -> bases().size() == 1
                        && !bases().equals(second)
                        && logBegins().equals(bases().getFirst()));
                insert(postgres.server(), 3);
                var committed = System.nanoTime();
                await(() -> covers(copy, committed));
            }
        }
        var restored = temp.resolve("restored");
        CopyRestore.find(place).orElseThrow().build(restored);
        try (var postgres = EmbeddedPostgres.start(restored)) {
            assertThat(ask(
                            postgres.server(),
                            "SELECT (SELECT count(*) FROM line) || ' ' || (SELECT count(*) FROM much)"))
                    .isEqualTo("3 60000");
        }
    }

    @Test
    void what_was_erased_is_in_no_byte_of_the_place_once_the_copy_was_renewed() throws Exception {
        var key = "the-key-of-a-person-who-goes";
        try (var postgres = EmbeddedPostgres.start(data)) {
            execute(postgres.server(), "CREATE TABLE person_key (person text PRIMARY KEY, key text)");
            execute(postgres.server(), "INSERT INTO person_key VALUES ('P', '" + key + "')");
            try (var copy = copyOf(postgres)) {
                await(() -> copy.state().whole());
                var first = bases();
                execute(postgres.server(), "UPDATE person_key SET key = NULL");
                assertThat(holding(key)).as("as long as nobody asks").isNotEmpty();
                execute(postgres.server(), "VACUUM FULL person_key");
                copy.renewUnlessYoungerThan(java.time.Instant.EPOCH);
                var committed = System.nanoTime();
                await(() -> covers(copy, committed));
                assertThat(bases()).as("it is younger").isEqualTo(first);
                copy.renewUnlessYoungerThan(InstantSource.system().instant());
                await(() -> bases().size() == 1 && !bases().equals(first));
                await(() -> holding(key).isEmpty());
            }
        }
    }

    private List<String> bases() {
        try (var entries = Files.list(place)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("base-"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Name of the base that begins with the first file of the log. */
    private String logBegins() {
        try {
            return "base-" + new CopyFolder(place).segments().getFirst().getFileName();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Path> holding(String text) {
        try (var files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        } catch (IOException | java.io.UncheckedIOException beingDeleted) {
            return List.of(place);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (java.nio.file.NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_place_that_is_away_is_said_and_the_window_grows() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            Files.writeString(place, "no folder");
            try (var copy = copyOf(postgres)) {
                await(() -> !copy.state().problem().isEmpty());
                var before = copy.state().window();
                await(() -> copy.state().window().compareTo(before) > 0);
                assertThat(copy.state().whole()).isFalse();
                Files.delete(place);
                await(() -> copy.state().whole() && copy.state().problem().isEmpty());
            }
        }
    }

    @Test
    void a_folder_with_something_else_is_not_written_into() throws Exception {
        Files.createDirectory(place);
        Files.writeString(place.resolve("holiday.jpg"), "a picture");
        try (var postgres = EmbeddedPostgres.start(data);
                var copy = copyOf(postgres)) {
            await(() -> copy.state().problem().contains("something else"));
            assertThat(Files.list(place).toList()).containsExactly(place.resolve("holiday.jpg"));
        }
    }

    private ContinuousCopy copyOf(EmbeddedPostgres postgres) {
        return ContinuousCopy.start(
                data, postgres.server(), place, List.of("keys"), InstantSource.system(), System::nanoTime);
    }

    /** The oldest commit that may be missing is younger than this moment. */
    private static boolean covers(ContinuousCopy copy, long moment) {
        var window = copy.state().window();
        return copy.state().whole() && window.compareTo(Duration.ofNanos(System.nanoTime() - moment)) < 0;
    }

    private void keep(String file, String text) throws IOException {
        Files.createDirectories(data.resolve(file).resolveSibling("."));
        Files.writeString(data.resolve(file), text);
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    }

    @SuppressWarnings("BusyWait") // another process tells us nothing
    private static void await(BooleanSupplier there) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("60 s").isNegative();
            Thread.sleep(20);
        }
    }

    private static Connection connect(Server server) throws SQLException {
        var signIn = new Properties();
        signIn.setProperty("user", server.user());
        signIn.setProperty("password", server.password());
        return DriverManager.getConnection(server.jdbcUrl(), signIn);
    }

    private static void execute(Server server, String statement) throws SQLException {
        try (var connection = connect(server);
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** So many rows, each committed for itself. */
    private static void insert(Server server, int rows) throws SQLException {
        try (var connection = connect(server);
                var run = connection.createStatement()) {
            for (var number = 1; number <= rows; number++) {
                run.execute("INSERT INTO line VALUES (" + number + ")");
            }
        }
    }

    private static String ask(Server server, String question) throws SQLException {
        try (var connection = connect(server);
                var answer = connection.createStatement().executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
