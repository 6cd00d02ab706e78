package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import jiaoying.server.door.DoorHealth;
import jiaoying.server.page.RoomInfo.Finding;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the room works: asked by whoever watches the watcher, without sign-in. */
@RestController
public final class HealthController {
    private final Supplier<Health> health;
    private final Supplier<List<DoorHealth>> doors;

    public HealthController(Supplier<Health> health, Supplier<List<DoorHealth>> doors) {
        this.health = health;
        this.doors = doors;
    }

    /**
     * @param held     restored or copied, and waiting for an officer: nothing is sent
     * @param carriers by name, whether each can hand over and tells what became of what it took
     * @param forecast the loops by which forecasts are computed, {@code vector} or {@code plain}; {@code none}: the room has no ground
     * @param findings what somebody has to act on; a room that lacks a carrier is up all the same
     * @param copy     the continuous copy at another place; empty where none was asked for
     */
    public record Health(
            boolean database,
            boolean loop,
            boolean couriers,
            String room,
            boolean held,
            List<Finding> findings,
            Map<String, Boolean> carriers,
            String forecast,
            Optional<Copy> copy) {
        boolean up() {
            return database && loop && couriers;
        }
    }

    /**
     * @param status      UP, DOWN (does not go on at the moment) or STARTING (its first base is being made)
     * @param lossWindowS seconds of which the commits may be missing at the other place
     * @param baseAt      when its base was begun; a restore runs through the log from there
     */
    public record Copy(String status, double lossWindowS, Optional<Instant> baseAt) {}

    record Body(
            String status,
            String database,
            String loop,
            String couriers,
            String room,
            boolean held,
            List<Finding> findings,
            Map<String, String> carriers,
            Map<String, String> doors,
            String forecast,
            Optional<Copy> copy) {}

    @GetMapping("/api/health")
    ResponseEntity<Body> health() {
        var now = health.get();
        var body = new Body(
                word(now.up()),
                word(now.database()),
                word(now.loop()),
                word(now.couriers()),
                now.room(),
                now.held(),
                now.findings(),
                carriers(now),
                doors(),
                now.forecast(),
                now.copy());
        return ResponseEntity.status(now.up() ? 200 : 503).body(body);
    }

    private static Map<String, String> carriers(Health now) {
        var all = new TreeMap<String, String>();
        now.carriers().forEach((name, well) -> all.put(name, word(well)));
        return all;
    }

    /** Whether each door is open; what came in by it is for those who are signed in, {@code /api/doors}. */
    private Map<String, String> doors() {
        var all = new TreeMap<String, String>();
        doors.get()
                .forEach(door ->
                        all.merge(door.door(), word(door.open()), (one, other) -> one.equals("UP") ? other : one));
        return all;
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
