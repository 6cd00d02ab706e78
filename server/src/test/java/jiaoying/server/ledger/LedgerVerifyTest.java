package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.WarnFact;
import jiaoying.server.ledger.Verdict.Broken;
import jiaoying.server.ledger.Verdict.Verified;
import jiaoying.server.reply.Texts;
import jiaoying.server.store.Entry;
import jiaoying.server.store.FactJson;
import jiaoying.server.store.Keys;
import jiaoying.server.store.PersonKeys;
import org.junit.jupiter.api.Test;

class LedgerVerifyTest {
    private static final Instant AT = Instant.parse("2021-07-20T08:00:00Z");
    private static final Keys KEYS = Keys.ofSeed(1, "pinghu");

    private final Map<String, byte[]> personKeys = new HashMap<>();
    private final FactJson json = new FactJson(new PersonKeys() {
        @Override
        public Optional<byte[]> find(String person) {
            return Optional.ofNullable(personKeys.get(person));
        }

        @Override
        public Optional<byte[]> findOrMake(String person) {
            return Optional.of(personKeys.computeIfAbsent(person, KEYS::personKey));
        }
    });

    private final List<byte[]> entries = entries();
    private final byte[] file = exported(entries, KEYS);
    private final String head = verified(file, Anchor.NONE).head();

    private List<byte[]> entries() {
        var facts = List.<Fact>of(
                new RosterFact.PersonRegistered("p-1", new Personal("p-1", "王建国"), "b-1", "村主任", "village head"),
                new WarnFact.SignalIssued(
                        "s-1",
                        "rainstorm",
                        "330482001",
                        SignalColor.RED,
                        "issue",
                        "平湖市气象台",
                        "desk",
                        "3小时内降雨量将达100毫米以上",
                        "",
                        "",
                        List.of(new Basis("63401", Quantity.RAIN, 1, 62_000, AT))),
                new RoomFact.SoundArmed("li", true),
                new RoomFact.NoteWritten("li", "\"}\n{\"count\":1"));
        var entries = new ArrayList<byte[]>();
        for (var fact : facts) {
            long number = entries.size() + 1;
            entries.add(json.writeEntry(new Entry(number, 1 + number / 2, AT.plusSeconds(number / 2), fact)));
        }
        return entries;
    }

    private static byte[] exported(List<byte[]> entries, Keys keys) {
        var chained = new ArrayList<ChainedEntry>();
        var hash = Chain.genesis(LedgerForm.firstLine("pinghu", keys.publicKeyHex()));
        for (var entry : entries) {
            hash = Chain.next(hash, entry);
            chained.add(new ChainedEntry(entry, hash));
        }
        var out = new ByteArrayOutputStream();
        try {
            LedgerExport.write(out, "pinghu", keys.publicKeyHex(), chained.iterator(), keys::sign);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Verdict verdict(byte[] file, Anchor anchor) {
        try {
            return LedgerVerify.verify(new ByteArrayInputStream(file), anchor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verified verified(byte[] file, Anchor anchor) {
        assertThat(verdict(file, anchor)).isInstanceOf(Verified.class);
        return (Verified) verdict(file, anchor);
    }

    private static Broken broken(byte[] file, Anchor anchor) {
        assertThat(verdict(file, anchor)).isInstanceOf(Broken.class);
        return (Broken) verdict(file, anchor);
    }

    @Test
    void the_file_looks_as_documented() {
        var lines = new String(file, UTF_8).split("\n", -1);
        assertThat(lines).hasSize(entries.size() + 3);
        assertThat(lines[0])
                .isEqualTo("{\"jiaoying\":\"ledger\",\"v\":1,\"room\":\"pinghu\",\"hash\":\"SHA-256\",\"key\":\""
                        + KEYS.publicKeyHex() + "\"}");
        assertThat(lines[3])
                .matches(
                        "\\{\"hash\":\"[0-9a-f]{64}\",\"entry\":\\{\"n\":3,\"arrival\":2,\"at\":\"2021-07-20T08:00:01Z\","
                                + "\"kind\":\"SoundArmed\",\"v\":1,\"fact\":\\{\"by\":\"li\",\"armed\":true}}}");
        assertThat(lines[5]).matches("\\{\"count\":4,\"head\":\"[0-9a-f]{64}\",\"signature\":\"[0-9a-f]{128}\"}");
        assertThat(lines[6]).isEmpty();
    }

    @Test
    void the_example_in_the_document_is_a_ledger_file() throws IOException {
        var document = Files.readString(Path.of("../docs/ledger.md"));
        var example = document.split("```jsonl\n")[1].split("```")[0];
        assertThat(verified(example.getBytes(UTF_8), Anchor.NONE.withKey(KEYS.publicKeyHex()))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_whole_file_without_anything_from_outside_is_consistent_but_not_anchored() {
        assertThat(verified(file, Anchor.NONE))
                .isEqualTo(new Verified("pinghu", 4, head, KEYS.publicKeyHex(), 0, false));
    }

    @Test
    void the_outside_key_or_head_anchors_it() {
        assertThat(verified(file, Anchor.NONE.withKey(KEYS.publicKeyHex())).anchoredTo())
                .isEqualTo(4);
        assertThat(verified(file, Anchor.NONE.withHead(head)).anchoredTo()).isEqualTo(4);
        assertThat(verified(file, Anchor.NONE.withHead("4:" + head)).anchoredTo())
                .isEqualTo(4);
    }

    @Test
    void an_earlier_head_anchors_what_was_there_then() {
        var earlier =
                verified(exported(entries.subList(0, 2), KEYS), Anchor.NONE).head();
        assertThat(verified(file, Anchor.NONE.withHead("2:" + earlier)).anchoredTo())
                .isEqualTo(2);
        assertThat(verified(file, Anchor.NONE.withHead(earlier)))
                .isEqualTo(new Verified("pinghu", 4, head, KEYS.publicKeyHex(), 2, true));
        assertThat(broken(file, Anchor.NONE.withHead("3:" + earlier)).entry()).isEqualTo(3);
        assertThat(broken(file, Anchor.NONE.withHead("5:" + head)).found()).isEqualTo(Sentence.of("ledger-nowhere"));
    }

    @Test
    void a_ledger_without_entries_is_a_ledger() {
        assertThat(verified(exported(List.of(), KEYS), Anchor.NONE).count()).isZero();
    }

    @Test
    void a_file_forged_as_a_whole_is_found_by_the_outside_key_or_head() {
        var forged = exported(entries.subList(0, 3), Keys.ofSeed(2, "pinghu"));
        assertThat(verified(forged, Anchor.NONE).anchored()).isFalse();
        assertThat(broken(forged, Anchor.NONE.withKey(KEYS.publicKeyHex())).line())
                .isEqualTo(1);
        assertThat(broken(forged, Anchor.NONE.withHead(head)).expected().values())
                .contains(head);
    }

    @Test
    void a_chain_made_anew_under_the_rooms_key_lacks_its_signature() {
        var shorter = exported(entries.subList(0, 3), KEYS);
        var other = new String(exported(entries, KEYS), UTF_8);
        var signature = other.substring(other.lastIndexOf("\"signature\":\"") + 13, other.length() - 3);
        var text = new String(shorter, UTF_8);
        var forged = text.substring(0, text.lastIndexOf("\"signature\":\"") + 13) + signature + "\"}\n";
        assertThat(broken(forged.getBytes(UTF_8), Anchor.NONE).expected()).isEqualTo(Sentence.of("ledger-signature"));
    }

    @Test
    void every_bit_turned_over_is_found_and_the_first_bad_entry_named() {
        for (int i = 0; i < file.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                var changed = file.clone();
                changed[i] ^= (byte) (1 << bit);
                var found = broken(changed, Anchor.NONE);
                if (inEntryLine(i) && changed[i] != '\n') {
                    assertThat(found.line()).isEqualTo(lineOf(i));
                    assertThat(found.entry()).isEqualTo(lineOf(i) - 1);
                }
            }
        }
    }

    @Test
    void every_missing_byte_is_found() {
        for (int i = 0; i < file.length; i++) {
            assertThat(broken(spliced(i, 1, ""), Anchor.NONE).line()).isBetween(1L, lineOf(i) + 1);
        }
    }

    @Test
    void every_extra_byte_is_found() {
        for (int i = 0; i <= file.length; i++) {
            for (var extra : List.of(" ", "\n", "\r", "\t", "0", "a", "\"", "}", ",", "\0", "\ufeff")) {
                broken(spliced(i, 0, extra), Anchor.NONE);
            }
        }
    }

    @Test
    void an_empty_line_is_called_one() {
        for (int i = 0; i < file.length; i++) {
            if (i == 0 || file[i - 1] == '\n') {
                assertThat(broken(spliced(i, 0, "\n"), Anchor.NONE).found()).isEqualTo(Sentence.of("ledger-blank"));
            }
        }
    }

    @Test
    void every_truncation_is_found() {
        for (int length = 0; length < file.length; length++) {
            broken(Arrays.copyOf(file, length), Anchor.NONE);
        }
    }

    @Test
    void entries_cut_off_at_the_end_are_named_by_the_first_that_is_missing() {
        var lines = List.of(new String(file, UTF_8).split("(?<=\n)"));
        for (int kept = 0; kept < entries.size(); kept++) {
            var cut = String.join("", lines.subList(0, 1 + kept)) + lines.getLast();
            var bad = broken(cut.getBytes(UTF_8), Anchor.NONE);
            assertThat(bad.entry()).isEqualTo(kept + 1);
            assertThat(bad.expected()).isEqualTo(Sentence.of("ledger-entry-of", kept + 1, entries.size()));
        }
    }

    @Test
    void an_entry_in_which_the_file_ends_is_named() {
        var lines = List.of(new String(file, UTF_8).split("(?<=\n)"));
        var whole = String.join("", lines.subList(0, 3));
        assertThat(broken(whole.substring(0, whole.length() - 20).getBytes(UTF_8), Anchor.NONE)
                        .entry())
                .isEqualTo(2);
        assertThat(broken(Arrays.copyOf(file, file.length - 1), Anchor.NONE).entry())
                .isZero();
    }

    @Test
    void lines_removed_repeated_or_swapped_are_found() {
        var lines = List.of(new String(file, UTF_8).split("(?<=\n)"));
        for (int i = 0; i < lines.size(); i++) {
            var without = new ArrayList<>(lines);
            without.remove(i);
            brokenAt(without, i);
            var twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            brokenAt(twice, i + 1);
            for (int k = i + 1; k < lines.size(); k++) {
                var swapped = new ArrayList<>(lines);
                Collections.swap(swapped, i, k);
                brokenAt(swapped, i);
            }
        }
    }

    private static void brokenAt(List<String> lines, int index) {
        assertThat(broken(String.join("", lines).getBytes(UTF_8), Anchor.NONE).line())
                .isEqualTo(index + 1);
    }

    @Test
    void a_number_left_out_is_found_even_in_a_chain_that_holds() {
        assertThat(broken(exported(List.of(entries.get(0), entries.get(2)), KEYS), Anchor.NONE))
                .satisfies(bad -> assertThat(bad.entry()).isEqualTo(2))
                .satisfies(bad -> assertThat(bad.expected()).isEqualTo(Sentence.of("ledger-number", 2)));
    }

    @Test
    void times_and_arrivals_that_go_back_are_found_even_in_a_chain_that_holds() {
        chained(
                "{'n':1,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{}}",
                "{'n':2,'arrival':4,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{}}",
                "at least 5");
        chained(
                "{'n':1,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{}}",
                "{'n':2,'arrival':5,'at':'2021-07-20T07:59:59.999Z','kind':'K','v':1,'fact':{}}",
                "not before 2021-07-20T08:00:00Z");
    }

    @Test
    void an_entry_that_is_not_of_the_form_is_found_even_in_a_chain_that_holds() {
        var first = "{'n':1,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{}}";
        chained(first, "{'n':2,'arrival':5,'at':'yesterday','kind':'K','v':1,'fact':{}}", "such as 2026");
        chained(first, "{'n':2,'arrival':5,'kind':'K','v':1,'fact':{}}", "the field at");
        chained(
                first,
                "{'n':2,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{}}}",
                "one JSON object");
        chained(
                first,
                "{'n':2,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{'a':}}",
                "one JSON object");
        chained(
                first,
                "{'n':2,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{},'more':1}",
                "the end of the entry");
        chained(first, "{'n':2,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'\u00ff','v':1,'fact':{}}", "UTF-8");
    }

    @Test
    void broken_json_in_a_chain_that_holds_is_said_in_our_words_with_its_place_in_the_file() {
        var first = latin("{'n':1,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{}}");
        var second = "{'n':2,'arrival':5,'at':'2021-07-20T08:00:00Z','kind':'K','v':1,'fact':{'a':}}";
        var file = exported(List.of(first, latin(second)), KEYS);
        var column = new String(file, ISO_8859_1).split("\n")[2].indexOf("}}") + 1;
        assertThat(Texts.ZH.say(broken(file, Anchor.NONE).found())).isEqualTo("JSON 第 3 行第 " + column + " 列：“}”不能在这里");
    }

    /** Latin-1 bytes, so that a text can hold what is not UTF-8. */
    private static void chained(String first, String second, String expected) {
        var entries = List.of(latin(first), latin(second));
        assertThat(broken(exported(entries, KEYS), Anchor.NONE)).satisfies(bad -> {
            assertThat(bad.entry()).isEqualTo(2);
            assertThat(Texts.EN.say(bad.expected())).contains(expected);
        });
    }

    private static byte[] latin(String text) {
        return text.replace('\'', '"').getBytes(ISO_8859_1);
    }

    @Test
    void after_erasure_the_file_still_verifies_and_the_name_is_blank() {
        assertThat(new String(file, UTF_8)).doesNotContain("王建国");
        personKeys.clear();
        assertThat(exported(entries, KEYS)).isEqualTo(file);
        assertThat(verified(file, Anchor.NONE.withKey(KEYS.publicKeyHex())).anchored())
                .isTrue();
        assertThat(((RosterFact.PersonRegistered)
                                json.readEntry(entries.getFirst()).fact())
                        .name())
                .isEqualTo(new Personal("p-1", ""));
    }

    @Test
    void the_same_seed_gives_the_same_file() {
        assertThat(new LedgerVerifyTest().file).isEqualTo(file);
    }

    @Test
    void a_stored_hash_that_does_not_follow_stops_the_export() {
        var wrong = List.of(new ChainedEntry(entries.getFirst(), new byte[32]));
        assertThatThrownBy(() -> LedgerExport.write(
                        new ByteArrayOutputStream(), "pinghu", KEYS.publicKeyHex(), wrong.iterator(), KEYS::sign))
                .hasMessageContaining("entry 1: the stored hash is 0000");
    }

    @Test
    void a_key_or_head_that_is_none_is_refused_with_what_is_allowed() {
        assertThatThrownBy(() -> Anchor.NONE.withKey("abc")).hasMessage("anchor-key abc");
        assertThatThrownBy(() -> Anchor.NONE.withHead("4-" + head)).hasMessageStartingWith("anchor-head 4-");
        assertThat(Anchor.NONE.withHead(head.toUpperCase(Locale.ROOT)).head()).contains(head);
    }

    @Test
    void a_long_line_is_read_whole() {
        var note = new RoomFact.NoteWritten("li", "雨".repeat(400_000));
        var longer = new ArrayList<>(entries);
        longer.add(json.writeEntry(new Entry(5, 9, AT.plusSeconds(9), note)));
        longer.add(json.writeEntry(new Entry(6, 9, AT.plusSeconds(9), new RoomFact.SoundArmed("li", false))));
        assertThat(verified(exported(longer, KEYS), Anchor.NONE).count()).isEqualTo(6);
    }

    private boolean inEntryLine(int i) {
        return file[i] != '\n' && lineOf(i) > 1 && lineOf(i) <= entries.size() + 1;
    }

    private long lineOf(int i) {
        long line = 1;
        for (int k = 0; k < i; k++) {
            line += file[k] == '\n' ? 1 : 0;
        }
        return line;
    }

    private byte[] spliced(int at, int without, String extra) {
        var out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        out.writeBytes(extra.getBytes(UTF_8));
        out.write(file, at + without, file.length - at - without);
        return out.toByteArray();
    }
}
