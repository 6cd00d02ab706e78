package jiaoying.server.cap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.ViewStore;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is owed to webhooks: signals of a real ledger, sent to real web servers on this machine. */
class WebhookTest {
    private static final int GOOD = 204;
    private static final int BAD = 503;

    @TempDir
    Path data;

    private final TestHouse house = new TestHouse().furnished();
    private final Hook near = new Hook("near");
    private final Hook far = new Hook("far");
    private Optional<CapOut> out = Optional.empty();
    private Function<Long, Settings> settings = fact -> office(false);

    /** A webhook with the identifiers that it was sent, and what it answers. */
    private static final class Hook {
        private final HttpServer server;
        private final String name;
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private volatile int answer = GOOD;

        Hook(String name) {
            this.name = name;
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                asked.add(exchange.getRequestHeaders().getFirst("X-Jiaoying-Message"));
                exchange.sendResponseHeaders(answer, -1);
                exchange.close();
            });
            server.start();
        }

        CapSettings.Hook set() {
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            return new CapSettings.Hook(name, url, "tide");
        }
    }

    @BeforeEach
    void open() {
        out = Optional.of(desk().out(
                        data,
                        house.room,
                        house.db,
                        new CapDesk.Reading(this::signal, fact -> settings.apply(fact)),
                        house.clock)
                .orElseThrow());
        turn();
    }

    private CapDesk desk() {
        var set = new CapSettings.Out(
                "33048241600000",
                "33048241600000",
                "平湖市气象台",
                "Pinghu Weather Office",
                Duration.ofHours(24),
                true,
                List.of(near.set(), far.set()));
        var settings = new CapSettings(
                Optional.empty(), Duration.ofHours(24), false, List.of(), List.of(), List.of(), Optional.of(set));
        return new CapDesk(settings, WebhookTest::areas, () -> Sample.OUTLINES, false);
    }

    private static Map<String, AreaRegistered> areas() {
        var areas = new LinkedHashMap<String, AreaRegistered>();
        for (var town : List.of("T0", "T1", "T2")) {
            areas.put(town, new AreaRegistered(town, town, town, "town", "C", false));
        }
        return areas;
    }

    private static Settings office(boolean exercise) {
        return new Settings(
                "room",
                "平湖市气象台",
                Settings.Issuer.WEATHER_OFFICE,
                false,
                exercise,
                Duration.ofMinutes(5),
                Optional.empty(),
                "Asia/Shanghai");
    }

    private Optional<SignalView> signal(String id) {
        return new ViewStore(house.db)
                .find(
                        house.room,
                        new ViewKey("signal", id),
                        new Rooms(house.db).get(house.room).lastFact())
                .map(SignalView.class::cast);
    }

    private void signal(String town, SignalColor color) {
        house.clock.forward(Duration.ofSeconds(1));
        house.put(TestCity.signal(town, color));
        house.turn();
    }

    private void turn() {
        out.orElseThrow().turn();
    }

    private String feed() {
        return new String(
                out.orElseThrow().feed("http://here/feeds/cap.atom"), java.nio.charset.StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        out.ifPresent(CapOut::close);
        near.server.stop(0);
        far.server.stop(0);
        house.close();
    }

    @Test
    void a_webhook_that_fails_is_asked_again_in_order_and_the_other_is_not_kept_waiting() {
        far.answer = BAD;
        signal("T0", SignalColor.ORANGE);
        signal("T1", SignalColor.RED);
        turn();
        assertThat(near.asked).hasSize(2).doesNotHaveDuplicates();
        assertThat(far.asked).as("the second waits for the first").containsExactly(near.asked.getFirst());
        assertThat(out.orElseThrow().trouble()).contains("far").contains("503").doesNotContain("near");

        turn();
        assertThat(far.asked).as("it rests a while").hasSize(1);
        assertThat(out.orElseThrow().trouble()).contains("far");
        house.clock.forward(Duration.ofSeconds(5));
        turn();
        house.clock.forward(Duration.ofSeconds(5));
        turn();
        assertThat(far.asked)
                .as("longer the second time")
                .containsExactly(near.asked.getFirst(), near.asked.getFirst());

        far.answer = GOOD;
        house.clock.forward(Duration.ofSeconds(5));
        turn();
        assertThat(far.asked.subList(2, far.asked.size())).isEqualTo(near.asked);
        assertThat(near.asked).as("who took it is not asked again").hasSize(2);
        assertThat(out.orElseThrow().trouble()).isEmpty();
    }

    @Test
    void a_webhook_that_was_away_for_hours_in_a_busy_room_still_gets_what_is_in_force_and_not_what_is_over() {
        far.answer = BAD;
        signal("T0", SignalColor.ORANGE);
        for (var minute = 0; minute < 240; minute++) {
            turn();
            house.clock.forward(Duration.ofMinutes(5));
        }
        signal("T1", SignalColor.RED);
        far.answer = GOOD;
        house.clock.forward(Duration.ofMinutes(5));
        turn();
        assertThat(far.asked).endsWith(near.asked.getFirst(), near.asked.getLast());

        far.answer = BAD;
        signal("T2", SignalColor.RED);
        turn();
        var asked = far.asked.size();
        house.clock.forward(Duration.ofHours(24));
        far.answer = GOOD;
        turn();
        assertThat(far.asked).hasSize(asked);
        assertThat(out.orElseThrow().trouble()).isEmpty();
    }

    /** Each message of the feed by its status. */
    private List<String> statuses() {
        return near.asked.stream()
                .map(name -> (CapRead.Understood)
                        Cap.read(out.orElseThrow().find(name).orElseThrow()))
                .map(read -> read.alert().status().name())
                .toList();
    }

    @Test
    void what_was_issued_in_an_exercise_leaves_as_exercise_also_when_it_leaves_after_its_end() {
        signal("T0", SignalColor.RED);
        var exercise = new Rooms(house.db).get(house.room).lastFact();
        signal("T1", SignalColor.RED);
        settings = fact -> office(fact <= exercise);
        turn();
        assertThat(statuses()).containsExactly("EXERCISE", "ACTUAL");
    }

    @Test
    void what_is_owed_when_the_program_ends_is_sent_by_the_next_one() {
        near.answer = BAD;
        signal("T0", SignalColor.RED);
        turn();
        out.orElseThrow().close();
        open();
        assertThat(near.asked).hasSize(2).containsOnly(near.asked.getFirst());
        assertThat(far.asked).containsExactly(near.asked.getFirst());
    }

    @Test
    void a_room_that_is_held_sends_and_shows_nothing_new_before_it_is_released() {
        near.answer = BAD;
        signal("T0", SignalColor.RED);
        turn();
        var shown = feed();
        near.answer = GOOD;
        house.put(new Arrival.Restored("backup.zip"));
        signal("T1", SignalColor.RED);
        assertThat(new Rooms(house.db).get(house.room).held()).isTrue();
        turn();
        assertThat(near.asked).hasSize(1);
        assertThat(far.asked).hasSize(1);
        assertThat(feed()).isEqualTo(shown);

        house.put(new Arrival.Act("officer", new Deed.ReleaseRoom()));
        house.turn();
        house.clock.forward(Duration.ofSeconds(5));
        turn();
        assertThat(near.asked).hasSize(3);
        assertThat(far.asked).hasSize(2);
        assertThat(feed()).isNotEqualTo(shown);
    }
}
