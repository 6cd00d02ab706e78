package jiaoying.server.door;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.ParserWords;
import jiaoying.server.reply.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads {@code {"readings":[{"station",...},...]}} row by row; numbers are taken as they are written, never as doubles. */
final class ReadingsJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(10_000)
                    .maxNumberLength(1_000)
                    .maxNestingDepth(50)
                    .build())
            .build();

    private ReadingsJson() {}

    static ReadingRows read(InputStream in) {
        try (var parser = FACTORY.createParser(in)) {
            return document(parser);
        } catch (JacksonException e) {
            throw Problem.allowing(400, "readings.json", ParserWords.place(e), ParserWords.json(e));
        }
    }

    private static ReadingRows document(JsonParser parser) {
        require(parser.nextToken() == JsonToken.START_OBJECT, parser, Sentence.of("json-object"));
        var rows = new ReadingRows();
        var found = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var wanted = parser.currentName().equals("readings");
            parser.nextToken();
            if (wanted) {
                require(parser.currentToken() == JsonToken.START_ARRAY, parser, Sentence.of("json-array"));
                found = true;
                rows(parser, rows);
            } else {
                parser.skipChildren();
            }
        }
        require(found, parser, Sentence.of("json-readings"));
        require(parser.nextToken() == null, parser, Sentence.of("json-end"));
        return rows;
    }

    private static void rows(JsonParser parser, ReadingRows rows) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                rows.add(fields(parser));
            } else {
                rows.addBroken(shown(parser), Sentence.of("row-object", String.join(", ", ReadingRow.FIELDS)));
                parser.skipChildren();
            }
        }
    }

    private static Map<String, String> fields(JsonParser parser) {
        var fields = new HashMap<String, String>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            fields.put(name, shown(parser));
            parser.skipChildren();
        }
        return fields;
    }

    private static String shown(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "{…}";
            case START_ARRAY -> "[…]";
            case VALUE_NULL -> "";
            default -> parser.getString();
        };
    }

    private static void require(boolean good, JsonParser parser, Sentence allowed) {
        if (!good) {
            var at = parser.currentTokenLocation();
            throw Problem.allowing(400, "readings.form", at.getLineNr() + ":" + at.getColumnNr(), allowed);
        }
    }
}
