package jiaoying.wire.cap;

import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.CapRead.Version;
import jiaoying.wire.xml.XmlText;

/** Writes what a record says, in the schema's order (3.4), without looking whether it is allowed. */
final class CapWriter {
    private final XmlText out = new XmlText();

    private CapWriter() {}

    static byte[] write(Alert alert) {
        var writer = new CapWriter();
        writer.alert(alert);
        return writer.out.toBytes();
    }

    private void alert(Alert alert) {
        out.open("alert", "xmlns", Version.CAP_1_2.namespace);
        out.text("identifier", alert.id().identifier());
        out.text("sender", alert.id().sender());
        out.text("sent", alert.id().sent().toString());
        out.text("status", alert.status().word());
        out.text("msgType", alert.msgType().word());
        text("source", alert.source());
        out.text("scope", alert.scope().word());
        text("restriction", alert.restriction());
        names("addresses", alert.addresses());
        alert.codes().forEach(it -> out.text("code", it));
        text("note", alert.note());
        list("references", alert.references().stream().map(MessageId::toString).toList());
        names("incidents", alert.incidents());
        alert.infos().forEach(this::info);
        out.close("alert");
    }

    private void text(String name, Optional<?> text) {
        text.ifPresent(it -> out.text(name, it.toString()));
    }

    private void list(String name, List<String> words) {
        if (!words.isEmpty()) {
            out.text(name, String.join(" ", words));
        }
    }

    /** Quotes around what has a space in it (3.2.1, addresses). */
    private void names(String name, List<String> names) {
        list(name, names.stream().map(CapWriter::quoted).toList());
    }

    private static String quoted(String word) {
        if (word.indexOf('"') >= 0) {
            throw new IllegalArgumentException("A name in a list of CAP has no quotes: " + word);
        }
        var plain = !word.isEmpty() && word.chars().noneMatch(it -> it <= ' ');
        return plain ? word : '"' + word + '"';
    }

    private void info(Info info) {
        out.open("info");
        out.text("language", info.language());
        info.categories().forEach(it -> out.text("category", it.word()));
        out.text("event", info.event());
        info.responseTypes().forEach(it -> out.text("responseType", it.word()));
        out.text("urgency", info.urgency().word());
        out.text("severity", info.severity().word());
        out.text("certainty", info.certainty().word());
        text("audience", info.audience());
        pairs("eventCode", info.eventCodes());
        text("effective", info.effective());
        text("onset", info.onset());
        text("expires", info.expires());
        text("senderName", info.senderName());
        text("headline", info.headline());
        text("description", info.description());
        text("instruction", info.instruction());
        text("web", info.web());
        text("contact", info.contact());
        pairs("parameter", info.parameters());
        info.resources().forEach(this::resource);
        info.areas().forEach(this::area);
        out.close("info");
    }

    private void pairs(String name, List<NamedValue> pairs) {
        for (var pair : pairs) {
            out.open(name)
                    .text("valueName", pair.valueName())
                    .text("value", pair.value())
                    .close(name);
        }
    }

    private void resource(Resource resource) {
        out.open("resource");
        out.text("resourceDesc", resource.resourceDesc());
        out.text("mimeType", resource.mimeType());
        resource.size().ifPresent(it -> out.text("size", Long.toString(it)));
        text("uri", resource.uri());
        text("derefUri", resource.derefUri());
        text("digest", resource.digest());
        out.close("resource");
    }

    private void area(Area area) {
        out.open("area");
        out.text("areaDesc", area.areaDesc());
        area.polygons().forEach(it -> out.text("polygon", it.toString()));
        area.circles().forEach(it -> out.text("circle", it.toString()));
        pairs("geocode", area.geocodes());
        area.altitude().ifPresent(it -> out.text("altitude", it.toPlainString()));
        area.ceiling().ifPresent(it -> out.text("ceiling", it.toPlainString()));
        out.close("area");
    }
}
