package jiaoying.sim.storm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What storm.yaml says.
 *
 * @param title         in Chinese, or in the only language given; {@code title: {zh, en}} gives both
 * @param titleEn       in English, or the same
 * @param step          length of the interval in which a row of rain fell
 * @param zerosOmitted  dry steps are not in the file and are filled in, so that no station seems silent
 * @param transposition where the network is moved, if it is
 * @param story         when a demonstration begins, if not with the storm ({@code demo: {start: time}})
 * @param remarks       things worth saying that do no harm
 */
public record StormSheet(
        String name,
        String title,
        String titleEn,
        String source,
        String terms,
        Duration step,
        boolean zerosOmitted,
        Optional<Transposition> transposition,
        Optional<Instant> story,
        List<Told> remarks) {

    /** Reads the keys of a parsed storm.yaml. */
    public static StormSheet of(Map<?, ?> yaml) {
        var remarks = new ArrayList<Told>();
        remarkUnknown(remarks, "", yaml, List.of("name", "title", "source", "terms", "rain", "transpose", "demo"));
        var name = text(yaml, "name");
        if (name.isBlank()) {
            throw StormUnreadable.key("name", name, Told.of("storm-name"));
        }
        var rain = map(yaml, "rain").orElseThrow(() -> StormUnreadable.key("rain", "", Told.of("storm-rain")));
        remarkUnknown(remarks, "rain.", rain, List.of("step_min", "zeros"));
        return new StormSheet(
                name,
                title(yaml, "zh", "en").orElse(name),
                title(yaml, "en", "zh").orElse(name),
                text(yaml, "source"),
                text(yaml, "terms"),
                Duration.ofMinutes(stepMin(rain)),
                zerosOmitted(rain),
                map(yaml, "transpose").map(transpose -> transposition(transpose, remarks)),
                map(yaml, "demo").map(demo -> story(demo, remarks)),
                List.copyOf(remarks));
    }

    private static long stepMin(Map<?, ?> rain) {
        var value = rain.get("step_min");
        if (value instanceof Integer minutes && minutes >= 1 && minutes <= 1440) {
            return minutes;
        }
        throw StormUnreadable.key("rain.step_min", shown(value), Told.of("whole", 1, 1440));
    }

    private static boolean zerosOmitted(Map<?, ?> rain) {
        return switch (shown(rain.get("zeros"))) {
            case "omitted" -> true;
            case "kept" -> false;
            case String other -> throw StormUnreadable.key("rain.zeros", other, Told.of("kept-omitted"));
        };
    }

    private static Transposition transposition(Map<?, ?> transpose, List<Told> remarks) {
        remarkUnknown(remarks, "transpose.", transpose, List.of("to", "scale"));
        var scale = transpose.get("scale") == null ? 1.0 : number("transpose.scale", transpose.get("scale"), 0.001, 10);
        if (transpose.get("to") instanceof List<?> to && to.size() == 2) {
            var lon = number("transpose.to", to.get(0), -180, 180);
            var lat = number("transpose.to", to.get(1), -85, 85);
            return new Transposition(new Place(lon, lat), scale);
        }
        throw StormUnreadable.key("transpose.to", shown(transpose.get("to")), Told.of("lon-lat"));
    }

    private static Instant story(Map<?, ?> demo, List<Told> remarks) {
        remarkUnknown(remarks, "demo.", demo, List.of("start"));
        try {
            return Instant.parse(shown(demo.get("start")));
        } catch (DateTimeException e) {
            throw (StormUnreadable) StormUnreadable.key("demo.start", shown(demo.get("start")), Told.of("storm-time"))
                    .initCause(e);
        }
    }

    private static double number(String key, Object value, double least, double most) {
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw StormUnreadable.key(key, shown(value), Told.of("value-from", least, most));
    }

    private static Optional<String> title(Map<?, ?> yaml, String language, String other) {
        if (!(yaml.get("title") instanceof Map<?, ?> titles)) {
            return Optional.of(text(yaml, "title")).filter(title -> !title.isBlank());
        }
        return Stream.of(language, other)
                .map(one -> text(titles, one))
                .filter(title -> !title.isBlank())
                .findFirst();
    }

    private static String text(Map<?, ?> yaml, String key) {
        var value = yaml.get(key);
        if (value instanceof Map || value instanceof List) {
            throw StormUnreadable.key(key, value, Told.of("a-text"));
        }
        return shown(value);
    }

    private static Optional<Map<?, ?>> map(Map<?, ?> yaml, String key) {
        return switch (yaml.get(key)) {
            case null -> Optional.empty();
            case Map<?, ?> map -> Optional.of(map);
            case Object other -> throw StormUnreadable.key(key, other, Told.of("keys-values"));
        };
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static void remarkUnknown(List<Told> remarks, String path, Map<?, ?> yaml, List<String> known) {
        var unknown = new TreeSet<String>();
        yaml.keySet().forEach(key -> unknown.add(shown(key)));
        known.forEach(unknown::remove);
        for (var key : unknown) {
            remarks.add(Told.of("storm-unknown-key", path + key, String.join(", ", known)));
        }
    }
}
