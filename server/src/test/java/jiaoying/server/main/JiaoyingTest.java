package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.reply.Texts;
import jiaoying.server.store.BackupFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class JiaoyingTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z]+) ");

    /** Commands that the script at the root carries out itself. */
    private static final List<String> OF_THE_SCRIPT = List.of("test", "bench");

    @TempDir
    Path scratch;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<Words> languages() {
        return Stream.of(Words.ZH, Words.EN);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void help_lists_exactly_the_commands_that_exist(Words words) {
        var exist = new TreeSet<String>();
        Jiaoying.commandLine(words).getSubcommands().forEach((name, line) -> {
            if (!line.getCommandSpec().usageMessage().hidden()) {
                exist.add(name);
            }
        });
        exist.addAll(OF_THE_SCRIPT);
        assertThat(LISTED.matcher(words.page()).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(exist);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_command_and_every_option_is_explained(Words words) {
        assertThat(unexplained(Jiaoying.commandLine(words), words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run --prot 3          | 不认识 --prot 3           | unknown: --prot 3
            run --port abc        | --port abc：应为整数      | --port abc: allowed is a whole number
            backup                | 缺少 FILE                 | missing: FILE
            frobnicate            | 不认识 frobnicate         | unknown: frobnicate
            replay X --answer-rate x | --answer-rate x：应为数 | --answer-rate x: allowed is a number
            """)
    void what_the_parser_refuses_is_said_in_the_users_language(String words, String zh, String en) {
        for (var lang : List.of("zh-CN", "en")) {
            var line = new ArrayList<>(List.of(words.split(" ")));
            line.addAll(List.of("--lang", lang));
            var code = Jiaoying.execute(
                    line.toArray(String[]::new), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
            assertThat(code).isEqualTo(2);
        }
        assertThat(err.toString()).contains(zh).contains(en);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void whatever_the_database_or_a_backup_lacks_is_said_in_the_users_language(Words words) {
        Stream.concat(
                        Stream.of(PostgresUnavailable.Reason.values()).map(reason -> "failed.database." + reason),
                        Stream.of(BackupFailed.Reason.values()).map(reason -> "failed.backup." + reason))
                .forEach(key -> {
                    var said = words.say(key, "/srv/x");
                    assertThat(said).as(key).contains("/srv/x").hasLineCount(3);
                    assertThat(said.codePoints().anyMatch(Character::isIdeographic))
                            .as(key)
                            .isEqualTo(words == Words.ZH);
                });
    }

    /** Without it a start in Chinese failed on machines that have no Chinese locale. */
    @Test
    void a_locale_that_is_named_but_not_installed_does_not_take_the_file_names_away() throws Exception {
        var script = new ProcessBuilder(
                        "bash", "-c", ". ./jiaoying --version && locale 2>&1 && echo $JIAOYING_LANGUAGE")
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true);
        script.environment().remove("LC_ALL");
        script.environment().put("LANG", "zh_ZZ.UTF-8");
        var running = script.start();
        var printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(printed).isZero();
        assertThat(printed).doesNotContain("Cannot set");
        assertThat(printed.strip().lines().toList()).last().isEqualTo("zh_ZZ.UTF-8");
    }

    @Test
    void a_restore_that_is_refused_and_a_ledger_that_is_wrong_are_said_in_both_languages() throws IOException {
        var file = Files.writeString(scratch.resolve("no.zip"), "no backup\n").toString();
        var target = scratch.resolve("new").toString();
        for (var lang : List.of("zh-CN", "en")) {
            assertThat(run("restore", file, "--data", target, "--lang", lang)).isEqualTo(2);
            assertThat(run("ledger", "verify", file, "--lang", lang)).isEqualTo(1);
        }
        assertThat(err.toString())
                .contains("这个文件不是本程序的备份：" + file, "办法：", "This file is no backup of this program: " + file, "to do: ");
        assertThat(out.toString()).contains("第 1 行：应为 ", "Line 1: expected ");
    }

    private int run(String... args) {
        return Jiaoying.execute(args, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static Stream<String> unexplained(CommandLine line, Words words) {
        var spec = line.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return Stream.empty();
        }
        var usage = spec.usageMessage();
        var itself = spec.parent() == null || explained(words, usage.header(), usage.description())
                ? Stream.<String>empty()
                : Stream.of(spec.qualifiedName());
        var arguments = spec.args().stream()
                .filter(arg -> !arg.hidden() && !explained(words, arg.description()))
                .map(arg -> spec.qualifiedName() + " " + arg.paramLabel());
        var below = line.getSubcommands().values().stream().flatMap(sub -> unexplained(sub, words));
        return Stream.of(itself, arguments, below).flatMap(it -> it);
    }

    private static boolean explained(Words words, String[]... texts) {
        var text = Stream.of(texts).flatMap(Stream::of).collect(Collectors.joining());
        return words == Words.ZH ? text.codePoints().anyMatch(Character::isIdeographic) : !text.isBlank();
    }

    @Test
    void every_text_is_there_in_chinese() {
        assertThat(Words.ZH.bundle().keySet()).containsAll(Words.EN.bundle().keySet());
    }

    @Test
    void english_texts_are_english_and_the_pages_have_the_same_texts_in_both_languages() {
        var help = Words.EN.bundle();
        assertThat(help.keySet())
                .allSatisfy(key -> assertThat(help.getString(key)).doesNotContainPattern("\\p{IsHan}"));
        assertThat(Texts.EN.keys())
                .isEqualTo(Texts.ZH.keys())
                .allSatisfy(key -> assertThat(Texts.EN.say(key)).doesNotContainPattern("\\p{IsHan}"));
    }

    @Test
    void the_language_is_the_one_asked_for_else_that_of_the_terminal() {
        assertThat(Words.of(new String[] {"run", "--lang", "en"}, Map.of("LANG", "zh_CN.UTF-8")))
                .isSameAs(Words.EN);
        assertThat(Words.of(new String[] {"--lang=zh-CN"}, Map.of())).isSameAs(Words.ZH);
        assertThat(Words.of(new String[] {}, Map.of("JIAOYING_LANGUAGE", "zh_ZZ.UTF-8", "LC_ALL", "C.UTF-8")))
                .isSameAs(Words.ZH);
        assertThat(Words.of(new String[] {"run"}, Map.of("LANG", "zh_CN.UTF-8")))
                .isSameAs(Words.ZH);
        assertThat(Words.of(new String[] {"run"}, Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "C")))
                .isSameAs(Words.EN);
    }

    @Test
    void a_broken_storm_is_named_and_leaves_no_data_directory() throws IOException {
        Files.writeString(scratch.resolve("storm.yaml"), "name: x\nrain: {step_min: 0, zeros: kept}\n");
        var data = scratch.resolve("data");
        assertThat(execute("run", "--port=0", "--storm=" + scratch, "--data=" + data, "--lang=zh-CN"))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("storm.yaml，键 rain.step_min：“0”不允许；允许：1 至 1440 的整数");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_language_without_texts_is_refused() {
        assertThat(execute("pack", "check", "../packs/call-and-answer", "--lang", "fr"))
                .isEqualTo(2);
        assertThat(execute("--lang=fr", "--help")).isEqualTo(2);
        assertThat(execute("--lang", "en-GB", "--version")).isZero();
        assertThat(execute("--lang=zh", "--version")).isZero();
    }

    @Test
    void a_wrong_option_is_refused_with_the_page_to_read() {
        assertThat(execute("run", "--prot", "80")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--prot")
                .contains("./jiaoying run --help")
                .doesNotContain("\tat ");
    }

    @Test
    void a_port_in_use_is_refused_before_anything_is_started() throws IOException {
        Files.createFile(scratch.resolve("storm.yaml"));
        var data = scratch.resolve("data");
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            var port = Integer.toString(taken.getLocalPort());
            assertThat(execute("run", "--port", port, "--data", data.toString(), "--storm", scratch.toString()))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .contains("Port " + port + " cannot be had")
                    .contains("--port");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void a_storm_that_is_not_there_is_refused_by_name() {
        assertThat(execute("run", "--storm", "nosuchstorm", "--port", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("nosuchstorm");
    }

    @Test
    void a_real_room_plays_no_storm() {
        assertThat(execute("run", "--empty", "--storm", "harvey2017")).isEqualTo(2);
        assertThat(err.toString()).contains("harvey2017");
    }

    private int execute(String... args) {
        return Jiaoying.execute(args, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
