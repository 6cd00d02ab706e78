package jiaoying.server.courier.cmpp;

import static java.util.Objects.requireNonNull;
import static jiaoying.server.courier.cmpp.ScriptedGateway.GOOD;
import static jiaoying.server.courier.cmpp.ScriptedGateway.NUMBER;
import static jiaoying.server.courier.cmpp.ScriptedGateway.SECRET;
import static jiaoying.server.courier.cmpp.ScriptedGateway.next;
import static jiaoying.server.courier.cmpp.TextRoom.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import jiaoying.server.loop.Tables;
import jiaoying.wire.cmpp.Body;
import jiaoying.wire.cmpp.MsgId;
import jiaoying.wire.cmpp.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over real CMPP on loopback, against a gateway that misbehaves as real ones do. */
class CmppCarrierTest {
    private static final Duration EVIDENCE = Duration.ofSeconds(2);

    private static TextRoom room(ScriptedGateway gateway) throws InterruptedException {
        return room(gateway, EVIDENCE);
    }

    private static TextRoom room(ScriptedGateway gateway, Duration evidence) throws InterruptedException {
        return room(gateway, TextRoom.gateway(gateway.port(), gateway.version, SECRET), evidence);
    }

    private static TextRoom room(ScriptedGateway gateway, Gateway settings, Duration evidence)
            throws InterruptedException {
        var room = new TextRoom(settings, evidence);
        next(gateway.logins);
        while (room.carrier.trouble().isPresent()) {
            Thread.onSpinWait();
        }
        return room;
    }

    /** Until the room has answered so many deliveries: what they said is durable then. */
    private static void heard(ScriptedGateway gateway, int deliveries) throws InterruptedException {
        for (var i = 0; i < deliveries; i++) {
            assertThat(next(gateway.answered).result()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_call_goes_signed_in_parts_and_is_delivered_when_all_parts_are(Version version) throws Exception {
        try (var gateway = new ScriptedGateway(version);
                var room = room(gateway)) {
            room.call("T0");
            heard(gateway, 2);
            assertThat(next(gateway.texts))
                    .startsWith("【平湖防汛】镇0red，镇0 http://10.1.2.3:8573/a/")
                    .endsWith(" 或回复1");
            assertThat(gateway.submits).hasSize(2).allSatisfy(submit -> {
                assertThat(submit.destTerminalIds()).containsExactly("+86" + PHONE);
                assertThat(submit.registeredDelivery()).isOne();
                assertThat(submit.srcId()).startsWith(NUMBER).hasSize(NUMBER.length() + 4);
                assertThat(submit.pkTotal()).isEqualTo(2);
            });
            assertThat(room.told()).containsExactlyInAnyOrder("SUBMITTED | ", "DELIVERED | ");
            assertThat(room.carrier.trouble()).isEmpty();
        }
    }

    @Test
    void a_report_that_comes_before_the_answer_is_credited_to_its_text() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V2_0);
                var room = room(gateway)) {
            gateway.habit = (talk, sequence, submit) -> {
                var id = gateway.nextId();
                talk.report(id, "DELIVRD", submit);
                talk.answer(sequence, id, 0);
            };
            room.call("T0");
            heard(gateway, 2);
            assertThat(room.told()).containsExactlyInAnyOrder("SUBMITTED | ", "DELIVERED | ");
        }
    }

    @Test
    void reports_of_many_texts_that_come_all_at_once_and_twice_find_each_its_own() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            var held = new ArrayList<Runnable>();
            gateway.habit = (talk, sequence, submit) -> {
                var id = gateway.nextId();
                talk.answer(sequence, id, 0);
                var stat = submit.destTerminalIds().getFirst().endsWith("1") ? "MA:0054" : "DELIVRD";
                held.add(() -> {
                    try {
                        talk.report(id, stat, submit);
                        talk.report(id, stat, submit);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            };
            for (var town : List.of("T0", "T1", "T2")) {
                room.call(town);
            }
            held.reversed().forEach(Runnable::run);
            heard(gateway, 12);
            assertThat(room.told().subList(3, room.told().size()))
                    .containsExactlyInAnyOrder(
                            "DELIVERED | ",
                            "DELIVERED | ",
                            "UNDELIVERED | part 1 of 2: MA:0054",
                            "UNDELIVERED | part 2 of 2: MA:0054");
            assertThat(
                            Tables.rows(
                                    room.house,
                                    "SELECT count(DISTINCT ref), count(*), count(*) FILTER (WHERE delivered) FROM text_part WHERE room = :room"))
                    .containsExactly("6 | 6 | 4");
        }
    }

    @Test
    void a_reply_answers_the_call_it_belongs_to_and_other_words_are_kept_but_answer_nothing() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            room.call("T0");
            heard(gateway, 2);
            var talk = gateway.talks.getFirst();
            talk.reply("86" + PHONE, NUMBER, "桥面有水，没收到钥匙");
            heard(gateway, 1);
            talk.reply("86" + PHONE, NUMBER, " 收到。");
            heard(gateway, 1);
            assertThat(room.told())
                    .containsExactlyInAnyOrder(
                            "SUBMITTED | ",
                            "DELIVERED | ",
                            "DELIVERED | 桥面有水，没收到钥匙",
                            "CONFIRMED | 收到。",
                            "ANSWERED | P0");
        }
    }

    @Test
    void a_reply_to_the_longer_number_of_an_older_call_answers_that_one() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            Tables.run(
                    room.house,
                    "UPDATE personal SET text = '13800000000' WHERE room = :room AND field = 'contact/text' AND person = 'P1'");
            room.call("T0");
            var older = next(gateway.submits).srcId();
            room.house.clock.set(room.house.clock.instant().plusSeconds(30));
            room.call("T1");
            heard(gateway, 4);
            gateway.talks.getFirst().reply(PHONE, older, "R");
            heard(gateway, 1);
            assertThat(room.told()).contains("ANSWERED | P0").doesNotContain("ANSWERED | P1");
        }
    }

    @Test
    void who_says_that_he_is_not_the_person_disputes_the_number() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            room.call("T0");
            heard(gateway, 2);
            gateway.talks.getFirst().reply(PHONE, NUMBER, "９");
            heard(gateway, 1);
            assertThat(room.told()).contains("NOT_ME | ９");
        }
    }

    @Test
    void a_text_of_somebody_who_was_not_called_is_taken_and_answers_nothing() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            gateway.talks.getFirst().reply("13900000009", NUMBER, "收到");
            heard(gateway, 1);
            assertThat(room.told()).isEmpty();
        }
    }

    @Test
    void too_fast_is_sent_again_and_counts_once() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            var times = new AtomicInteger();
            gateway.habit = (talk, sequence, submit) -> {
                if (times.incrementAndGet() == 1) {
                    talk.answer(sequence, MsgId.NONE, 8);
                } else {
                    GOOD.take(talk, sequence, submit);
                }
            };
            room.call("T0");
            heard(gateway, 2);
            assertThat(gateway.submits).hasSize(3);
            assertThat(room.told()).containsExactlyInAnyOrder("SUBMITTED | ", "DELIVERED | ");
        }
    }

    @Test
    void a_refusal_is_a_failure_with_its_reason_and_without_the_number() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            gateway.habit =
                    (talk, sequence, submit) -> talk.answer(sequence, MsgId.NONE, submit.pkNumber() == 2 ? 13 : 0);
            room.call("T0");
            assertThat(room.told()).containsExactly("FAILED | part 2 of 2: refused with 13 (destination)");
        }
    }

    @Test
    void an_answer_lost_with_its_connection_is_settled_by_a_report_over_the_next_one() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway, Duration.ofSeconds(20))) {
            gateway.habit = (talk, sequence, submit) -> {
                if (submit.pkNumber() == 1) {
                    return;
                }
                talk.hangUp();
                Thread.ofVirtual().start(() -> {
                    try {
                        var anew = next(gateway.logins);
                        anew.report(gateway.nextId(), "DELIVRD", submit);
                        anew.report(gateway.nextId(), "DELIVRD", submit);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            };
            room.call("T0");
            heard(gateway, 2);
            assertThat(gateway.submits).as("nothing was sent twice").hasSize(2);
            assertThat(room.told()).containsExactlyInAnyOrder("SUBMITTED | ", "DELIVERED | ");
        }
    }

    @Test
    void an_answer_lost_without_a_report_is_a_fate_that_nobody_knows_and_the_room_decides() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway, Duration.ofMillis(10))) {
            gateway.habit = (talk, sequence, submit) -> {
                gateway.habit = GOOD;
                talk.hangUp();
            };
            room.call("T0");
            assertThat(room.told()).first().isEqualTo("AMBIGUOUS | the gateway gave no answer and no report");
            next(gateway.logins);
            while (room.carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
            room.house.until(room.house.clock.instant().plusSeconds(40));
            room.run();
            heard(gateway, 2);
            assertThat(room.told()).contains("SUBMITTED | ", "DELIVERED | ");
        }
    }

    @Test
    void a_wrong_secret_is_trouble_that_names_no_secret_and_a_text_waits() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V2_0);
                var room = new TextRoom(TextRoom.gateway(gateway.port(), Version.V2_0, "wr0ng"), EVIDENCE)) {
            while (room.carrier.trouble().filter(why -> why.contains("refused")).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(room.carrier.trouble())
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains("login refused: 3 (wrong secret)")
                            .doesNotContain("wr0ng"));
            var parcel = new Parcel(
                    "k", jiaoying.duty.errand.Channel.TEXT, jiaoying.duty.errand.Purpose.CALL, "P0", PHONE, "text");
            assertThat(room.carrier.submit(parcel)).isInstanceOf(Submission.NotNow.class);
            assertThat(TextRoom.gateway(1, Version.V2_0, "wr0ng").toString()).doesNotContain("wr0ng");
        }
    }

    @Test
    void a_connection_that_answers_no_tests_is_ended_and_made_anew() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(
                        gateway,
                        TextRoom.gateway(gateway.port(), gateway.version, SECRET, Duration.ofMillis(50)),
                        EVIDENCE)) {
            gateway.answersActiveTest = false;
            next(gateway.logins);
            gateway.answersActiveTest = true;
            while (room.carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
            room.call("T0");
            heard(gateway, 2);
            assertThat(room.told()).contains("SUBMITTED | ", "DELIVERED | ");
        }
    }

    @Test
    void a_gateway_that_answers_only_a_whole_text_is_served_too() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            var first = new java.util.concurrent.atomic.AtomicReference<Runnable>();
            gateway.habit = (talk, sequence, submit) -> {
                if (submit.pkNumber() == 1) {
                    first.set(() -> {
                        try {
                            GOOD.take(talk, sequence, submit);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                } else {
                    GOOD.take(talk, sequence, submit);
                    requireNonNull(first.get()).run();
                }
            };
            room.call("T0");
            heard(gateway, 2);
            assertThat(room.told()).containsExactlyInAnyOrder("SUBMITTED | ", "DELIVERED | ");
        }
    }

    @Test
    void the_canary_is_a_text_to_our_own_phone_and_its_report_says_that_the_line_works() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = new TextRoom(
                        TextRoom.gateway(gateway.port(), Version.V3_0, SECRET),
                        new Terms(1, Map.of(), "13811111111"),
                        EVIDENCE)) {
            next(gateway.logins);
            while (room.carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
            gateway.habit = (talk, sequence, submit) -> {
                var id = gateway.nextId();
                talk.answer(sequence, id, 0);
                talk.write(77, new Body.ActiveTest());
                held.add(() -> talk.report(id, "DELIVRD", submit));
            };
            var arrived = room.carrier.canary();
            next(held).send();
            assertThat(arrived.get(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            assertThat(next(gateway.submits).destTerminalIds()).containsExactly("13811111111");
            assertThat(room.told()).isEmpty();
        }
    }

    private interface Held {
        void send() throws IOException;
    }

    private final java.util.concurrent.BlockingQueue<Held> held = new java.util.concurrent.LinkedBlockingQueue<>();

    @Test
    void bytes_that_are_no_packet_end_the_connection_and_an_unknown_packet_does_not() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            var talk = gateway.talks.getFirst();
            talk.raw(new byte[] {0, 0, 0, 12, 0, 0, 0, 99, 0, 0, 0, 1});
            talk.write(5, new Body.ActiveTest());
            talk.raw(new byte[] {127, 0, 0, 0});
            next(gateway.logins);
        }
    }

    @Test
    void a_number_that_is_none_is_turned_before_anything_is_sent() throws Exception {
        try (var gateway = new ScriptedGateway(Version.V3_0);
                var room = room(gateway)) {
            Tables.run(
                    room.house,
                    "UPDATE personal SET text = 'ask his wife' WHERE room = :room AND field = 'contact/text' AND person = 'P0'");
            room.call("T0");
            assertThat(room.told()).containsExactly("FAILED | not a phone number");
            assertThat(gateway.submits).isEmpty();
        }
    }
}
