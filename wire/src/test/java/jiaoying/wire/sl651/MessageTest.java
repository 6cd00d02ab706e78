package jiaoying.wire.sl651;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What real frames say, by clause. */
class MessageTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 7, 20, 17, 30);

    @Test
    void clause_6_6_4_2_link_maintenance_has_serial_and_time_only() {
        var message = Sample.named("s015").message();
        assertThat(message.serial()).isEqualTo(2);
        assertThat(message.sent().dateTime()).contains(LocalDateTime.of(2024, 1, 10, 13, 59));
        assertThat(message.groups()).isEmpty();
    }

    @Test
    void clause_6_6_4_5_timed_report() {
        assertThat(lines("s025"))
                .containsExactly(
                        "0011223344 RIVER 2017-07-18T10:22 PJ 4.0",
                        "0011223344 RIVER 2017-07-18T10:22 PT 4.0",
                        "0011223344 RIVER 2017-07-18T10:22 Z 10.490",
                        "0011223344 RIVER 2017-07-18T10:22 VT 11.02");
    }

    @Test
    void clause_6_6_3_3_negative_numbers_begin_with_ff() {
        assertThat(lines("s020"))
                .containsExactly(
                        "40590235C2 SLUICE 2024-11-11T10:29 76 -1.72",
                        "40590235C2 SLUICE 2024-11-11T10:29 77 -0.21",
                        "40590235C2 SLUICE 2024-11-11T10:29 78 1.52");
        assertThat(Value.of(ElementId.of("AI"), new Packed(1, Octets.ofHex("FF0266"))))
                .isEqualTo(new Value.Measured(new BigDecimal("-26.6")));
    }

    @Test
    void missing_values_say_how_they_are_missing() {
        assertThat(lines("s021"))
                .containsExactly(
                        "0010220001 RESERVOIR 2022-06-28T09:08 Z 513.00",
                        "0010220001 RESERVOIR 2022-06-28T09:08 FF01 missing FF",
                        "0010220001 RESERVOIR 2022-06-28T09:08 ZT 00000400",
                        "0010220001 RESERVOIR 2022-06-28T09:08 VT missing FF",
                        "0010220001 RESERVOIR 2022-06-28T09:08 FF02 missing FF");
        assertThat(lines("s023")).contains("1122334455 RIVER 2024-01-09T15:30 Z missing AA");
    }

    @Test
    void the_definition_byte_goes_before_the_table() {
        assertThat(lines("s022"))
                .contains("1090330853 RAIN 2026-02-02T13:40 Q 0.000", "1090330853 RAIN 2026-02-02T13:40 QA 43.000");
        assertThat(lines("s029")).contains("0012345678 RIVER 2014-06-12T02:00 Z 27.30");
    }

    @Test
    void clause_6_6_4_7_hourly_report_has_twelve_slots_and_several_times() {
        assertThat(lines("s028"))
                .contains(
                        "0011223344 RIVER 2017-07-18T10:05 DRP 0.5",
                        "0011223344 RIVER 2017-07-18T10:25 DRP 2.0",
                        "0011223344 RIVER 2017-07-18T10:30 DRP missing FF",
                        "0011223344 RIVER 2017-07-18T11:00 DRP 0.0",
                        "0011223344 RIVER 2017-07-18T11:00 PT 4.0",
                        "0011223344 RIVER 2017-07-18T10:15 DRZ1 0.28",
                        "0011223344 RIVER 2017-07-18T11:00 Z 10.490")
                .hasSize(28);
    }

    @Test
    void a_makers_group_is_kept_raw_and_what_came_before_stands() {
        var message = Sample.named("s027").message();
        assertThat(message.isPartlyRaw()).isTrue();
        assertThat(message.groups().getLast()).isInstanceOfSatisfying(Group.Raw.class, it -> {
            assertThat(it.why()).isEqualTo(Group.Raw.Why.VENDOR_PAIR);
            assertThat(it.octets().hex()).startsWith("797902").endsWith("38121207");
        });
        assertThat(lines("s027"))
                .contains("0051107461 RIVER 2022-06-21T12:00 Z 7.970")
                .hasSize(27);
    }

    @Test
    void clause_6_6_4_8_manual_entry_is_text() {
        assertThat(Sample.named("s036").message().groups()).containsExactly(new Group.Manual(Octets.ofText("Q 1.234")));
    }

    @Test
    void clause_6_6_4_11_period_query_and_reply() {
        assertThat(Sample.named("s034").message().groups())
                .containsExactly(
                        new Group.Period(
                                StationTime.hour(LocalDateTime.of(2024, 1, 9, 16, 0)),
                                StationTime.hour(LocalDateTime.of(2024, 1, 9, 17, 0))),
                        Group.Step.minutes(5),
                        Group.Wanted.of(ElementId.of("DRP")));
        assertThat(lines("s035"))
                .startsWith("0011223344 RIVER 2017-07-18T10:05 DRP 0.5")
                .endsWith("0011223344 RIVER 2017-07-18T11:00 DRP 0.0")
                .hasSize(12);
    }

    @Test
    void clause_6_6_4_4_value_i_is_i_steps_after_the_first() {
        var message = Message.of(
                7,
                NOW,
                List.of(
                        new Group.Station(StationAddress.of("0010100001"), OptionalInt.of('P')),
                        new Group.Observed(StationTime.observed(LocalDateTime.of(2026, 7, 19, 23, 0))),
                        Group.Step.hours(1),
                        new Group.Series(
                                List.of(ElementId.of("P1")),
                                List.of(
                                        List.of(packed("1.5")),
                                        List.of(new Packed(1, Octets.ofHex("FFFFFF"))),
                                        List.of(packed("0.0"))))));
        var read = Content.of(Encoding.HEX_BCD, Direction.UP, 0x31, message.encode(Encoding.HEX_BCD));
        assertThat(read).isEqualTo(message);
        assertThat(lines(message))
                .containsExactly(
                        "0010100001 RAIN 2026-07-19T23:00 P1 1.5",
                        "0010100001 RAIN 2026-07-20T00:00 P1 missing FF",
                        "0010100001 RAIN 2026-07-20T01:00 P1 0.0");
    }

    private static Data packed(String number) {
        return Packed.of(new BigDecimal(number), 3, 1);
    }

    @Test
    void clause_6_6_4_14_parameters_have_their_own_table() {
        var settings = Sample.named("s039").message().groups().stream()
                .filter(Group.Setting.class::isInstance)
                .map(Group.Setting.class::cast)
                .toList();
        assertThat(settings)
                .extracting(it -> it.id().zh().orElseThrow())
                .containsExactly(
                        "中心站地址", "遥测站地址", "密码", "中心站1主信道类型及地址", "中心站1备用信道类型及地址", "工作方式", "遥测站采集要素设置", "遥测站通信设备识别号");
    }

    @Test
    void table_d1_channels_modes_and_items() {
        assertThat(setting("s039", 0x04))
                .satisfies(it -> assertThat(Channel.of(it.data()))
                        .contains(new Channel(Channel.Kind.IPV4, "218.94.153.172:9708")));
        assertThat(setting("s039", 0x05))
                .satisfies(
                        it -> assertThat(Channel.of(it.data())).contains(new Channel(Channel.Kind.SMS, "13012345678")));
        assertThat(Channel.of(new Packed(0, Octets.ofHex("00")))).contains(new Channel(Channel.Kind.OFF, ""));
        for (var wrong : List.of("", "09", "021234", "01B1")) {
            assertThat(Channel.of(new Packed(0, Octets.ofHex(wrong)))).isEmpty();
        }
        assertThat(WorkMode.of(setting("s039", 0x0C).value())).contains(WorkMode.SELF_REPORT_ACKNOWLEDGED);
        assertThat(WorkMode.of(new Value.Measured(BigDecimal.TEN))).isEmpty();
        var items = ((Value.Binary) setting("s039", 0x0D).value()).octets();
        assertThat(MonitoredItem.of(items)).containsExactly(MonitoredItem.RAIN, MonitoredItem.LEVEL_1);
        assertThat(MonitoredItem.of(Octets.ofHex("0000000000000001"))).containsExactly(MonitoredItem.LEAD);
        assertThat(MonitoredItem.of(Octets.ofHex("000000000000F804")))
                .hasSize(6)
                .contains(MonitoredItem.CHLOROPHYLL);
    }

    private static Group.Setting setting(String sample, int leader) {
        return Sample.named(sample).message().groups().stream()
                .filter(Group.Setting.class::isInstance)
                .map(Group.Setting.class::cast)
                .filter(it -> it.id().leader() == leader)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void table_d4_numbers() {
        var level = new Group.Setting(new ParameterId(0x28), new Packed(3, Octets.ofHex("FF00001500")));
        assertThat(level.value()).isEqualTo(new Value.Measured(new BigDecimal("-1.500")));
        var text = new Group.Setting(new ParameterId(0x28), new Data.Characters("-1.5"));
        assertThat(text.value()).isEqualTo(new Value.Measured(new BigDecimal("-1.5")));
        assertThat(new Group.Setting(new ParameterId(0xFF01), new Packed(0, Octets.ofHex("AB"))).value())
                .isEqualTo(new Value.Binary(Octets.ofHex("AB")));
    }

    @Test
    void clause_6_6_4_17_running_parameters_are_asked_for_without_data() {
        assertThat(Sample.named("s040").message().groups())
                .hasSize(13)
                .contains(new Group.WantedSetting(new ParameterId(0x28), 4, 3));
    }

    @Test
    void clause_6_6_4_18_pump_motors() {
        assertThat(lines("s041")).hasSize(6).first().asString().endsWith("VTA 2200.3");
    }

    @Test
    void clause_6_6_4_19_software_version() {
        var body =
                Octets.ofHex("0022170718101955F1F10011223344114441544138362D53572D56312E3228482900".substring(0, 66));
        var message = (Message) Content.of(Encoding.HEX_BCD, Direction.UP, 0x45, body);
        assertThat(message.groups().getLast()).isEqualTo(new Group.Version(Octets.ofText("DATA86-SW-V1.2(H)")));
    }

    @Test
    void clause_6_6_4_20_status_word() {
        var element = (Group.Element) Sample.named("s043").message().groups().getLast();
        assertThat(element.value()).isEqualTo(new Value.Binary(Octets.ofHex("00000400")));
        assertThat(StatusBit.of(0x400)).containsExactly(StatusBit.DOOR);
        assertThat(StatusBit.of(0x83)).containsExactly(StatusBit.MAINS, StatusBit.BATTERY, StatusBit.PUMP);
    }

    @Test
    void clause_6_6_4_28_gates_have_bits_and_openings() {
        var gates = new Group.Gates(9, Octets.ofHex("0301"), Octets.ofHex("01500A00"));
        var command =
                Command.gates(gates).frame(new Header(Encoding.HEX_BCD, 1, StationAddress.of("0010100001"), 0), NOW);
        assertThat(((Message) command.content()).groups()).containsExactly(gates);
        assertThat(gates.isOpen(1)).isTrue();
        assertThat(gates.isOpen(3)).isFalse();
        assertThat(gates.isOpen(9)).isTrue();
        assertThat(gates.opening_cm(1)).hasValue(150);
        assertThat(gates.opening_cm(2)).isEmpty();
        assertThat(gates.opening_cm(3)).isEmpty();
    }

    @Test
    void clause_6_6_4_30_event_counters() {
        var events = (Group.Events) Sample.named("s046").message().groups().getLast();
        assertThat(events.count(StationEvent.HISTORY_CLEARED)).isEqualTo(0x1111);
        assertThat(events.count(StationEvent.SEND_ERROR)).isEqualTo(0x9999);
        assertThat(events.count(32)).isZero();
    }

    @Test
    void a_body_without_serial_and_time_is_unreadable_not_an_error() {
        assertThat(Content.of(Encoding.HEX_BCD, Direction.UP, 0x32, Octets.ofHex("0102")))
                .isEqualTo(new Content.Unreadable(Octets.ofHex("0102")));
    }

    @Test
    void a_clock_that_is_no_date_is_kept() {
        var time = new StationTime(Octets.ofHex("2602300000"));
        assertThat(time.dateTime()).isEmpty();
        assertThat(new StationTime(Octets.ofHex("260A010000")).dateTime()).isEmpty();
        assertThat(time).hasToString("2602300000");
    }

    @Test
    void a_number_that_does_not_fit_is_refused_when_written() {
        assertThatThrownBy(() -> Packed.of(new BigDecimal("100000.0"), 3, 1)).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> Packed.of(new BigDecimal("1.25"), 3, 1)).hasMessageContaining("decimals");
        assertThat(Group.Element.of(ElementId.of("AI"), new BigDecimal("-26.6")).data())
                .isEqualTo(new Packed(1, Octets.ofHex("FF0266")));
    }

    @Test
    void table_c1_is_whole() {
        var known = new ArrayList<Integer>();
        for (var leader = 0; leader < 0xFF; leader++) {
            if (ElementId.of(leader).isKnown()) {
                known.add(leader);
            }
        }
        assertThat(known).hasSize(0x75 - 1 + 9).startsWith(1, 2, 3, 5).contains(0x75, 0xF4, 0xFC);
        assertThat(ElementId.of(0x39).zh()).contains("瞬时河道水位、潮位");
        assertThat(ElementId.of(0x2F)).hasToString("Q8");
        assertThat(ParameterTable.ROWS)
                .extracting(TableRow::leader)
                .doesNotHaveDuplicates()
                .hasSize(15 + 0xA8 - 0x20 + 1);
    }

    @Test
    void step_codes() {
        assertThat(Group.Step.minutes(5).length()).contains(Duration.ofMinutes(5));
        assertThat(new Group.Step(Octets.ofHex("00000F")).length()).isEmpty();
    }

    private static List<String> lines(String sample) {
        return lines(Sample.named(sample).message());
    }

    static List<String> lines(Message message) {
        return message.readings(StationAddress.of("0000000000")).stream()
                .map(it -> it.station() + " " + it.stationClass().orElseThrow() + " "
                        + it.observedAt().orElseThrow() + " " + it.element() + " " + text(it.value()))
                .toList();
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Measured(var number) -> number.toPlainString();
            case Value.Missing(var fill) -> "missing " + fill;
            case Value.Binary(var octets) -> octets.hex();
            case Value.Invalid(var octets) -> "invalid " + octets.hex();
        };
    }
}
