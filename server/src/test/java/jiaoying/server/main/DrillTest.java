package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.json.JsonMapper;

/**
 * A drill with real processes, with {@code -Djiaoying.all=true}; {@code -Djiaoying.seed=N} sets the seed.
 */
class DrillTest {
    private static final long SEED = Long.getLong("jiaoying.seed", 1);
    private static final int KILLS = 8;
    private static final int PEOPLE = 20;

    /** Takes about a minute on a quiet machine, and many on a busy one. */
    @Test
    @EnabledIfSystemProperty(named = "jiaoying.all", matches = "true")
    void nothing_is_lost_when_program_and_database_are_killed() {
        var said = new StringWriter();
        var report = new StringWriter();
        int code = Jiaoying.execute(
                new String[] {"drill", "--people=" + PEOPLE, "--kills=" + KILLS, "--seed=" + SEED, "--json", "--lang=en"
                },
                Map.of(),
                new PrintWriter(report, true),
                new PrintWriter(said, true));
        System.out.printf(
                "To repeat: ./jiaoying drill --people %d --kills %d --seed %d --json%n%s%s%n",
                PEOPLE, KILLS, SEED, report, said);
        assertThat(code).as(said.toString()).isZero();
        var json = JsonMapper.shared().readTree(report.toString());
        assertThat(new TreeSet<>(json.propertyNames()))
                .isEqualTo(new TreeSet<>(Set.of(
                        "people",
                        "kills",
                        "kills_database",
                        "submitted",
                        "lost",
                        "doubled_with_key",
                        "doubled_without_key",
                        "ambiguous_flagged",
                        "answers_lost",
                        "submitted_after_answer",
                        "first_call_p99_ms",
                        "all_first_calls_s",
                        "escalation_lateness_p99_ms",
                        "ledger_verified",
                        "wall_s")));
        assertThat(json.path("kills").asInt()).isGreaterThanOrEqualTo(KILLS);
        assertThat(json.path("submitted").asInt()).isGreaterThan(PEOPLE);
        assertThat(json.path("lost").asInt()).isZero();
        assertThat(json.path("answers_lost").asInt()).isZero();
    }

    @Test
    void what_is_out_of_range_is_refused() {
        var said = new StringWriter();
        int code = Jiaoying.execute(
                new String[] {"drill", "--people=0", "--lang=en"},
                Map.of(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(said, true));
        assertThat(code).isEqualTo(Jiaoying.REFUSED);
        assertThat(said.toString()).contains("--people 0").contains("allowed");
    }
}
