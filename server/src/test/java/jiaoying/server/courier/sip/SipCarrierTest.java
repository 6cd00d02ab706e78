package jiaoying.server.courier.sip;

import static jiaoying.server.courier.sip.Exchange.ACK;
import static jiaoying.server.courier.sip.Exchange.BYE;
import static jiaoying.server.courier.sip.Exchange.INVITE;
import static jiaoying.server.courier.sip.Exchange.INVITE_WITH_NAMES;
import static jiaoying.server.courier.sip.Exchange.PICKS_UP;
import static jiaoying.server.courier.sip.Exchange.RINGING;
import static jiaoying.server.courier.sip.Exchange.asks;
import static jiaoying.server.courier.sip.Exchange.pause;
import static jiaoying.server.courier.sip.Exchange.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.FreePort;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.RecordingStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real SIP on loopback, against sipp of others; skipped where it is not installed. */
class SipCarrierTest {
    private static final String INFO_ONE =
            asks("INFO", "Content-Type: application/dtmf-relay\n", "Signal=1\nDuration=160\n")
                    + "<recv response=\"200\"/>";
    private static final String INFO_TWO =
            asks("INFO", "Content-Type: application/dtmf-relay\n", "Signal=2\nDuration=160\n")
                    + "<recv response=\"200\"/>";

    @TempDir
    Path folder;

    private List<String> voice(int seconds) throws IOException {
        int bytes = seconds * 16_000;
        var wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.putInt(0x46464952).putInt(36 + bytes).putInt(0x45564157);
        wav.putInt(0x20746d66)
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16).putInt(0x61746164).putInt(bytes);
        var file = folder.resolve("voice-" + seconds + ".wav");
        Files.write(file, wav.array());
        return List.of("cat", file.toString());
    }

    /** A real room that rings people over the exchange. */
    private static final class Room implements AutoCloseable {
        final TestHouse house = TestHouse.real().furnished();
        final SipCarrier carrier;
        final CourierPump pump;
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        Room(Trunk trunk) {
            this(trunk, Optional.empty());
        }

        Room(Trunk trunk, Optional<Recordings> recordings) {
            Tables.run(
                    house,
                    "UPDATE personal SET text = '1380000' || lpad(substr(person, 2), 4, '0') WHERE room = :room AND field = 'contact/voice'");
            house.inbox.start();
            carrier = new SipCarrier(trunk, Terms.USUAL, recordings, Duration.ofHours(1));
            pump = new CourierPump(
                    house.db, house.room, List.of(carrier), house.inbox, house.keys, house.clock, "http://10.1.2.3");
            carrier.start(new Post(
                    house.db,
                    house.room,
                    house.inbox,
                    house.keys::mark,
                    house.clock,
                    (carrier, key, arrived) -> heard.add(carrier + " " + arrived)));
        }

        void connected() {
            while (carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
        }

        /** The person's second step is a voice call. */
        void call() {
            house.put(TestCity.signal("T0", SignalColor.RED)).join();
            house.turn();
            house.until(TestHouse.START.plusSeconds(125));
            do {
                house.turn();
                pump.wake();
            } while (pump.turn(house.clock.instant()) > 0);
            house.turn();
        }

        /** What the ledger says of the call, once the last of it is there. */
        List<String> told(String last) throws InterruptedException {
            var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                var told = told();
                if (told.stream().anyMatch(line -> line.startsWith(last))) {
                    return told;
                }
                if (System.nanoTime() > patience) {
                    throw new AssertionError("nothing more came after " + told);
                }
                heard.poll(100, TimeUnit.MILLISECONDS);
            }
        }

        private List<String> told() {
            house.turn();
            return Tables.rows(
                    house,
                    "SELECT coalesce(f #>> '{report,kind}', f #>> '{event,kind}', f #>> '{how}'),"
                            + " coalesce(f #>> '{report,detail}', f #>> '{event,detail}', f #>> '{by}') FROM"
                            + " (SELECT number, convert_from(entry, 'UTF8')::json -> 'fact' AS f FROM fact WHERE room = :room"
                            + " AND kind IN ('AttemptReported', 'EvidenceHeard', 'CalleeSettled')) AS facts"
                            + " WHERE coalesce(f #>> '{report,detail}', '') <> 'no carrier for text' ORDER BY number");
        }

        @Override
        public void close() {
            carrier.stop();
            pump.close();
            house.close();
        }
    }

    private Room room(Exchange exchange, String transport, Duration ringing, boolean registers) throws IOException {
        return room(exchange, transport, ringing, registers, 1);
    }

    private Room room(Exchange exchange, String transport, Duration ringing, boolean registers, int seconds)
            throws IOException {
        var room = new Room(trunk(exchange.port, transport, ringing, registers, "s3cret", voice(seconds)));
        room.connected();
        return room;
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void who_presses_one_has_answered_and_is_hung_up_on(String transport) throws Exception {
        try (var exchange = Exchange.plays(
                        folder, transport, INVITE_WITH_NAMES, RINGING, PICKS_UP, pause(200), INFO_ONE, BYE);
                var room = room(exchange, transport, Duration.ofSeconds(20), true, 20)) {
            room.call();
            assertThat(room.told("ANSWERED"))
                    .containsExactlyInAnyOrder("SUBMITTED | ", "CONNECTED | ", "CONFIRMED | key 1", "ANSWERED | P0");
            exchange.ended();
        }
    }

    @Test
    void who_presses_two_is_in_place_and_has_answered() throws Exception {
        try (var exchange =
                        Exchange.plays(folder, "udp", INVITE_WITH_NAMES, RINGING, PICKS_UP, pause(200), INFO_TWO, BYE);
                var room = room(exchange, "udp", Duration.ofSeconds(20), true, 20)) {
            room.call();
            assertThat(room.told("ANSWERED"))
                    .containsExactlyInAnyOrder("SUBMITTED | ", "CONNECTED | ", "IN_PLACE | key 2", "ANSWERED | P0");
            exchange.ended();
        }
    }

    @Test
    void who_listens_to_the_end_and_presses_nothing_has_heard_it_and_not_answered() throws Exception {
        try (var exchange = Exchange.plays(folder, "udp", INVITE, RINGING, PICKS_UP, BYE);
                var room = room(exchange, "udp", Duration.ofSeconds(20), false)) {
            room.call();
            assertThat(room.told("HEARD_TO_END"))
                    .containsExactlyInAnyOrder("SUBMITTED | ", "CONNECTED | ", "HEARD_TO_END | ");
            exchange.ended();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "486 Busy Here,BUSY | ",
        "600 Busy Everywhere,BUSY | ",
        "480 Temporarily Unavailable,NO_ANSWER | 480",
        "603 Decline,UNDELIVERED | declined (603)"
    })
    void busy_absent_and_declined_are_told_apart(String status, String expected) throws Exception {
        try (var exchange = Exchange.plays(folder, "udp", INVITE, RINGING, reply(status), ACK);
                var room = room(exchange, "udp", Duration.ofSeconds(20), false)) {
            room.call();
            assertThat(room.told(expected.split(" ")[0])).contains(expected.endsWith("|") ? expected + " " : expected);
            exchange.ended();
        }
    }

    @Test
    void a_phone_that_nobody_picks_up_is_let_go_of() throws Exception {
        try (var exchange = Exchange.plays(
                        folder,
                        "udp",
                        INVITE,
                        RINGING,
                        "<recv request=\"CANCEL\"/>",
                        reply("200 OK"),
                        Exchange.terminated(),
                        ACK);
                var room = room(exchange, "udp", Duration.ofMillis(500), false)) {
            room.call();
            assertThat(room.told("NO_ANSWER")).containsExactlyInAnyOrder("SUBMITTED | ", "NO_ANSWER | ");
            exchange.ended();
        }
    }

    @Test
    void a_challenge_is_answered_without_the_password() throws Exception {
        try (var exchange = Exchange.plays(
                        folder,
                        "udp",
                        INVITE,
                        Exchange.challenge(),
                        ACK,
                        "<recv request=\"INVITE\" rrs=\"true\"><action><ereg regexp=\"response=\""
                                + " search_in=\"hdr\" header=\"Authorization:\" check_it=\"true\" assign_to=\"proof\"/></action></recv>"
                                + "<Reference variables=\"proof\"/>",
                        RINGING,
                        reply("486 Busy Here"),
                        ACK);
                var room = room(exchange, "udp", Duration.ofSeconds(20), false)) {
            room.call();
            assertThat(room.told("BUSY")).containsExactlyInAnyOrder("SUBMITTED | ", "BUSY | ");
            exchange.ended();
        }
    }

    private SipCarrier registered(Exchange exchange, TestHouse house, String password) throws IOException {
        var carrier = new SipCarrier(
                trunk(exchange.port, "udp", Duration.ofSeconds(20), true, password, voice(1)),
                Terms.USUAL,
                Duration.ofHours(1));
        carrier.start(new Post(house.db, house.room, house.inbox, house.keys::mark, house.clock, Post.Listener.NONE));
        return carrier;
    }

    @Test
    void a_registrar_that_asks_for_proof_gets_the_right_one() throws Exception {
        try (var exchange = Exchange.registrar(folder, "8888", "s3cret");
                var house = TestHouse.real()) {
            var carrier = registered(exchange, house, "s3cret");
            exchange.ended();
            while (carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
            carrier.stop();
        }
    }

    @Test
    void a_wrong_password_is_trouble_that_says_what_the_registrar_answered() throws Exception {
        try (var exchange = Exchange.registrar(folder, "8888", "s3cret");
                var house = TestHouse.real()) {
            var carrier = registered(exchange, house, "wr0ng");
            while (carrier.trouble().filter(why -> why.contains("403")).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(carrier.trouble())
                    .hasValueSatisfying(why -> assertThat(why).doesNotContain("wr0ng"));
            carrier.stop();
        }
    }

    @Test
    void a_telephone_of_others_picks_up_and_answers_by_its_key() throws Exception {
        var sound = Path.of(voice(20).getLast());
        try (var handset = Handset.of(folder, "13800000000", sound);
                var room = new Room(trunk(handset.port, "udp", Duration.ofSeconds(20), false, "", voice(20)))) {
            room.connected();
            room.call();
            handset.await("Set audio encoder: PCMA");
            room.told("CONNECTED");
            handset.press('1');
            assertThat(room.told("ANSWERED"))
                    .containsExactlyInAnyOrder("SUBMITTED | ", "CONNECTED | ", "CONFIRMED | key 1", "ANSWERED | P0");
        }
    }

    @Test
    void a_telephone_of_others_hears_to_the_end() throws Exception {
        var sound = Path.of(voice(20).getLast());
        try (var handset = Handset.of(folder, "13800000000", sound);
                var room = new Room(trunk(handset.port, "udp", Duration.ofSeconds(20), false, "", voice(1)))) {
            room.connected();
            room.call();
            assertThat(room.told("HEARD_TO_END"))
                    .containsExactlyInAnyOrder("SUBMITTED | ", "CONNECTED | ", "HEARD_TO_END | ");
        }
    }

    private static Trunk trunk(
            int port, String transport, Duration ringing, boolean registers, String password, List<String> voice) {
        return new Trunk(
                "trunk",
                "127.0.0.1",
                port,
                transport,
                "8888",
                password,
                registers,
                "127.0.0.1",
                "127.0.0.1",
                5,
                ringing,
                2,
                voice,
                Optional.empty());
    }

    @Test
    void a_change_of_the_sound_within_the_call_is_agreed_to() throws Exception {
        try (var exchange = Exchange.plays(
                        folder,
                        "udp",
                        INVITE_WITH_NAMES,
                        RINGING,
                        PICKS_UP,
                        asks("INVITE", "Content-Type: application/sdp\n", Exchange.OFFER),
                        "<recv response=\"100\" optional=\"true\"/><recv response=\"200\"/>",
                        Exchange.acknowledges(),
                        BYE);
                var room = room(exchange, "udp", Duration.ofSeconds(20), false)) {
            room.call();
            assertThat(room.told("HEARD_TO_END")).contains("CONNECTED | ", "HEARD_TO_END | ");
            exchange.ended();
        }
    }

    @Test
    void an_exchange_that_is_not_there_is_trouble_and_a_call_waits() throws Exception {
        var free = FreePort.find();
        var carrier = new SipCarrier(
                trunk(free, "tcp", Duration.ofSeconds(5), true, "s3cret", voice(1)),
                new Terms(1, Map.of(), ""),
                Duration.ofHours(1));
        try (var house = TestHouse.real()) {
            carrier.start(
                    new Post(house.db, house.room, house.inbox, house.keys::mark, house.clock, Post.Listener.NONE));
        }
        assertThat(carrier.submit(new Parcel("k", Channel.VOICE, Purpose.CALL, "P", "13800000000", "words")))
                .isInstanceOf(Submission.NotNow.class);
        assertThat(carrier.trouble()).isPresent();
        assertThat(((Carrier) carrier).window()).isEqualTo(5);
        carrier.stop();
    }

    private SipCarrier withCanary(Exchange exchange, TestHouse house) throws IOException {
        var carrier = new SipCarrier(
                trunk(exchange.port, "udp", Duration.ofSeconds(20), false, "", voice(1)),
                new Terms(1, Map.of(), "+86 13800000000"),
                Duration.ofHours(1));
        carrier.start(new Post(house.db, house.room, house.inbox, house.keys::mark, house.clock, Post.Listener.NONE));
        while (carrier.trouble().isPresent()) {
            Thread.onSpinWait();
        }
        return carrier;
    }

    @Test
    void the_canary_rings_a_phone_of_our_own_and_lets_go_of_it_at_once() throws Exception {
        try (var exchange = Exchange.plays(
                        folder,
                        "udp",
                        INVITE,
                        RINGING,
                        "<recv request=\"CANCEL\"/>",
                        reply("200 OK"),
                        Exchange.terminated(),
                        ACK);
                var house = TestHouse.real()) {
            var carrier = withCanary(exchange, house);
            assertThat(carrier.canary().get(20, TimeUnit.SECONDS)).isTrue();
            exchange.ended();
            carrier.stop();
        }
    }

    @Test
    void the_canary_that_is_picked_up_is_hung_up_on() throws Exception {
        try (var exchange = Exchange.plays(folder, "udp", INVITE, PICKS_UP, BYE);
                var house = TestHouse.real()) {
            var carrier = withCanary(exchange, house);
            assertThat(carrier.canary().get(20, TimeUnit.SECONDS)).isTrue();
            exchange.ended();
            carrier.stop();
        }
    }

    @Test
    void a_canary_number_that_the_exchange_does_not_know_cannot_be_tried() throws Exception {
        try (var exchange = Exchange.plays(folder, "udp", INVITE, reply("404 Not Found"), ACK);
                var house = TestHouse.real()) {
            var carrier = withCanary(exchange, house);
            assertThatThrownBy(carrier::canary).isInstanceOf(IOException.class).hasMessageContaining("404");
            carrier.stop();
        }
    }

    private List<Path> kept() throws IOException {
        try (var all = Files.walk(folder.resolve("recordings"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void what_is_said_is_kept_where_a_rule_allows_it_and_the_ledger_has_its_digest() throws Exception {
        var sound = Path.of(voice(20).getLast());
        var store = new RecordingStore(folder);
        var recordings = new Recordings(store, "值守办〔2026〕3 号", 30, () -> true, InstantSource.system());
        try (var handset = Handset.of(folder, "13800000000", sound);
                var room = new Room(
                        trunk(handset.port, "udp", Duration.ofSeconds(20), false, "", voice(1)),
                        Optional.of(recordings))) {
            room.connected();
            room.call();
            var told = room.told("CONNECTED | recording");
            var key = Tables.rows(
                            room.house, "SELECT key FROM errand WHERE room = :room AND channel = 'voice' ORDER BY key")
                    .getFirst();
            while (store.list(key).isEmpty()) {
                Thread.onSpinWait();
            }
            var file = store.list(key).getFirst();
            assertThat(told)
                    .contains("CONNECTED | ", "HEARD_TO_END | ")
                    .contains("CONNECTED | recording sha256=" + file.sha256() + " seconds=" + file.seconds()
                            + " allowed by: 值守办〔2026〕3 号");
            assertThat(file.seconds()).isPositive();
        }
    }

    @Test
    void when_the_reserve_of_the_disk_is_reached_the_call_goes_on_and_nothing_is_kept() throws Exception {
        var sound = Path.of(voice(20).getLast());
        var recordings =
                new Recordings(new RecordingStore(folder), "值守办〔2026〕3 号", 30, () -> false, InstantSource.system());
        try (var handset = Handset.of(folder, "13800000000", sound);
                var room = new Room(
                        trunk(handset.port, "udp", Duration.ofSeconds(20), false, "", voice(1)),
                        Optional.of(recordings))) {
            room.connected();
            room.call();
            assertThat(room.told("HEARD_TO_END"))
                    .containsExactlyInAnyOrder("SUBMITTED | ", "CONNECTED | ", "HEARD_TO_END | ");
            assertThat(folder.resolve("recordings")).doesNotExist();
        }
    }

    @Test
    void what_a_kill_left_untold_is_told_at_the_next_start() throws Exception {
        var store = new RecordingStore(folder);
        try (var exchange = Exchange.plays(folder, "udp", INVITE, RINGING, reply("486 Busy Here"), ACK);
                var room = room(exchange, "udp", Duration.ofSeconds(20), false)) {
            room.call();
            room.told("BUSY");
            var key = Tables.rows(
                            room.house, "SELECT key FROM errand WHERE room = :room AND channel = 'voice' ORDER BY key")
                    .getFirst();
            var draft = store.begin("trunk", key, java.time.Instant.now().plusSeconds(60), 60, () -> true);
            draft.hear(false, 0, new byte[160]);
            var left = draft.end().orElseThrow();
            var next = new SipCarrier(
                    trunk(exchange.port, "udp", Duration.ofSeconds(20), false, "", voice(1)),
                    Terms.USUAL,
                    Optional.of(new Recordings(store, "rule", 30, () -> true, InstantSource.system())),
                    Duration.ofHours(1));
            next.start(new Post(
                    room.house.db,
                    room.house.room,
                    room.house.inbox,
                    room.house.keys::mark,
                    room.house.clock,
                    Post.Listener.NONE));
            assertThat(room.told("CONNECTED | recording"))
                    .contains("CONNECTED | recording sha256=" + left.sha256() + " seconds=1 allowed by: rule");
            while (store.list(key).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(kept()).hasSize(1);
            next.stop();
        }
    }
}
