package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.replay.SampleCity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody is erased (删除个人信息) from the whole server, and the proof stays whole. */
class ErasureTest {
    private static final Path CITY = Path.of("../samples/pinghu");

    @TempDir
    Path folder;

    @Test
    void who_is_erased_is_gone_from_screens_and_tables_and_the_ledger_still_verifies() throws Exception {
        var data = folder.resolve("data");
        JsonNode somebody;
        try (var wiring = wiring(data)) {
            wiring.start();
            var officer = new Visitor(wiring.address());
            var link = wiring.signInLink();
            officer.post("/api/session/link", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}");
            officer.post(
                    "/api/acts/enter-signal",
                    "{\"hazard\":\"rainstorm\",\"area\":\"330482101\",\"color\":\"red\",\"source\":\"电话\",\"text\":\"\"}");
            somebody = officer.get("/api/watch").json().path("silent").get(0);
            var callee = "/api/callees/" + somebody.path("order").asString() + "/" + person(somebody);
            assertThat(officer.get("/api/watch").body()).contains(name(somebody));
            assertThat(officer.get(callee).body()).contains(name(somebody));

            var erased = officer.post("/api/acts/erase-person", "{\"person\":\"" + person(somebody) + "\"}");
            assertThat(erased.status()).as(erased.body()).isEqualTo(200);
            for (var path : new String[] {"/api/watch", "/api/watch/text", callee}) {
                assertThat(officer.get(path).status()).isEqualTo(200);
                assertThat(officer.get(path).body()).as(path).doesNotContain(name(somebody));
            }
            assertThat(officer.get("/api/watch").body()).contains(person(somebody));
        }
        try (var after = new Aftermath(data)) {
            assertThat(after.personal(person(somebody))).isEmpty();
            assertThat(after.mentions(name(somebody))).isEmpty();
            assertThat(after.verified()).isInstanceOf(Verdict.Verified.class);
            assertThat(after.changedByRebuild()).isEmpty();
            assertThat(after.personal(person(somebody))).isEmpty();
            assertThat(after.mentions(name(somebody))).isEmpty();
        }
    }

    private static String name(JsonNode row) {
        return row.path("name").asString();
    }

    private static String person(JsonNode row) {
        return row.path("person").asString();
    }

    /** A real room: only there is a first account that may erase. */
    private static Wiring wiring(Path data) throws Exception {
        var stage = new BareStage(
                BareStage.settings(Aftermath.ROOM, "平湖（示例）", false),
                SampleCity.read(CITY).rows(),
                Optional.of(CITY.resolve("areas.geojson")),
                List.of());
        var options = new RunOptions(
                DataDirectory.openOrCreate(data, DataDirectory.Kind.REAL),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                1,
                "en");
        return new Wiring(options, stage);
    }
}
