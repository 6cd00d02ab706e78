package jiaoying.server.door.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.server.door.ReadingRows;
import jiaoying.server.reply.ParserWords;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a message says. One that cannot be read is a finding, so that it is not sent for ever and not lost. */
final class Payloads {
    private static final Pattern STREAM = Pattern.compile("Datastreams\\((.*?)\\)");
    private static final int SHOWN = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private Payloads() {}

    static Arrival.Readings read(
            String source, BrokerSettings.Topic settings, String topic, byte[] payload, InstantSource clock) {
        try {
            return switch (settings.payload()) {
                case JSON ->
                    ReadingRows.ofJson(new ByteArrayInputStream(payload)).arrival(source);
                case CSV -> ReadingRows.ofCsv(new ByteArrayInputStream(payload)).arrival(source);
                case SENSORTHINGS -> observation(source, settings.datastreams(), topic, payload, clock);
            };
        } catch (Problem problem) {
            return broken(source, topic, payload, problem.allowed());
        } catch (JacksonException e) {
            return broken(source, topic, payload, ParserWords.json(e));
        } catch (IOException e) {
            throw new IllegalStateException("Bug: bytes in memory can be read", e);
        }
    }

    private static Arrival.Readings broken(String source, String topic, byte[] payload, Sentence allowed) {
        var shown = PlainText.clip(new String(payload, StandardCharsets.UTF_8), SHOWN);
        return new Arrival.Readings(
                source, List.of(), List.of(Finding.unread(0, "topic " + PlainText.clip(topic, SHOWN), shown, allowed)));
    }

    private static Arrival.Readings observation(
            String source, Map<String, String> streams, String topic, byte[] payload, InstantSource clock) {
        var given = JSON.readTree(payload);
        var theirs = stream(topic)
                .or(() -> stream(text(given.path("Datastream@iot.navigationLink"))))
                .or(() -> Optional.of(text(given.path("Datastream").path("@iot.id"))))
                .orElse("");
        var ours = streams.getOrDefault(theirs, theirs);
        var colon = ours.lastIndexOf(':');
        var quantity = ours.substring(colon + 1);
        var time = text(given.path("phenomenonTime"));
        var rows = new ReadingRows();
        rows.add(Map.of(
                "station",
                ours.substring(0, Math.max(0, colon)),
                "quantity",
                quantity,
                "value",
                text(given.path("result")),
                "unit",
                Quantity.find(quantity).map(Quantity::unit).orElse(""),
                "observed_at",
                time.isEmpty() ? clock.instant().toString() : time.substring(time.indexOf('/') + 1)));
        return rows.arrival(source);
    }

    private static Optional<String> stream(String text) {
        var found = STREAM.matcher(text);
        return found.find() ? Optional.of(found.group(1).replaceAll("^'|'$", "").replace("''", "'")) : Optional.empty();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.isNumber() ? value.asString() : "";
    }
}
