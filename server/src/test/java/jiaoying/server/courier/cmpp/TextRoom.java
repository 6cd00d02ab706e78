package jiaoying.server.courier.cmpp;

import java.time.Duration;
import java.util.List;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.ReplyWords;
import jiaoying.server.courier.Terms;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import jiaoying.wire.cmpp.Version;

/** A real room whose people have phone numbers and whose texts go over a gateway on loopback. */
final class TextRoom implements AutoCloseable {
    static final String PHONE = "13800000000";

    final TestHouse house = TestHouse.real().furnished();
    final CmppCarrier carrier;
    final CourierPump pump;

    static Gateway gateway(int port, Version version, String secret) {
        return gateway(port, version, secret, Duration.ofSeconds(20));
    }

    static Gateway gateway(int port, Version version, String secret, Duration activeEvery) {
        return new Gateway(
                "cmcc",
                "127.0.0.1",
                port,
                version,
                ScriptedGateway.ACCOUNT,
                secret,
                ScriptedGateway.NUMBER,
                "FLOOD",
                "【平湖防汛】",
                1,
                16,
                500,
                4,
                ReplyWords.USUAL,
                Duration.ofSeconds(20),
                activeEvery);
    }

    TextRoom(Gateway gateway, Duration evidenceWithin) {
        this(gateway, Terms.USUAL, evidenceWithin);
    }

    TextRoom(Gateway gateway, Terms terms, Duration evidenceWithin) {
        Tables.run(
                house,
                "UPDATE personal SET text = '+86 1380000' || lpad(substr(person, 2), 4, '0') WHERE room = :room AND field = 'contact/text'");
        house.inbox.start();
        carrier = new CmppCarrier(gateway, terms, house.clock, evidenceWithin);
        pump = new CourierPump(
                house.db, house.room, List.of(carrier), house.inbox, house.keys, house.clock, "http://10.1.2.3:8573");
        carrier.start(new Post(house.db, house.room, house.inbox, house.keys::mark, house.clock, pump::told));
    }

    /** Calls the person of a town; comes back when the carrier has said of all what became of it. */
    void call(String town) {
        house.put(TestCity.signal(town, SignalColor.RED)).join();
        run();
    }

    void run() {
        do {
            house.turn();
            pump.wake();
        } while (pump.turn(house.clock.instant()) > 0);
        house.turn();
    }

    /** What is in the ledger about attempts. */
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
