package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Arrival;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.replay.SampleCity;
import jiaoying.server.store.AccountStore;
import jiaoying.server.store.Credentials.AccountRow;
import jiaoying.server.store.Database;
import jiaoying.server.store.Rooms;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server over a real database in a directory of its own. */
class WiringTest {
    @TempDir
    Path folder;

    @Test
    void trunks_with_fewer_lines_than_the_plan_reckons_with_are_a_finding() {
        var plan = PlanChoice.asked(jiaoying.server.pack.PackLibrary.USUAL_PLAN)
                .read()
                .plan("zh-CN");
        int planned = plan.trunk().orElseThrow().lines();
        assertThat(Wiring.fewLines(planned - 1, plan))
                .contains(new jiaoying.server.page.RoomInfo.Finding("lines-few", (planned - 1) + "/" + planned));
        assertThat(Wiring.fewLines(planned, plan)).isEmpty();
        assertThat(Wiring.fewLines(0, plan)).as("nobody says").isEmpty();
    }

    @Test
    void a_new_demo_starts_signs_in_by_link_takes_a_signal_and_comes_back_after_a_crash() throws Exception {
        var data = folder.resolve("data");
        var wiring = started(data);
        var visitor = new Visitor(wiring.address());
        assertThat(visitor.get("/api/health").json().path("status").asString()).isEqualTo("UP");
        assertThat(data.resolve("tmp"))
                .as("what the web server keeps while it runs")
                .isDirectoryRecursivelyContaining("glob:**/jiaoying-run-*/work")
                .isDirectoryRecursivelyContaining("glob:**/jiaoying-run-*/pages");
        signIn(visitor, wiring);
        assertThat(visitor.get("/api/me").json().path("room").path("demo").asBoolean())
                .isTrue();
        var watch = visitor.get("/api/watch").json();
        assertThat(watch.path("areas").size()).isEqualTo(10);
        assertThat(watch.path("stations").size()).isGreaterThan(10);
        assertThat(watch.path("restarted").isNull()).isTrue();
        assertThat(visitor.get("/api/map").json().path("features").size()).isEqualTo(10);

        assertThat(visitor.get("/api/items?lang=en").json().path("total").asInt(-1))
                .as("no programme has an item yet")
                .isZero();
        assertThat(visitor.get("/api/programmes").json().size()).isEqualTo(3);
        var opened = visitor.post("/api/acts/open-item", """
                {"programme":"hazards","kind":"hazard","fields":[{"field":"town","value":"330482101"}]}""");
        assertThat(opened.body())
                .as("the account holds no role of the programme")
                .contains("item-not-your-role");
        var report = "/api/programmes/hazards/report?from=2026-01-01&as_of=2026-12-31&to=";
        assertThat(visitor.get(report + "2026-12-31")
                        .json()
                        .path("text")
                        .path("zh-CN")
                        .asString())
                .contains("未销号0处");
        assertThat(visitor.get(report + "x").status()).isEqualTo(400);

        var entered = visitor.post("/api/acts/enter-signal", """
                {"hazard":"rainstorm","area":"330482101","color":"red","source":"电话","text":""}""");
        assertThat(entered.status()).isEqualTo(200);
        var red = visitor.get("/api/watch").json();
        assertThat(red.path("silent").size()).isGreaterThan(5);
        assertThat(visitor.get("/api/watch/text").body()).contains("未应答");
        assertThat(visitor.get("/api/watch/timeline").json().path("marks").size())
                .isGreaterThan(1);
        var first = red.path("silent").get(0);
        var callee = visitor.get("/api/callees/" + first.path("order").asString() + "/"
                + first.path("person").asString());
        assertThat(callee.json().path("attempts").size()).isPositive();
        assertThat(callee.header("Content-Type")).isEqualTo("application/json");
        wiring.close();
        assertThat(data.resolve("tmp")).isEmptyDirectory();
        assertThat(Files.exists(data.resolve("running"))).isFalse();

        Files.createFile(data.resolve("running"));
        var again = started(data);
        var back = new Visitor(again.address());
        assertThat(back.get("/api/me", "Cookie", "jiaoying-session=" + visitor.cookie("jiaoying-session"))
                        .status())
                .as("a session survives a restart")
                .isEqualTo(200);
        signIn(back, again);
        var restarted = back.get("/api/watch").json();
        assertThat(restarted.path("silent").size()).isEqualTo(red.path("silent").size());
        assertThat(restarted.path("restarted").path("lost").asInt(-1)).isZero();
        again.close();
    }

    /** As on a slow machine, where the pages take long to start. */
    private static void aMinuteEndsBeforeTheRoomIsTold(Path data) throws Exception {
        var room = BareStage.real(Optional.empty()).settings().room();
        try (var postgres = EmbeddedPostgres.start(data);
                var database = Database.open(
                        postgres.server().jdbcUrl(),
                        postgres.server().user(),
                        postgres.server().password())) {
            new Rooms(database).open(room, false, OpenRooms.keys(data, room), Instant.now());
        }
        try (var rooms = OpenRooms.open(DataDirectory.open(data), Optional.empty())) {
            rooms.put(room, new Arrival.MinuteEnded());
        }
    }

    @Test
    void a_room_calls_by_the_plan_it_was_told_also_after_a_restart_and_says_since_when() throws Exception {
        var data = folder.resolve("four");
        DataDirectory.openOrCreate(data, DataDirectory.Kind.DEMO).callBy(PlanChoice.asked("call-four-levels"));
        var wiring = started(data);
        var visitor = new Visitor(wiring.address());
        signIn(visitor, wiring);
        var chosen = planMarks(visitor);
        assertThat(chosen).hasSize(1).first().asString().contains("call-four-levels 1.0");
        wiring.close();

        var again = started(data);
        var back = new Visitor(again.address());
        signIn(back, again);
        assertThat(back.post("/api/acts/enter-signal", """
                {"hazard":"rainstorm","area":"330482101","color":"yellow","source":"电话","text":""}""").status()).isEqualTo(200);
        assertThat(back.get("/api/watch").json().path("silent").size())
                .as("the usual plan does not call for yellow")
                .isGreaterThan(5);
        assertThat(planMarks(back)).as("a restart changes nothing").isEqualTo(chosen);
        again.close();
    }

    private static List<String> planMarks(Visitor visitor) throws Exception {
        return visitor.get("/api/watch/timeline")
                .json()
                .path("marks")
                .valueStream()
                .map(mark ->
                        mark.path("at").asString() + " " + mark.path("text").asString())
                .filter(mark -> mark.contains("叫应预案"))
                .toList();
    }

    @Test
    void a_real_room_asks_for_carriers_and_for_its_own_boundaries_and_takes_them_while_it_runs() throws Exception {
        var data = folder.resolve("real");
        var options = new RunOptions(
                DataDirectory.openOrCreate(data, DataDirectory.Kind.REAL),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                1,
                "en");
        aMinuteEndsBeforeTheRoomIsTold(data);
        var wiring = new Wiring(options, BareStage.real(Optional.empty()));
        wiring.start();
        var visitor = new Visitor(wiring.address());
        signIn(visitor, wiring);
        assertThat(visitor.get("/api/warn")
                        .json()
                        .path("room")
                        .path("decide_within_s")
                        .asInt())
                .as("the room was told how it works")
                .isEqualTo(300);
        assertThat(findings(visitor.get("/api/watch").json()))
                .containsExactly("no-boundaries", "no-carrier text", "no-carrier voice", "no-carrier mail");
        var health = visitor.get("/api/health").json();
        assertThat(health.path("status").asString()).isEqualTo("UP");
        assertThat(findings(health)).containsExactly("no-carrier text", "no-carrier voice", "no-carrier mail");

        var city = surveyed(folder.resolve("city"));
        assertThat(register("import", Path.of("../samples/pinghu"), data))
                .as("a sketch is not taken for boundaries")
                .isEqualTo(1);
        assertThat(Files.exists(data.resolve("areas.geojson"))).isFalse();
        assertThat(register("import", city, data)).isZero();
        assertThat(findings(visitor.get("/api/watch").json())).doesNotContain("no-boundaries");
        var map = visitor.get("/api/map").json();
        assertThat(map.path("features").size()).isEqualTo(10);
        assertThat(map.path("schematic").asBoolean(true)).isFalse();

        var out = folder.resolve("out");
        assertThat(register("export", out, data)).isZero();
        assertThat(out.resolve("areas.geojson")).hasSameTextualContentAs(city.resolve("areas.geojson"));
        wiring.close();
        Files.writeString(city.resolve("bodies.csv"), "id,name_zh,name_en,kind,area\nX1,新单位,New,town,330482001\n");
        Files.delete(city.resolve("areas.geojson"));
        assertThat(register("import", city, data))
                .as("a stopped room takes it too")
                .isZero();
        Files.writeString(
                city.resolve("bodies.csv"),
                "id,name_zh,name_en,kind,area\nX2,新单位,New,town,330482001\nX3,新单位,New,town,999999\n");
        assertThat(register("import", city, data))
                .as("one fault, and nothing is imported")
                .isEqualTo(1);
        assertThat(register("export", out, data)).isZero();
        assertThat(Files.readString(out.resolve("bodies.csv"))).contains("X1").doesNotContain("X2");
    }

    @Test
    void a_person_of_a_real_room_gets_the_call_by_mail_and_answers_by_its_link() throws Exception {
        var post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        post.start();
        var data = DataDirectory.openOrCreate(folder.resolve("real"), DataDirectory.Kind.REAL);
        Files.writeString(
                data.path().resolve(Couriers.FILE),
                "mail.host=127.0.0.1\nmail.port=" + post.getSmtp().getPort()
                        + "\nmail.security=none\nmail.from=duty@pinghu.example\n");
        var options = new RunOptions(data, Optional.empty(), 0, false, Optional.empty(), 1, "en");
        var wiring = new Wiring(options, BareStage.real(Couriers.mail(data, java.util.Map.of())));
        wiring.start();
        var city = surveyed(folder.resolve("city"));
        var contacts = Files.readString(city.resolve("contacts.csv"));
        Files.writeString(
                city.resolve("contacts.csv"),
                contacts.replaceAll("(?m)^P\\d+,mail,.*\\R", "")
                        .replaceAll("(?m)^(P\\d+),text,.*$", "$1,mail,$1@village.example"));
        assertThat(register("import", city, data.path())).isZero();
        var visitor = new Visitor(wiring.address());
        signIn(visitor, wiring);
        assertThat(visitor.post("/api/acts/enter-signal", """
                {"hazard":"rainstorm","area":"330482101","color":"red","source":"电话","text":""}""").status()).isEqualTo(200);
        var silent = visitor.get("/api/watch").json().path("silent").size();
        assertThat(post.waitForIncomingEmail(30_000, silent)).isTrue();
        var mail = post.getReceivedMessages()[0];
        assertThat(mail.getSubject()).startsWith("【叫应】").contains("暴雨红色预警");
        var link = String.valueOf(mail.getContent()).replaceAll("(?s).*(/a/\\S+).*", "$1");
        assertThat(visitor.get(link).body()).contains("暴雨");
        assertThat(visitor.get("/api/health").json().path("couriers").asString())
                .isEqualTo("UP");
        wiring.close();
        post.stop();
    }

    /** The sample city as if its outlines had been surveyed. */
    private static Path surveyed(Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(Path.of("../samples/pinghu"))) {
            for (var file : files.filter(one -> !one.toString().endsWith(".md")).toList()) {
                var text = Files.readString(file);
                var name = file.getFileName().toString();
                Files.writeString(
                        to.resolve(name),
                        switch (name) {
                            case "areas.csv" -> text.replace(",true", ",false");
                            case "areas.geojson" -> text.replace("\"schematic\":true", "\"schematic\":false");
                            default -> text;
                        });
            }
        }
        return to;
    }

    private static int register(String what, Path place, Path data) {
        var said = new java.io.StringWriter();
        var out = new java.io.PrintWriter(said, true);
        return Jiaoying.execute(
                new String[] {"register", what, place.toString(), "--data", data.toString()},
                java.util.Map.of(),
                out,
                out);
    }

    private static List<String> findings(tools.jackson.databind.JsonNode json) {
        return json.path("findings")
                .valueStream()
                .map(one ->
                        (one.path("kind").asString() + " " + one.path("about").asString()).strip())
                .toList();
    }

    @Test
    void a_port_in_use_is_one_message_and_leaves_nothing_running() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var data = folder.resolve("data");
            var wiring = wiring(data, taken.getLocalPort());
            Assertions.assertThatThrownBy(wiring::start)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.said(Words.EN)).startsWith("Port "));
        }
    }

    @Test
    void the_database_keeps_credentials_as_promised() throws Exception {
        try (var postgres = EmbeddedPostgres.startThrowaway(folder.resolve("pg"));
                var db = Database.open(
                        postgres.server().jdbcUrl(),
                        postgres.server().user(),
                        postgres.server().password())) {
            credentialsOf(new AccountStore(db, "r"), new AccountStore(db, "other"));
        }
    }

    private static void credentialsOf(AccountStore store, AccountStore otherRoom) {
        var now = Instant.parse("2026-07-01T10:00:00Z");
        assertThat(store.addAccount("王", "h", List.of("town"), List.of("330482101")))
                .isTrue();
        assertThat(store.addAccount("王", "x", List.of(), List.of())).isFalse();
        assertThat(store.findAccount("王"))
                .contains(new AccountRow("王", "h", List.of("town"), List.of("330482101"), 0, Optional.empty(), false));
        assertThat(otherRoom.findAccount("王")).isEmpty();
        store.countFailure("王", 2, now);
        assertThat(store.findAccount("王").orElseThrow().failures()).isEqualTo(1);
        store.countFailure("王", 2, now);
        assertThat(store.findAccount("王").orElseThrow().lockedUntil()).contains(now);
        store.clearFailures("王");
        assertThat(store.findAccount("王").orElseThrow().lockedUntil()).isEmpty();
        store.setPassword("王", "h2");
        assertThat(store.findAccount("王").orElseThrow().hash()).isEqualTo("h2");

        store.addLink("l1", "王", now.plusSeconds(60));
        assertThat(otherRoom.useLink("l1", now)).isEmpty();
        assertThat(store.useLink("l1", now)).contains("王");
        assertThat(store.useLink("l1", now)).isEmpty();
        store.addLink("l2", "王", now);
        assertThat(store.useLink("l2", now)).isEmpty();

        store.addSession("s", "王", now);
        store.touchSession("s", now.plusSeconds(5));
        assertThat(store.findSession("s").orElseThrow().seenAt()).isEqualTo(now.plusSeconds(5));
        store.dropSessions(now.plusSeconds(5));
        assertThat(store.findSession("s")).isPresent();
        store.endSession("s");
        assertThat(store.findSession("s")).isEmpty();

        store.addDoor("gauges", "readings", "d", now);
        assertThat(store.findDoor("d").orElseThrow().source()).isEqualTo("gauges");
        assertThat(store.listDoors()).hasSize(1);
        assertThat(otherRoom.listDoors()).isEmpty();
    }

    private static void signIn(Visitor visitor, Wiring wiring) {
        var link = wiring.signInLink();
        var token = link.substring(link.indexOf('#') + 1);
        assertThat(visitor.post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static Wiring started(Path data) {
        var wiring = wiring(data, 0);
        wiring.start();
        return wiring;
    }

    private static Wiring wiring(Path data, int port) {
        var options = new RunOptions(
                DataDirectory.openOrCreate(data, DataDirectory.Kind.DEMO),
                Optional.empty(),
                port,
                false,
                Optional.empty(),
                1,
                "en");
        return new Wiring(options, sampleCity(Path.of("../samples/pinghu")));
    }

    private static BareStage sampleCity(Path folder) {
        try {
            var city = SampleCity.read(folder);
            return new BareStage(
                    BareStage.settings("pinghu", "平湖（示例）", true),
                    city.rows(),
                    Optional.of(folder.resolve("areas.geojson")),
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
