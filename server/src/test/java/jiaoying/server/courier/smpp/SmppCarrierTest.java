package jiaoying.server.courier.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.FreePort;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.ReplyWords;
import jiaoying.server.courier.Terms;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.ServerResponseDeliveryAdapter;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.junit.jupiter.api.Test;

/** Over real SMPP on loopback, against the server side of jsmpp. */
class SmppCarrierTest {
    private static final String PHONE = "13800000000";
    private static final String NUMBER = "106900123";

    /** A text centre that takes what the test lets it take, and reports when it is told to. */
    private static final class Centre implements ServerMessageReceiverListener, AutoCloseable {
        final BlockingQueue<SubmitSm> submits = new LinkedBlockingQueue<>();
        final BlockingQueue<SMPPServerSession> bound = new LinkedBlockingQueue<>();
        final AtomicInteger ids = new AtomicInteger(0xabc0);
        final AtomicInteger hangUps = new AtomicInteger();
        volatile int refuseNext;
        private final SMPPServerSessionListener listener;
        final int port;

        Centre(String password) throws Exception {
            port = FreePort.find();
            listener = new SMPPServerSessionListener(port);
            listener.setMessageReceiverListener(this);
            listener.setResponseDeliveryListener(new ServerResponseDeliveryAdapter() {});
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        var session = listener.accept();
                        var asked = session.waitForBind(20_000);
                        if (asked.getPassword().equals(password)) {
                            asked.accept("centre");
                            if (hangUps.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                                session.close();
                            } else {
                                bound.add(session);
                            }
                        } else {
                            asked.reject(0x0e); // ESME_RINVPASWD
                        }
                    }
                } catch (Exception closed) {
                    // the test is over
                }
            });
        }

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession source)
                throws ProcessRequestException {
            submits.add(submit);
            if (refuseNext != 0) {
                int status = refuseNext;
                refuseNext = 0;
                throw new ProcessRequestException("no", status);
            }
            try {
                return new SubmitSmResult(
                        new MessageId(Integer.toHexString(ids.incrementAndGet())),
                        new org.jsmpp.bean.OptionalParameter[0]);
            } catch (org.jsmpp.PDUStringException e) {
                throw new IllegalStateException(e);
            }
        }

        void deliver(SMPPServerSession to, int esmClass, int coding, String from, String dest, byte[] text)
                throws Exception {
            to.deliverShortMessage(
                    "",
                    TypeOfNumber.UNKNOWN,
                    NumberingPlanIndicator.ISDN,
                    from,
                    TypeOfNumber.UNKNOWN,
                    NumberingPlanIndicator.ISDN,
                    dest,
                    new ESMClass(esmClass),
                    (byte) 0,
                    (byte) 0,
                    new RegisteredDelivery(0),
                    new RawDataCoding((byte) coding),
                    text);
        }

        /** The number in decimal digits, as some centres do. */
        void report(SMPPServerSession to, int id, String stat) throws Exception {
            var text = "id:%d sub:001 dlvrd:001 submit date:2606010800 done date:2606010801 stat:%s err:000 text:"
                    .formatted(id, stat);
            deliver(to, 4, 0, PHONE, NUMBER, text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public QuerySmResult onAcceptQuerySm(QuerySm it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAcceptReplaceSm(ReplaceSm it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAcceptCancelSm(CancelSm it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAcceptCancelBroadcastSm(CancelBroadcastSm it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm it, SMPPServerSession source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm it, Session source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() throws Exception {
            listener.close();
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    /** A real room whose texts go over the centre. */
    private static final class Room implements AutoCloseable {
        final TestHouse house = TestHouse.real().furnished();
        final SmppCarrier carrier;
        final CourierPump pump;

        Room(int port, String password) {
            this(port, password, Duration.ofSeconds(20));
        }

        /** @param answersWithin a login that is cut off is given up after this */
        Room(int port, String password, Duration answersWithin) {
            Tables.run(
                    house,
                    "UPDATE personal SET text = '1380000' || lpad(substr(person, 2), 4, '0') WHERE room = :room AND field = 'contact/text'");
            house.inbox.start();
            carrier = new SmppCarrier(
                    new Smsc(
                            "smsc",
                            "127.0.0.1",
                            port,
                            "duty",
                            password,
                            "",
                            NUMBER,
                            "【平湖防汛】",
                            16,
                            500,
                            0,
                            ReplyWords.USUAL,
                            answersWithin,
                            Duration.ofSeconds(20)),
                    Terms.USUAL,
                    Duration.ofSeconds(2));
            pump = new CourierPump(
                    house.db, house.room, List.of(carrier), house.inbox, house.keys, house.clock, "http://10.1.2.3");
            carrier.start(new Post(house.db, house.room, house.inbox, house.keys::mark, house.clock, pump::told));
        }

        void connected() {
            while (carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
        }

        void call() {
            house.put(TestCity.signal("T0", SignalColor.RED)).join();
            do {
                house.turn();
                pump.wake();
            } while (pump.turn(house.clock.instant()) > 0);
            house.turn();
        }

        List<String> told() {
            house.turn();
            return Tables.rows(
                    house,
                    "SELECT coalesce(f #>> '{report,kind}', f #>> '{event,kind}', f #>> '{how}'),"
                            + " coalesce(f #>> '{report,detail}', f #>> '{event,detail}', f #>> '{by}') FROM"
                            + " (SELECT number, convert_from(entry, 'UTF8')::json -> 'fact' AS f FROM fact WHERE room = :room"
                            + " AND kind IN ('AttemptReported', 'EvidenceHeard', 'CalleeSettled')) AS facts ORDER BY number");
        }

        @Override
        public void close() {
            carrier.stop();
            pump.close();
            house.close();
        }
    }

    @Test
    void a_call_goes_in_parts_is_reported_in_other_digits_and_answered_by_a_reply() throws Exception {
        try (var centre = new Centre("s3cret");
                var room = new Room(centre.port, "s3cret")) {
            var session = next(centre.bound);
            room.connected();
            room.call();
            var text = new StringBuilder();
            for (var submit : List.of(next(centre.submits), next(centre.submits))) {
                assertThat(submit.getEsmClass() & 0x40).isNotZero();
                assertThat(submit.getDataCoding()).isEqualTo((byte) 8);
                assertThat(submit.getDestAddress()).isEqualTo(PHONE);
                var bytes = submit.getShortMessage();
                text.append(new String(bytes, 6, bytes.length - 6, StandardCharsets.UTF_16BE));
            }
            assertThat(text.toString()).startsWith("【平湖防汛】镇0red").endsWith(" 或回复1");
            centre.report(session, 0xabc1, "DELIVRD");
            assertThat(room.told()).containsExactly("SUBMITTED | ");
            centre.report(session, 0xabc2, "DELIVRD");
            centre.deliver(session, 0, 8, PHONE, NUMBER, "收到".getBytes(StandardCharsets.UTF_16BE));
            assertThat(room.told()).containsExactly("SUBMITTED | ", "DELIVERED | ", "CONFIRMED | 收到", "ANSWERED | P0");
        }
    }

    @Test
    void too_fast_goes_again_and_a_refusal_is_a_failure() throws Exception {
        try (var centre = new Centre("s3cret");
                var room = new Room(centre.port, "s3cret")) {
            next(centre.bound);
            room.connected();
            centre.refuseNext = 0x58;
            room.call();
            assertThat(centre.submits).hasSize(3);
            assertThat(room.told()).containsExactly("SUBMITTED | ");
        }
        try (var centre = new Centre("s3cret");
                var room = new Room(centre.port, "s3cret")) {
            next(centre.bound);
            room.connected();
            centre.refuseNext = 0x0b;
            room.call();
            assertThat(room.told()).containsExactly("FAILED | part 1 of 2: refused with 0x0b");
        }
    }

    @Test
    void a_connection_that_ends_is_made_anew_also_when_it_ends_at_once() throws Exception {
        try (var centre = new Centre("s3cret")) {
            centre.hangUps.set(2);
            try (var room = new Room(centre.port, "s3cret", Duration.ofSeconds(4))) {
                var third = next(centre.bound);
                room.connected();
                third.close();
                next(centre.bound);
                room.connected();
                room.call();
                next(centre.submits);
                assertThat(room.told()).containsExactly("SUBMITTED | ");
            }
        }
    }

    @Test
    void a_wrong_password_is_trouble_that_names_none() throws Exception {
        try (var centre = new Centre("s3cret");
                var room = new Room(centre.port, "wr0ng")) {
            while (room.carrier.trouble().filter(why -> why.contains("refused")).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(room.carrier.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("0x0e").doesNotContain("wr0ng"));
        }
    }

    @Test
    void a_number_is_looked_for_in_either_digits() {
        assertThat(SmppCarrier.refs(Optional.of("T1"), "43969"))
                .containsExactly("T1", "43969", "abc1", "ABC1", "276841");
        assertThat(SmppCarrier.refs(Optional.empty(), "abc1")).containsExactly("abc1", "43969");
        assertThat(SmppCarrier.refs(Optional.empty(), "no-number")).containsExactly("no-number");
    }
}
