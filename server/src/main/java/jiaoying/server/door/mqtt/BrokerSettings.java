package jiaoying.server.door.mqtt;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broker to subscribe at, of {@code mqtt.yaml}.
 *
 * @param name of the source, as findings show it
 * @param trusted certificates of the broker or of who issued its own; empty for those that Java trusts
 * @param version 3 (3.1.1) or 5
 * @param password of the user; never shown or logged
 */
public record BrokerSettings(
        String name,
        String host,
        int port,
        boolean tls,
        List<X509Certificate> trusted,
        int version,
        String clientId,
        Optional<String> user,
        Optional<String> password,
        List<Topic> topics) {
    /** What stands in the payload. */
    public enum Payload {
        /** JSON of POST /api/readings. */
        JSON,
        /** CSV of POST /api/readings. */
        CSV,
        /** One observation of SensorThings; the Datastream is in its topic or its link. */
        SENSORTHINGS
    }

    /**
     * @param filter with + and # as MQTT has them
     * @param datastreams ours (STATION:QUANTITY) by the id of theirs; what is not in it is taken as ours
     */
    public record Topic(String filter, Payload payload, Map<String, String> datastreams) {}

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerSettings[" + name + " " + host + ":" + port + "]";
    }
}
