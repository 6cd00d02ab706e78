package jiaoying.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jiaoying.server.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, real kills. The folders are below the temp directory, which a service user may enter. */
class EmbeddedPostgresTest {
    @TempDir
    Path temp;

    private Path data;
    private final List<Process> programs = new ArrayList<>();

    @BeforeEach
    void let_the_service_user_pass() throws Exception {
        data = temp.resolve("data");
        temp.toFile().setExecutable(true, false);
    }

    /** A program's database ends by itself a moment after it, and may write until then. */
    @AfterEach
    void end_programs() {
        for (var program : programs) {
            var databases = program.descendants().toList();
            program.destroyForcibly();
            databases.forEach(
                    one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        }
    }

    @Test
    void a_second_start_keeps_rows_and_settings_are_durable() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            execute(postgres.server(), "CREATE TABLE line (number bigint PRIMARY KEY, text text)");
            execute(postgres.server(), "INSERT INTO line VALUES (1, '平湖')");
        }
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(postgres.server(), "SELECT text FROM line")).isEqualTo("平湖");
            assertThat(ask(postgres.server(), settings("fsync", "full_page_writes", "synchronous_commit")))
                    .isEqualTo("on on on");
            assertThat(ask(postgres.server(), settings("data_checksums", "listen_addresses")))
                    .isEqualTo("on 127.0.0.1");
        }
        assertThat(EmbeddedPostgres.findLive(data)).isEmpty();
    }

    @Test
    void the_password_is_in_no_log_and_on_no_command_line() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            var password = postgres.server().password();

            assertThat(Files.readString(data.resolve("postgres.log"))).doesNotContain(password);
            assertThat(commandLine(serverPid())).contains("listen_addresses").doesNotContain(password);
            assertThat(postgres.server().toString()).doesNotContain(password);
            assertThat(data.resolve("postgres.password")).doesNotExist();
            assertThat(Files.getPosixFilePermissions(data.resolve("postgres.state")))
                    .hasSize(2);
        }
    }

    @Test
    void a_killed_server_keeps_every_acknowledged_row_and_is_started_again() throws Exception {
        var program = owner();
        await(() -> program.acknowledged() >= 200);

        var killed = serverPid();
        killTree(killed);
        await(() -> serverPid() != killed && live());
        var acknowledged = program.acknowledged();
        await(() -> program.acknowledged() > acknowledged);

        var server = EmbeddedPostgres.findLive(data).orElseThrow();
        assertThat(count(server)).isGreaterThanOrEqualTo(acknowledged);
        assertThat(ask(server, "SELECT count(*) = max(number) FROM line")).isEqualTo("t");
    }

    @Test
    void a_killed_program_takes_its_server_along_and_the_next_start_works() throws Exception {
        var program = owner();
        await(() -> program.acknowledged() >= 200);
        var server = ProcessStamp.find(serverPid()).orElseThrow();

        program.process().destroyForcibly().waitFor();
        var acknowledged = program.acknowledged();
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(server.alive()).isFalse();
            assertThat(count(postgres.server())).isGreaterThanOrEqualTo(acknowledged);
        }
    }

    @Test
    void a_second_program_is_told_who_has_the_data_directory() throws Exception {
        var program = owner();
        await(() -> program.acknowledged() >= 1);

        assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining(data + " (PID " + program.process().pid())
                .hasMessageContaining("to do: ");
        assertThat(program.process().isAlive()).isTrue();
    }

    @Test
    void a_second_start_in_the_same_program_is_refused_and_a_tool_joins() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data)).hasMessageContaining("in use");
            try (var joined = EmbeddedPostgres.joinOrStart(data)) {
                assertThat(joined.server()).isEqualTo(postgres.server());
            }
            assertThat(ask(postgres.server(), "SELECT 'still here'")).isEqualTo("still here");
        }
        try (var own = EmbeddedPostgres.joinOrStart(data)) {
            assertThat(ask(own.server(), "SELECT 'own'")).isEqualTo("own");
        }
    }

    @Test
    void another_server_on_the_same_port_is_not_mistaken_for_ours() throws Exception {
        try (var other = EmbeddedPostgres.startThrowaway(temp.resolve("other"))) {
            var taken = port(other.server());
            var ports = new ArrayDeque<>(List.of(taken, taken));
            try (var ours = EmbeddedPostgres.start(
                    data,
                    Binaries.defaultCache(),
                    Durability.THROWAWAY,
                    () -> ports.isEmpty() ? FreePort.find() : ports.pop())) {
                assertThat(port(ours.server())).isNotEqualTo(taken);
                assertThat(ask(ours.server(), "SHOW data_directory"))
                        .isEqualTo(data.resolve("postgres").toString());
            }
        }
        assertThat(temp.resolve("other/postgres")).doesNotExist();
    }

    @Test
    void a_lock_file_that_names_a_foreign_process_does_not_stop_the_start() throws Exception {
        EmbeddedPostgres.start(data).close();
        Files.writeString(
                data.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");

        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(postgres.server(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void what_cannot_start_says_why_and_leaves_nothing_behind() throws Exception {
        EmbeddedPostgres.start(data).close();
        var version = data.resolve("postgres/PG_VERSION");

        Files.writeString(version, "17\n");
        assertUnavailable("older version", "PG_VERSION says 17", "restore");
        Files.writeString(version, "19\n");
        assertUnavailable("newer version", "PG_VERSION says 19", "newer program");
        Files.writeString(version, "\u0001\n");
        assertUnavailable("no whole database", "PG_VERSION", "restore");
        Files.delete(version);
        assertUnavailable("no whole database", "missing", "restore");
        Files.writeString(version, "18\n");
        Files.write(data.resolve("postgres/global/pg_control"), new byte[8192]);
        assertUnavailable("may be damaged", "incompatible", "restore");
        Files.delete(data.resolve("postgres.state"));
        assertUnavailable("password", "postgres.state", "put the file back");

        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void damaged_tables_are_called_damage_and_not_a_wrong_password() throws Exception {
        EmbeddedPostgres.start(data).close();
        var whole = temp.resolve("whole");
        copy(data.resolve("postgres"), whole);
        emptyTables(data.resolve("postgres/base/5"));
        assertUnavailable("may be damaged", "could not open critical system index", "restore");
        Binaries.deleteTree(data.resolve("postgres"));
        copy(whole, data.resolve("postgres"));
        emptyTables(data.resolve("postgres/global"));
        assertUnavailable("may be damaged", "table of users is empty", "restore");
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_wrong_password_is_called_so() throws Exception {
        EmbeddedPostgres.start(data).close();
        StateFile.of(data).write(StateFile.State.ofPassword("another"));
        assertUnavailable("does not let us in", "password authentication failed", "put the file back");
    }

    @Test
    void a_data_directory_in_use_is_refused_before_anything_is_begun() throws Exception {
        Files.createDirectories(data);
        EmbeddedPostgres.refuseInUse(data);
        try (var lock = DataLock.tryTake(data).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> EmbeddedPostgres.refuseInUse(data)).hasMessageContaining("in use");
        }
        EmbeddedPostgres.refuseInUse(data);
    }

    private static void emptyTables(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(one -> one.getFileName().toString().matches("\\d+"))
                    .toList()) {
                Files.write(file, new byte[0]);
            }
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private void assertUnavailable(String what, String value, String todo) {
        var said = catchThrowableOfType(PostgresUnavailable.class, () -> EmbeddedPostgres.start(data));
        assertThat(said.what()).contains(what);
        assertThat(said.value()).contains(value);
        assertThat(said.todo()).contains(todo);
    }

    // --- programs

    private record Program(Process process, Path out) {
        /** The greatest number that was acknowledged; the last line may be cut by a kill. */
        long acknowledged() {
            try (var lines = Files.lines(out)) {
                return lines.filter(line -> line.matches("\\d+"))
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(0);
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
    }

    private Program owner() throws IOException {
        var out = temp.resolve("owner.out");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerProgram.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        programs.add(process);
        return new Program(process, out);
    }

    static void killTree(long postmaster) {
        var handle = ProcessHandle.of(postmaster).orElseThrow();
        var children = handle.children().toList();
        handle.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private long serverPid() {
        try {
            return StateFile.of(data)
                    .read()
                    .flatMap(StateFile.State::server)
                    .orElseThrow()
                    .pid();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private boolean live() {
        try {
            return EmbeddedPostgres.findLive(data).isPresent();
        } catch (PostgresUnavailable unavailable) {
            throw new AssertionError(unavailable);
        }
    }

    private static String commandLine(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    // --- SQL

    private static String settings(String... names) {
        return "SELECT concat_ws(' ', current_setting('" + String.join("'), current_setting('", names) + "'))";
    }

    private static long count(Server server) throws SQLException {
        return Long.parseLong(ask(server, "SELECT count(*) FROM line"));
    }

    private static Connection connect(Server server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    private static void execute(Server server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Server server, String sql) throws SQLException {
        try (var connection = connect(server);
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int port(Server server) {
        return Integer.parseInt(server.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    }
}
