package jiaoying.server.reply;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.wire.xml.XmlText;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replies in the two forms of Open311 GeoReport v2 (wiki.open311.org, "Format Support" and "Errors"): XML and JSON of the same
 * content, by the ending of the address. In XML a list is an element with one element for each of its members.
 */
public final class GeoReport {
    public static final String PATH = "/open311/";

    private static final MediaType XML = MediaType.parseMediaType("text/xml;charset=UTF-8");
    private static final MediaType JSON = MediaType.parseMediaType("application/json;charset=UTF-8");
    private static final Map<String, String> MEMBERS = Map.of(
            "services", "service",
            "service_requests", "request",
            "attributes", "attribute",
            "values", "value",
            "errors", "error",
            "endpoints", "endpoint",
            "formats", "format");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private GeoReport() {}

    /** A reply as it goes out. */
    public record Page(MediaType type, String text) {}

    /** What went wrong. @param code the HTTP status */
    record Fault(String code, String description) {}

    /**
     * @param address that was asked for; XML if it ends so
     * @param root    name of the outermost element
     */
    public static Page page(String address, String root, Object content) {
        var tree = MAPPER.<JsonNode>valueToTree(content);
        if (!address.endsWith(".xml")) {
            return new Page(JSON, MAPPER.writeValueAsString(tree));
        }
        var xml = new XmlText();
        write(xml, root, tree);
        return new Page(XML, new String(xml.toBytes(), StandardCharsets.UTF_8));
    }

    /** A refusal, whoever says it. */
    public static Page refused(String address, int status, Problem.Words words) {
        var said = words.what()
                + (words.value().isEmpty() ? "" : ": " + words.value())
                + (words.allowed().isEmpty() ? "" : " (" + words.allowed() + ")")
                + (words.todo().isEmpty() ? "" : ". " + words.todo());
        return page(address, "errors", List.of(new Fault(Integer.toString(status), said)));
    }

    private static void write(XmlText xml, String name, JsonNode node) {
        if (node.isArray()) {
            xml.open(name);
            var member = MEMBERS.getOrDefault(name, "item");
            node.forEach(one -> write(xml, member, one));
            xml.close(name);
        } else if (node.isObject()) {
            xml.open(name);
            node.properties().forEach(field -> write(xml, field.getKey(), field.getValue()));
            xml.close(name);
        } else {
            xml.text(
                    name,
                    allowed(Optional.of(node)
                            .filter(one -> !one.isNull())
                            .map(JsonNode::asString)
                            .orElse("")));
        }
    }

    /** What XML cannot say becomes U+FFFD. */
    private static String allowed(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().map(one -> XmlText.isAllowed(one) ? one : 0xFFFD).forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
