package jiaoying.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jiaoying.server.watch.Vigil.Call;
import jiaoying.server.watch.Vigil.Look;
import org.junit.jupiter.api.Test;

class VigilTest {
    private static final Instant START = Instant.parse("2026-06-01T03:00:00Z");

    private final Vigil vigil = new Vigil(START, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(10));

    private Optional<Call> down(int second) {
        return vigil.after(new Look(START.plusSeconds(second), false, "no route", Optional.empty()));
    }

    private Optional<Call> up(int second) {
        return vigil.after(new Look(START.plusSeconds(second), true, "", Optional.empty()));
    }

    @Test
    void thirty_seconds_without_up_are_an_alarm_that_is_raised_once_and_then_reminded() {
        var calls = new ArrayList<String>();
        for (int second = 0; second <= 700; second += 2) {
            int at = second;
            (second < 10 ? up(second) : down(second)).ifPresent(call -> calls.add(at + " " + call));
        }
        var since = START.plusSeconds(8);
        assertThat(calls)
                .containsExactly(
                        "38 " + new Call.Alarm(since, "no route", false),
                        "338 " + new Call.Alarm(since, "no route", true),
                        "638 " + new Call.Alarm(since, "no route", true));
    }

    @Test
    void a_short_silence_is_no_alarm() {
        for (int second = 0; second < 600; second += 2) {
            assertThat(second % 30 == 0 ? up(second) : down(second)).isEmpty();
        }
    }

    @Test
    void a_room_that_is_well_again_says_so_once() {
        assertThat(down(30)).isPresent();
        assertThat(up(60)).contains(new Call.Well(Duration.ofSeconds(60)));
        assertThat(up(62)).isEmpty();
        assertThat(down(91)).isEmpty();
        assertThat(down(92)).containsInstanceOf(Call.Alarm.class);
    }

    @Test
    void a_room_that_was_never_there_is_an_alarm_too() {
        assertThat(down(2)).isEmpty();
        assertThat(down(30)).contains(new Call.Alarm(START, "no route", false));
    }

    @Test
    void a_clock_that_jumps_is_said_each_time_it_does() {
        var calls = new ArrayList<Call>();
        for (var ahead : List.of(0, 3, 11, 12, 0, -40)) {
            var at = START.plusSeconds(calls.size());
            vigil.after(new Look(at, true, "", Optional.of(at.plusSeconds(ahead))))
                    .ifPresent(calls::add);
        }
        assertThat(calls)
                .containsExactly(
                        new Call.ClockDiffers(Duration.ofSeconds(11)), new Call.ClockDiffers(Duration.ofSeconds(-40)));
    }

    @Test
    void a_probe_sees_up_down_and_nothing() throws Exception {
        var status = new AtomicInteger(200);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/health", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var probe = new Probe(address, Duration.ofSeconds(20), InstantSource.fixed(START));
        assertThat(probe.look().up()).isTrue();
        assertThat(probe.look().clock()).isPresent();
        status.set(503);
        assertThat(probe.look()).satisfies(look -> {
            assertThat(look.up()).isFalse();
            assertThat(look.why()).startsWith("HTTP 503");
        });
        server.stop(0);
        assertThat(probe.look().up()).isFalse();
    }
}
