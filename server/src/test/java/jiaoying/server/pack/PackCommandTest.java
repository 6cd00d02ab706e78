package jiaoying.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PackCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_good_pack_ends_with_0_and_its_digest() {
        assertThat(run("check", "../packs/call-and-answer")).isZero();
        assertThat(out.toString()).startsWith("call-and-answer 1.1 (plan, draft): good, SHA-256 ");
    }

    @Test
    void a_faulty_pack_ends_with_1_and_its_problems(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("pack.yaml"), "kind: criteria\n");
        assertThat(run("check", dir.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("pack.yaml:1:1: found no \"version\", expected the key \"version\"", "problems");
        assertThat(run(Texts.ZH, "check", dir.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("pack.yaml:1:1：没有“version”；应为：键“version”", "问题 ");
        assertThat(run("check", "--json", dir.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("{\"problems\":[{\"file\":");
    }

    @Test
    void no_folder_ends_with_2() {
        assertThat(run("check", "../packs/none")).isEqualTo(2);
        assertThat(err.toString()).startsWith("No folder ../packs/none. Name a pack's folder");
    }

    private int run(String... args) {
        return run(Texts.EN, args);
    }

    private int run(Texts texts, String... args) {
        return new CommandLine(new PackCommand(texts), new Factory(texts))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private record Factory(Texts texts) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == PackCommand.Check.class
                    ? type.cast(new PackCommand.Check(texts))
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
