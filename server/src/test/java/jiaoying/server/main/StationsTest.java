package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jiaoying.server.replay.SampleCity;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A telemetry station reports to the whole program, as docs/guide/zh-CN/stations.md tells a water bureau to point it. */
class StationsTest {
    private static final Path CITY = Path.of("../samples/pinghu");

    /** A real timed report: rain of 5 minutes 4.0 mm at 2020-07-24 17:23. */
    private static final byte[] REPORT = HexFormat.of()
            .parseHex("7E7E010010100001A00032002B02000C200724172349F1F1001010000148F0F020072417232019000130"
                    + "22190000403923000005503812126803" + "8397");

    @TempDir
    Path folder;

    @Test
    void a_station_reports_is_answered_and_is_shown() throws Exception {
        var data = folder.resolve("data");
        var directory = DataDirectory.openOrCreate(data, DataDirectory.Kind.DEMO);
        var city = SampleCity.read(CITY);
        var station = city.rows().stream()
                .filter(jiaoying.duty.station.StationFact.StationRegistered.class::isInstance)
                .map(row -> ((jiaoying.duty.station.StationFact.StationRegistered) row).station())
                .findFirst()
                .orElseThrow();
        Files.writeString(data.resolve("stations.yaml"), "stations:\n  \"0010100001\": " + station + "\n");
        var stage = new BareStage(
                BareStage.settings("pinghu", "平湖（示例）", true),
                city.rows(),
                Optional.of(CITY.resolve("areas.geojson")),
                List.of());
        var options =
                new RunOptions(directory, Optional.empty(), 0, false, Optional.empty(), 1, "en", OptionalInt.of(0));
        try (var wiring = new Wiring(options, stage)) {
            wiring.start();
            var visitor = new Visitor(wiring.address());
            assertThat(visitor.get("/api/doors").status()).isEqualTo(401);
            assertThat(visitor.get("/api/health")
                            .json()
                            .path("doors")
                            .path("sl651")
                            .asString())
                    .isEqualTo("UP");
            var link = wiring.signInLink();
            visitor.post("/api/session/link", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}");
            var where = door(visitor).path("where").asString();
            try (var socket = new Socket(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(where.substring(where.indexOf(':') + 1)))) {
                socket.getOutputStream().write(REPORT);
                var answer = (Frame) Frames.decode(socket.getInputStream().readNBytes(25));
                assertThat(answer.end()).isEqualTo(Control.EOT);
            }
            var door = door(visitor);
            assertThat(door.path("frames").asInt()).isEqualTo(1);
            assertThat(door.path("stations").path(0).path("station").asString()).isEqualTo(station);
            assertThat(door.path("stations").path(0).path("voltage").asString()).isEqualTo("12.68");
            assertThat(visitor.post("/api/doors/stations/" + station + "/clock", "{}")
                            .status())
                    .isEqualTo(202);
            assertThat(visitor.post("/api/doors/stations/nobody/clock", "{}").status())
                    .isEqualTo(404);
        }
    }

    private static tools.jackson.databind.JsonNode door(Visitor visitor) {
        for (var door : visitor.get("/api/doors").json().path("doors")) {
            if (door.path("door").asString().equals("sl651")) {
                return door;
            }
        }
        throw new AssertionError("no door for telemetry stations");
    }
}
