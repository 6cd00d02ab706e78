package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.LevelTracker;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.warn.Bulletin;
import jiaoying.duty.warn.BulletinFact;
import jiaoying.duty.warn.WarnFact;
import org.junit.jupiter.api.Test;

class FactJsonTest {
    private static final Instant AT = Instant.parse("2021-07-20T08:00:00Z");
    private static final Path GOLDEN = Path.of("src/test/resources/jiaoying/server/store/canonical.golden");

    private final MemoryPersonKeys keys = MemoryPersonKeys.ofSeed(1);
    private final FactJson json = new FactJson(keys);

    /** Facts fold for ever: when this text changes, a kind needs an upcast. {@code -Dgolden.write=true} rewrites it. */
    @Test
    void the_bytes_are_those_of_the_golden_text() throws IOException {
        var lines = new ArrayList<String>();
        long number = 0;
        for (var fact : facts()) {
            lines.add(
                    new String(json.writeEntry(new Entry(++number, 100 + number, AT.plusMillis(number), fact)), UTF_8));
        }
        arrivals().forEach(arrival -> lines.add(text(Arrival.class, arrival)));
        lines.add(text(
                Outcome.class,
                new Outcome.Stored(
                        2,
                        List.of(new Finding(
                                1,
                                Check.RANGE,
                                "63401",
                                "value",
                                "-3",
                                Sentence.of("between", 0, 500, "mm"),
                                false)))));
        lines.add(text(
                View.class,
                new View.FindingView("f-1", AT, "readings", "gw-1", "63401", List.of(Sentence.of("conflict")))));
        var doubt = new View.DoubtView(Check.DRY_AMONG_WET, AT, Sentence.of("flat", 6), "li", "我去看过", Optional.of(AT));
        lines.add(text(View.class, new View.StationView("63401", true, Optional.empty(), List.of(doubt))));
        lines.add(text(
                View.class,
                new View.MarkView(
                        "63401",
                        AT,
                        "flagged",
                        Optional.of(Check.GROSS),
                        "70",
                        Optional.empty(),
                        "",
                        List.of(Sentence.of("gross", 63, 5)))));
        lines.add(text(Errand.class, errand()));
        var text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    private static List<Fact> facts() {
        return List.of(
                new RoomFact.RoomConfigured(settings(), "admin"),
                new RosterFact.AreaRegistered("330482001", "当湖街道", "Danghu", "subdistrict", "330482", true),
                new RosterFact.PersonRegistered("p-1", new Personal("p-1", "王建国"), "b-1", "村主任", "village head"),
                new RosterFact.ContactRegistered("p-1", "text", new Personal("p-1", "13800000000")),
                new StationFact.StationRegistered("63401", "全塘", "rain", 121.125, 30.6, "330482101", 5),
                new MonitorFact.AreaLevelMoved(
                        "rainstorm",
                        "330482001",
                        LevelTracker.CALM,
                        new LevelTracker(SignalColor.RED, Optional.of(AT)),
                        false,
                        List.of(new Basis("63401", Quantity.RAIN, 1, 62_000, AT))),
                new MonitorFact.StationDoubted(
                        "63401", Check.DRY_AMONG_WET, Sentence.of("neighbours", "0.5", 3, 4, 12)),
                new MonitorFact.StationTrusted("63401", Check.DRY_AMONG_WET, "li", Sentence.words("我去看过")),
                new MonitorFact.SuspectWouldRaise(
                        "waterlogging", "330482001", SignalColor.RED, "PHD01", AT, Check.UNCONFIRMED),
                new MonitorFact.ReadingAccepted("PHD01", Quantity.DEPTH, 500_000, AT, "li", "电话核实"),
                new StationFact.ThresholdsSet("PHL01", 1_660, 1_860, "国家85", 0, "示意"),
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
                        List.of()),
                new BulletinFact.BulletinHeard(
                        "M1",
                        new Bulletin(
                                new Bulletin.Id("33048241600000", "33048241600000_20210720160000", AT),
                                Bulletin.Status.ACTUAL,
                                Bulletin.Type.UPDATE,
                                List.of(new Bulletin.Id("33048241600000", "33048241600000_20210720150000", AT)),
                                Bulletin.Signature.GOOD,
                                true,
                                "平湖市气象台",
                                "暴雨红色预警信号",
                                List.of(new Bulletin.Meaning(
                                        "rainstorm", SignalColor.RED, List.of("330482001"), "暴雨", AT, AT)),
                                List.of(),
                                "00"),
                        "office",
                        Bulletin.Verdict.ACTED,
                        List.of(new Bulletin.Brought("rainstorm", "330482001", SignalColor.RED, "s-1")),
                        Optional.of(AT),
                        Optional.empty()),
                new BulletinFact.BulletinEnded("M1", "expired", ""),
                new CallFact.RoundStarted("o-1", "p-1", 1, "self", List.of(errand()), AT.plusSeconds(300)),
                new RoomFact.NoteWritten("li", "quote \" slash / back \\ tab \t line \n bell \u0007 𠮷 \u2028"));
    }

    private static List<Arrival> arrivals() {
        return List.of(
                new Arrival.MinuteEnded(),
                new Arrival.Readings("gw-1", List.of(new Reading("63401", Quantity.RAIN, 1020, AT, false)), List.of()),
                new Arrival.Act("li", new Deed.TakeShift()),
                new Arrival.Act("li", new Deed.WriteNote("已联系")),
                new Arrival.RegisterChanged(
                        "admin",
                        List.of(
                                new RosterFact.AreaRegistered(
                                        "330482001", "当湖街道", "Danghu", "subdistrict", "330482", true),
                                new RosterFact.ContactRegistered("p-1", "text", new Personal("p-1", "13800000000")))));
    }

    private static Settings settings() {
        return new Settings(
                "pinghu",
                "平湖",
                Settings.Issuer.HEADQUARTERS,
                true,
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                "Asia/Shanghai");
    }

    private static Errand errand() {
        return new Errand(
                "7d444840-9dc0-11d1-b245-5ffdce74fad2",
                Channel.TEXT,
                Purpose.CALL,
                0,
                AT,
                "o-1",
                "p-1",
                "p-1",
                "请回复 {link}");
    }

    private <T> String text(Class<T> type, T value) {
        return new String(json.write(type, value), UTF_8);
    }

    @Test
    void rows_of_a_register_keep_their_own_field_kind_apart_from_the_name_of_the_fact() {
        var row = new RosterFact.AreaRegistered("330482001", "当湖", "Danghu", "town", "330482", true);
        var arrival = new Arrival.RegisterChanged("admin", List.of(row));
        assertThat(text(Arrival.class, arrival)).isEqualTo("""
                        {"kind":"RegisterChanged","by":"admin","rows":[{"kind":"AreaRegistered","v":1,"fact":{"area":\
                        "330482001","nameZh":"当湖","nameEn":"Danghu","kind":"town","parent":"330482","schematic":true}}]}""");
    }

    @Test
    void what_no_database_can_hold_becomes_a_replacement_mark() {
        var fact = new RoomFact.NoteWritten("li", "half \ud83d, nothing \0, whole 😀");
        var back = json.readEntry(json.writeEntry(new Entry(1, 1, AT, fact)));
        assertThat(back.fact()).isEqualTo(new RoomFact.NoteWritten("li", "half \ufffd, nothing \ufffd, whole 😀"));
    }

    @Test
    void after_erasure_the_stored_entry_reads_blank_and_its_bytes_stay() {
        var fact = new RosterFact.PersonRegistered("p-1", new Personal("p-1", "王建国"), "b-1", "村主任", "head");
        var stored = json.writeEntry(new Entry(1, 1, AT, fact));
        assertThat(new String(stored, UTF_8)).doesNotContain("王建国");
        keys.erase("p-1");
        assertThat(json.readEntry(stored).fact())
                .isEqualTo(new RosterFact.PersonRegistered("p-1", new Personal("p-1", ""), "b-1", "村主任", "head"));
    }

    @Test
    void names_in_another_order_are_read_as_well() {
        assertThat(json.read(
                        Deed.class,
                        utf8("{\"said\":\"好\",\"order\":\"o-1\",\"kind\":\"ReachedByDesk\",\"person\":\"p-1\"}")))
                .isEqualTo(new Deed.ReachedByDesk("o-1", "p-1", "好"));
        assertThat(json.read(
                        Arrival.class,
                        utf8("{\"deed\":{\"armed\":true,\"kind\":\"ArmSound\"},\"kind\":\"Act\",\"actor\":\"li\"}")))
                .isEqualTo(new Arrival.Act("li", new Deed.ArmSound(true)));
    }

    @Test
    void a_missing_field_is_named_with_its_kind() {
        refused(
                Deed.class,
                "{\"kind\":\"ReachedByDesk\",\"order\":\"o-1\",\"said\":\"\"}",
                "ReachedByDesk field /person: missing");
        refused(Errand.class, "{}", "Errand field /key: missing");
    }

    @Test
    void an_unknown_or_repeated_field_is_named_with_its_kind() {
        refused(
                Deed.class,
                "{\"kind\":\"ArmSound\",\"armed\":true,\"loud\":1}",
                "ArmSound field /loud: an unknown field; allowed: armed");
        refused(
                Deed.class,
                "{\"kind\":\"ArmSound\",\"armed\":true,\"armed\":true}",
                "ArmSound field /armed: the field comes twice");
    }

    @Test
    void a_value_of_another_type_is_shown_with_what_is_allowed() {
        refused(
                Deed.class,
                "{\"kind\":\"ArmSound\",\"armed\":\"yes\"}",
                "ArmSound field /armed: yes; allowed: true or false");
        refused(
                Deed.class,
                "{\"kind\":\"ArmSound\",\"armed\":null}",
                "ArmSound field /armed: null; allowed: true or false");
        refused(
                Arrival.class,
                "{\"kind\":\"TimerDue\",\"timer\":\"t\",\"due\":\"soon\"}",
                "TimerDue field /due: soon; allowed: a moment such as 2021-07-20T08:00:00Z");
        refused(
                Deed.class,
                "{\"kind\":\"EnterSignal\",\"hazard\":\"\",\"area\":\"\",\"color\":\"PINK\",\"source\":\"\",\"text\":\"\"}",
                "EnterSignal field /color: PINK; allowed: NONE, BLUE, YELLOW, ORANGE, RED");
    }

    @Test
    void an_unknown_kind_and_broken_json_are_named() {
        refused(Deed.class, "{\"kind\":\"Sleep\"}", "unknown kind Sleep; allowed: TakeShift");
        refused(Deed.class, "{\"what\":\"TakeShift\"}", "no field kind");
        refused(Deed.class, "{}", "no field kind");
        refused(Deed.class, "[]", "a list; allowed: an object with kind");
        refused(Deed.class, "", "nothing");
        refused(Deed.class, "{\"kind\":\"TakeShift\"} x", "Deed");
        refused(Deed.class, "{\"kind\":\"TakeShift\"}{}", "more text after the end");
        refused(Deed.class, "{\"kind\":", "Deed: ");
    }

    @Test
    void numbers_that_do_not_fit_and_half_sealed_fields_are_refused() {
        refused(Outcome.class, "{\"kind\":\"Stored\",\"stored\":3000000000,\"findings\":[]}", "out of range");
        refused(
                Outcome.class,
                "{\"kind\":\"Stored\",\"stored\":1.5,\"findings\":[]}",
                "/stored: 1.5; allowed: a whole number");
        refused(Personal.class, "{\"of\":\"p-1\"}", "Personal field /sealed: missing");
        json.write(Personal.class, new Personal("p-1", "王"));
        refused(Personal.class, "{\"of\":\"p-1\",\"sealed\":\"!\"}", "damaged");
    }

    private void refused(Class<?> type, String text, String problem) {
        assertThatThrownBy(() -> json.read(type, utf8(text)))
                .isInstanceOf(BadJson.class)
                .hasMessageContaining(problem);
    }

    @Test
    void a_number_without_an_end_is_refused_where_it_would_be_written() {
        var fact = new StationFact.StationRegistered("63401", "全塘", "rain", Double.NaN, 30.6, "", 5);
        assertThatThrownBy(() -> json.write(Fact.class, fact)).hasMessageContaining("/fact/lon: NaN");
    }

    @Test
    void an_older_version_is_lifted_step_by_step() {
        var newer = new FactJson(
                keys,
                List.of(
                        new Upcast("NoteWritten", 1, fields -> fields.put("author", "old")),
                        new Upcast("NoteWritten", 2, fields -> {
                            fields.set("by", fields.remove("author"));
                            return fields;
                        })));
        var old = utf8("{\"n\":1,\"arrival\":1,\"at\":\"2021-07-20T08:00:00Z\",\"kind\":\"NoteWritten\",\"v\":1,"
                + "\"fact\":{\"text\":\"雨\"}}");
        assertThat(newer.readEntry(old).fact()).isEqualTo(new RoomFact.NoteWritten("old", "雨"));
        assertThat(new String(newer.writeEntry(newer.readEntry(old)), UTF_8)).contains("\"v\":3");
        assertThatThrownBy(() -> json.readEntry(newer.writeEntry(newer.readEntry(old))))
                .hasMessageContaining("NoteWritten field /v: version 3; allowed: 1 to 1");
    }

    @Test
    void upcasts_with_a_gap_are_refused_when_the_codec_is_made() {
        assertThatThrownBy(() -> new FactJson(keys, List.of(new Upcast("NoteWritten", 2, fields -> fields))))
                .hasMessageContaining("NoteWritten");
    }

    @Test
    void every_record_of_the_duty_room_that_is_a_fact_is_known_and_nothing_else() {
        var facts = new ClassFileImporter()
                .importPackages("jiaoying.duty").stream()
                        .filter(type -> type.isRecord() && type.isAssignableTo(Fact.class))
                        .map(JavaClass::getSimpleName)
                        .toList();
        assertThat(json.kinds()).contains("SignalIssued").containsExactlyInAnyOrderElementsOf(facts);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
