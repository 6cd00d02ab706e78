package jiaoying.server.door;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Deed;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.server.security.DoorTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** How the doors are (接入): stations heard, last messages, faults by kind, which sources have tokens. */
@RestController
public final class DoorsController {
    private static final int MOST_STATIONS = 2_000;

    private final Doors doors;
    private final DoorTokens tokens;
    private final FrontDoor front;
    private final Predicate<String> stationKnown;

    public DoorsController(Doors doors, DoorTokens tokens, FrontDoor front, Predicate<String> stationKnown) {
        this.doors = doors;
        this.tokens = tokens;
        this.front = front;
        this.stationKnown = stationKnown;
    }

    record Body(List<DoorBody> doors, List<TokenBody> tokens) {}

    record DoorBody(
            String door,
            String status,
            String where,
            int connections,
            long frames,
            @Nullable Instant lastAt,
            Map<String, Long> faults,
            long stationsHeard,
            List<StationBody> stations) {
        static DoorBody of(DoorHealth health, Predicate<String> known) {
            return new DoorBody(
                    health.door(),
                    health.open() ? "UP" : "DOWN",
                    health.where(),
                    health.connections(),
                    health.frames(),
                    health.lastAt().orElse(null),
                    health.faults(),
                    health.stations().size(),
                    health.stations().stream()
                            .limit(MOST_STATIONS)
                            .map(heard -> StationBody.of(heard, known))
                            .toList());
        }
    }

    /** @param driftS station's clock less ours, seconds */
    record StationBody(
            String address,
            @Nullable String station,
            Instant lastAt,
            long frames,
            long missing,
            @Nullable Long driftS,
            String voltage) {
        static StationBody of(DoorHealth.Station heard, Predicate<String> known) {
            return new StationBody(
                    heard.address(),
                    heard.station().filter(known).orElse(null),
                    heard.lastAt(),
                    heard.frames(),
                    heard.missing(),
                    heard.drift().map(Duration::toSeconds).orElse(null),
                    heard.voltage());
        }
    }

    record TokenBody(String source, String permission, Instant madeAt) {}

    record Asked(String station, String state) {}

    @GetMapping("/api/doors")
    Body doors() {
        return new Body(
                doors.healths().stream()
                        .map(health -> DoorBody.of(health, stationKnown))
                        .toList(),
                tokens.list().stream()
                        .map(row -> new TokenBody(row.source(), row.permission(), row.madeAt()))
                        .toList());
    }

    /** 校时: the station's clock is set at its next contact. The wish is a fact; so is the command when it leaves. */
    @PostMapping("/api/doors/stations/{station}/clock")
    ResponseEntity<Object> clock(
            @PathVariable String station,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var by = Caller.person().name();
        if (!stationKnown.test(station) || !doors.askClock(station, by)) {
            throw Problem.allowing(404, "station.unheard", station, Sentence.of("heard-station"));
        }
        front.note(by, new Deed.WriteNote(Texts.of(lang).say("station.clock-asked", station)));
        return ResponseEntity.accepted().body(new Asked(station, "waiting"));
    }
}
