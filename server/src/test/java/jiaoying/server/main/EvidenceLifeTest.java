package jiaoying.server.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.server.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A photo that was acknowledged outlives SIGKILL before its deed, and goes along in a backup, enciphered. */
@EnabledIfSystemProperty(named = "jiaoying.all", matches = "true")
class EvidenceLifeTest {
    private static final byte[] PHOTO = "\u00ff\u00d8\u00ff\u00e0a photo of the pump".getBytes(ISO_8859_1);

    @TempDir
    Path folder;

    @Test
    void killed_between_the_photo_and_its_deed_nothing_acknowledged_is_lost() throws Exception {
        var data = folder.resolve("data");
        var port = FreePort.find();
        String sha256;
        try (var program = Story.start(data, port).awaitUp()) {
            var kept = program.signIn().upload("/api/evidence", PHOTO);
            assertThat(kept.status()).as(kept.body()).isEqualTo(201);
            sha256 = kept.json().path("sha256").asString();
            program.kill();
        }
        try (var program = Story.start(data, port).awaitUp()) {
            var officer = program.signIn();
            var row = officer.get("/api/items").json().path("rows").get(0);
            var item = row.path("item").asString();
            var proved = officer.post("/api/acts/prove-item", """
                    {"item":"%s","proofs":[{"need":"photo_before","sha256":"%s","name":"pump.jpg","taken_at":"%s",\
                    "place":"%s"}]}""".formatted(
                            item,
                            sha256,
                            row.path("opened_at").asString(),
                            place(officer.get("/api/items/" + item).json())));
            assertThat(proved.status()).as(proved.body()).isEqualTo(200);
            assertThat(officer.get("/api/items/" + item + "/evidence/" + sha256).bytes())
                    .isEqualTo(PHOTO);
            var trace = officer.get("/api/items/" + item + "/trace.jsonl");
            var file = Files.write(folder.resolve("trace.jsonl"), trace.bytes());
            assertThat(trace.body()).contains(sha256, "\"item\":\"" + item + "\"");
            assertThat(Story.type("ledger", "verify", file.toString(), "--lang", "en"))
                    .contains("The trace is consistent", item);
            assertThat(officer.get("/api/items/" + item + "/trace.html").body()).contains("责任倒查", sha256);
            var backup = folder.resolve("backup.zip");
            Story.type("backup", backup.toString(), "--data", data.toString());
            try (var zip = new java.util.zip.ZipFile(backup.toFile())) {
                var files = zip.stream()
                        .filter(entry -> entry.getName().startsWith("files/evidence/"))
                        .toList();
                assertThat(files).hasSize(1);
                var content = new String(zip.getInputStream(files.getFirst()).readAllBytes(), ISO_8859_1);
                assertThat(content).doesNotContain("a photo of the pump");
            }
            assertThat(Files.isDirectory(data.resolve("evidence"))).isTrue();
            program.stop();
        }
    }

    private static String place(tools.jackson.databind.JsonNode whole) {
        return whole.path("fields")
                .valueStream()
                .filter(field -> field.path("id").asString().equals("place"))
                .findFirst()
                .orElseThrow()
                .path("value")
                .asString();
    }
}
