package jiaoying.server.pack;

import java.util.List;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;

/** Reads {@code pack.yaml}. */
final class HeadReader {
    static final String CRITERIA = "criteria";
    static final String QUALITY = "quality";
    static final String PLAN = "plan";
    static final String RESPONSE = "response";
    static final String PROGRAMME = "programme";
    private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,2}");

    private HeadReader() {}

    static PackHead read(PackNode root, String folder) {
        var fields = root.fields(List.of("name", "version", "kind", "title", "status", "effective", "source"));
        var title = fields.need("title").fields(List.of("zh", "en"));
        return new PackHead(
                fields.need("name").oneOf(List.of(folder)),
                fields.need("version").text(VERSION, Sentence.of("a-version")),
                fields.need("kind").oneOf(List.of(CRITERIA, PLAN, QUALITY, RESPONSE, PROGRAMME)),
                title.need("zh").text(),
                title.need("en").text(),
                fields.need("status").oneOf(List.of("draft", "ready")).equals("draft"),
                fields.need("effective").date(),
                fields.need("source").text());
    }
}
