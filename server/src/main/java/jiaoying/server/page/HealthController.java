package jiaoying.server.page;

import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the room works: asked by whoever watches the watcher, without sign-in. */
@RestController
public final class HealthController {
    private final Supplier<Health> health;

    public HealthController(Supplier<Health> health) {
        this.health = health;
    }

    /** @param held restored or copied, and waiting for an officer: nothing is sent */
    public record Health(boolean database, boolean loop, boolean couriers, String room, boolean held) {
        boolean up() {
            return database && loop && couriers;
        }
    }

    record Body(String status, String database, String loop, String couriers, String room, boolean held) {}

    @GetMapping("/api/health")
    ResponseEntity<Body> health() {
        var now = health.get();
        var body = new Body(
                word(now.up()), word(now.database()), word(now.loop()), word(now.couriers()), now.room(), now.held());
        return ResponseEntity.status(now.up() ? 200 : 503).body(body);
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
