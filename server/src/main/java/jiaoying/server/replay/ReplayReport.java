package jiaoying.server.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a replay. Names and order of the components are the JSON that others rely on; times are virtual times.
 *
 * @param levelChangesPerStation how often the level of a station would have changed if each decided alone
 * @param areaLevelChanges       how often the level of an area changed
 * @param wallS                  how long the replay took, the only figure that differs from run to run
 * @param setAside               arrivals that the room could not take; a fault of the program, not part of the JSON
 */
public record ReplayReport(
        Readings readings,
        List<Warning> warnings,
        double levelChangesPerStation,
        int areaLevelChanges,
        Calls calls,
        Ledger ledger,
        double wallS,
        @JsonIgnore List<String> setAside) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Everything was taken, nothing lost, and the ledger verifies. */
    boolean good() {
        return ledger.verified() && calls.lost() == 0 && setAside.isEmpty();
    }

    public String json() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /**
     * @param received every reading that the stations sent, with rows that could not be read
     * @param stored   those of them that the journal holds
     * @param suspect  those of them that were stored with a doubt
     */
    public record Readings(long received, long stored, long suspect) {}

    /** A warning signal. @param proposedAt when the threshold alert was raised that it answers */
    public record Warning(
            String hazard,
            String color,
            String area,
            String areaName,
            Instant proposedAt,
            Instant issuedAt,
            Optional<Instant> endedAt,
            List<Sum> basis) {}

    public record Sum(String station, int windowH, double sumMm, Instant at) {}

    /**
     * @param people               callees; one whose ladder was cut short by a stronger order counts there
     * @param attempts             calls planned, by any channel
     * @param answered             callees who answered in person
     * @param escalated            callees for whom somebody else was called, or who stood on the officer's list
     * @param unanswered           callees who did not answer in person; some of them were taken over
     * @param submittedAfterAnswer calls handed to a carrier although the callee's ladder had ended
     * @param lost                 planned calls with neither submission nor recorded reason
     * @param takenOver            callees for whom a deputy or superior answered
     */
    public record Calls(
            int orders,
            int people,
            int attempts,
            int answered,
            int escalated,
            int unanswered,
            int submittedAfterAnswer,
            int lost,
            int takenOver) {}

    public record Ledger(long facts, String head, boolean verified) {}
}
