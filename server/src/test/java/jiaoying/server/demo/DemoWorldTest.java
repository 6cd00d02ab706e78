package jiaoying.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.replay.StormYaml;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.people.SimulatedPeople;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's world against a server that only writes down what comes to its doors. */
class DemoWorldTest {
    private static final Instant STORY = Instant.parse("2017-08-27T06:00:00Z");

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void a_storm_and_a_server() throws IOException {
        Files.writeString(folder.resolve("storm.yaml"), "name: small\nrain: {step_min: 5, zeros: kept}\n");
        Files.writeString(folder.resolve("stations.csv"), "id,name,lat,lon\na,A,30.5,120.5\n");
        Files.writeString(folder.resolve("rain.csv"), """
                end_time_utc,station,mm
                2017-08-26T05:00:00Z,a,9
                2017-08-27T05:00:00Z,a,1.5
                2017-08-27T06:05:00Z,a,2
                2017-08-27T06:10:00Z,a,0
                """);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("-");
            heard.add(exchange.getRequestURI() + " " + token + " " + body);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void stations_report_each_step_when_the_clock_comes_to_it() throws Exception {
        try (var world = world(0)) {
            start(world, List.of());
            assertThat(next())
                    .isEqualTo(
                            "/api/readings Bearer r {\"readings\":[{\"station\":\"a\",\"quantity\":\"rain\",\"value\":\"2.000\",\"unit\":\"mm\",\"observed_at\":\"2017-08-27T06:05:00Z\"}]}");
            assertThat(next()).contains("06:10:00Z").contains("\"0.000\"");
        }
    }

    @Test
    void a_report_is_sent_again_until_the_server_takes_it() throws Exception {
        status = 503;
        try (var world = world(0)) {
            start(world, List.of());
            assertThat(next()).contains("06:05:00Z");
            assertThat(next()).contains("06:05:00Z");
            status = 200;
            assertThat(nextOf("06:10:00Z")).contains("/api/readings");
        }
    }

    @Test
    void what_was_not_acknowledged_is_sent_after_a_restart_however_late_it_is() throws Exception {
        Files.writeString(folder.resolve("simulated-stations"), "2017-08-26T05:00:00Z\n");
        try (var world = world(0)) {
            start(world, List.of());
            assertThat(next()).contains("2017-08-26T05:00:00Z");
            assertThat(next()).contains("2017-08-27T05:00:00Z");
            assertThat(nextOf("06:10:00Z")).contains("/api/readings");
        }
    }

    @Test
    void a_new_room_begins_with_the_rain_of_the_day_before() throws Exception {
        try (var world = world(0)) {
            assertThat(world.history().readings())
                    .extracting(reading -> reading.observedAt().toString() + " " + reading.milli())
                    .containsExactly("2017-08-27T05:00:00Z 1500");
        }
    }

    @Test
    void the_office_answers_alerts_it_overhears_and_those_left_open_by_a_restart() throws Exception {
        try (var world = world(0)) {
            var open = new AlertView(
                    "T1-x",
                    "rainstorm",
                    "x",
                    SignalColor.ORANGE,
                    SignalColor.NONE,
                    STORY,
                    Optional.empty(),
                    "",
                    "",
                    Optional.empty(),
                    "test 1",
                    false,
                    List.of(),
                    "",
                    "");
            start(world, List.of(open));
            assertThat(nextOf("/api/signals"))
                    .startsWith(
                            "/api/signals Bearer s {\"source\":\"模拟气象台\",\"hazard\":\"rainstorm\",\"area\":\"x\",\"color\":\"orange\",\"text\":\"模拟气象台为乍浦镇发布暴雨橙色预警信号")
                    .endsWith("\"alert\":\"T1-x\"}");
            var raised = new ThresholdAlertRaised(
                    "T2-x",
                    "rainstorm",
                    "x",
                    SignalColor.NONE,
                    SignalColor.ORANGE,
                    "c",
                    false,
                    List.of(),
                    Optional.empty(),
                    "",
                    "");
            world.committed(1, STORY, List.of(raised), false, Set.of());
            assertThat(nextOf("/api/signals")).contains("\"color\":\"none\"").contains("T2-x");
        }
    }

    @Test
    void the_office_neither_lowers_nor_lifts_a_signal_it_did_not_issue_but_goes_above_it() throws Exception {
        try (var world = world(0)) {
            start(world, List.of());
            world.committed(
                    1,
                    STORY,
                    List.of(
                            signal("S1", "x", SignalColor.ORANGE, "市气象台电话"),
                            raised("T1", "x", SignalColor.YELLOW),
                            raised("T2", "x", SignalColor.NONE),
                            raised("T3", "x", SignalColor.RED)),
                    false,
                    Set.of());
            assertThat(nextOf("/api/signals")).contains("\"color\":\"red\"", "T3");
            world.committed(
                    2,
                    STORY,
                    List.of(
                            signal("S2", "y", SignalColor.RED, "市气象台电话"),
                            new SignalRetracted("S2", "officer", "误录"),
                            raised("T4", "y", SignalColor.YELLOW)),
                    false,
                    Set.of());
            assertThat(nextOf("/api/signals")).contains("\"color\":\"yellow\"", "T4");
        }
    }

    private static SignalIssued signal(String id, String area, SignalColor color, String source) {
        return new SignalIssued(id, "rainstorm", area, color, "issue", source, "officer", "", "", "", List.of());
    }

    private static ThresholdAlertRaised raised(String alert, String area, SignalColor color) {
        return new ThresholdAlertRaised(
                alert, "rainstorm", area, color, SignalColor.NONE, "c", false, List.of(), Optional.empty(), "", "");
    }

    @Test
    void receipts_come_to_the_carriers_door_and_a_person_presses_the_button_of_his_page() throws Exception {
        try (var world = world(1)) {
            start(world, List.of());
            var carriers = world.carriers();
            for (int i = 0; i < 20; i++) {
                var parcel = new Parcel(
                        "k" + i, Channel.TEXT, Purpose.CALL, "p" + i, "0000", "请应答 http://example.org/a/t.k" + i + "。");
                assertThat(carriers.getFirst().submit(parcel)).isInstanceOf(Submission.Taken.class);
            }
            assertThat(nextOf("/api/carriers/sim-text/events"))
                    .startsWith("/api/carriers/sim-text/events Bearer c {\"events\":[{\"event\":\"k");
            assertThat(nextOf("/a/t.k")).matches("/a/t\\.k\\d+ - act=received");
        }
    }

    @Test
    void a_visitor_reads_his_texts_and_picks_up_his_telephone_himself() throws Exception {
        try (var world = world(1)) {
            start(world, List.of());
            var voice = world.carriers().get(1);
            assertThat(voice.channels()).containsExactly(Channel.VOICE);
            voice.submit(new Parcel("v", Channel.VOICE, Purpose.CALL, "visitor", "0000", "您好"));
            var call = world.phone("visitor").getFirst();
            assertThat(call.ringing()).contains("v");
            assertThat(world.press("v", '1')).isTrue();
            assertThat(nextOf("CONFIRMED")).contains("/api/carriers/sim-voice/events Bearer v");
        }
    }

    @Test
    void a_demonstration_has_carriers_on_this_machine_only_mail_included() throws Exception {
        try (var world = world(0)) {
            assertThat(world.carriers()).extracting(Carrier::name).containsExactly("sim-text", "sim-voice", "sim-mail");
            assertThat(world.carriers()).allMatch(Carrier::loopback);
        }
        assertThatThrownBy(() -> new WireCarrier(Line.MAIL, URI.create("http://192.0.2.1/submit")))
                .hasMessage("carrier sim-mail: a demonstration reaches 127.0.0.1 only, not 192.0.2.1");
    }

    /** Six minutes of the story in a second. */
    private DemoWorld world(double answerRate) throws IOException {
        var people = new SimulatedPeople(1, answerRate, Set.of("visitor"), Set.of());
        return DemoWorld.prepare(
                StormYaml.read(folder), DemoClock.standing(STORY, Optional.empty(), 360), people, "P165", folder);
    }

    private void start(DemoWorld world, List<AlertView> open) {
        var tokens = new DemoWorld.Tokens("r", "s", Map.of("sim-text", "c", "sim-voice", "v", "sim-mail", "m"));
        world.start(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                tokens,
                List.of(new AreaRegistered("x", "乍浦镇", "Zhapu", "town", "", true)),
                open,
                List.of());
    }

    private String next() throws InterruptedException {
        return Optional.ofNullable(heard.poll(10, TimeUnit.SECONDS)).orElse("nothing");
    }

    private String nextOf(String part) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            var one = next();
            if (one.contains(part)) {
                return one;
            }
        }
        return "nothing with " + part;
    }
}
