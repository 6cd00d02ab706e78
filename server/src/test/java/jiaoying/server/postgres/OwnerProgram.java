package jiaoying.server.postgres;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A program of its own that owns a server, writes rows and says the number of each acknowledged one, until it is killed. */
final class OwnerProgram {
    private OwnerProgram() {}

    public static void main(String[] args) throws Exception {
        var began = System.nanoTime();
        try (var postgres = EmbeddedPostgres.start(Path.of(args[0]))) {
            System.out.println("started in " + (System.nanoTime() - began) / 1_000_000 + " ms");
            if (args.length == 1) {
                for (var next = 1L; ; next = write(postgres.server(), next)) {
                    Thread.sleep(1); // the server was killed: connect again
                }
            }
        } catch (PostgresUnavailable unavailable) {
            System.out.println(unavailable.getMessage());
        }
        System.out.println("ended after " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }

    /** Gives the first number that was not acknowledged. */
    private static long write(Server server, long first) {
        var number = first;
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS line (number bigint PRIMARY KEY, text text)");
            while (true) {
                statement.execute("INSERT INTO line VALUES (" + number + ", '叫应') ON CONFLICT DO NOTHING");
                System.out.println(number++);
            }
        } catch (SQLException gone) {
            return number;
        }
    }
}
