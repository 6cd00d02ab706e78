package jiaoying.server.page;

import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The outlines of the areas (底图) that somebody may see, with the names of the register. */
@RestController
public final class MapController {
    private static final JsonMapper JSON = new JsonMapper();

    private final Boards boards;
    private final Supplier<String> outlines;

    /** @param outlines GeoJSON whose features carry the property {@code code}; without one a feature is the outline of all */
    public MapController(Boards boards, Supplier<String> outlines) {
        this.boards = boards;
        this.outlines = outlines;
    }

    @GetMapping("/api/map")
    JsonNode map() {
        var board = boards.forCaller("");
        var map = JSON.createObjectNode().put("type", "FeatureCollection");
        map.put("schematic", board.register().schematic());
        var features = map.putArray("features");
        for (var feature : JSON.readTree(outlines.get()).path("features")) {
            if (shown(feature, board)) {
                features.add(named(feature, board.register()));
            }
        }
        return map;
    }

    private static boolean shown(JsonNode feature, Board board) {
        var code = code(feature);
        return isOutline(code, board.register()) || board.scope().covers(code);
    }

    private static ObjectNode named(JsonNode feature, CityRegister register) {
        var code = code(feature);
        var shown = JSON.createObjectNode().put("type", "Feature");
        var properties = shown.putObject("properties");
        var area = register.areas().get(code);
        properties.put("code", code);
        properties.put("name", area == null ? "" : area.nameZh());
        properties.put("name_en", area == null ? "" : area.nameEn());
        properties.put("kind", isOutline(code, register) || area == null ? "outline" : area.kind());
        shown.set("geometry", feature.path("geometry"));
        return shown;
    }

    private static boolean isOutline(String code, CityRegister register) {
        var area = register.areas().get(code);
        return code.isEmpty() || (area != null && area.kind().equals("city"));
    }

    private static String code(JsonNode feature) {
        return feature.path("properties").path("code").asString("");
    }
}
