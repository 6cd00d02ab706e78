package jiaoying.server.forecaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.server.forecaster.ForecasterSettings.MadeUp;
import jiaoying.server.reply.WrongSetting;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code forecast.yaml} (预报设置); says which key is wrong, what it holds and what is allowed. */
public final class ForecasterSettingsFile {
    public static final String NAME = "forecast.yaml";

    private static final List<String> KEYS = List.of(
            "name",
            "scenario",
            "origin",
            "made_up",
            "every_min",
            "horizon_min",
            "step_min",
            "deadline_min",
            "half_life_min",
            "flood_cm",
            "threads",
            "kept_runs");
    private static final List<String> CITY_KEYS = List.of("side_m", "cell_m", "seed");

    private final Path file;
    private final Map<String, Object> tree;

    private ForecasterSettingsFile(Path file, Map<String, Object> tree) {
        this.file = file;
        this.tree = tree;
    }

    /**
     * The settings of a data directory; empty where there is no file: the room has no ground.
     *
     * @throws IllegalArgumentException with the words for the user
     */
    public static Optional<ForecasterSettings> read(Path data) {
        var file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var settings = LoadSettings.builder()
                    .setLabel(NAME)
                    .setAllowDuplicateKeys(false)
                    .build();
            var loaded = Optional.ofNullable(new Load(settings).loadFromString(Files.readString(file)));
            var texts = texts(file, "", loaded.orElse(Map.of()), KEYS);
            return Optional.of(new ForecasterSettingsFile(file, texts).settings());
        } catch (YamlEngineException e) {
            throw WrongSetting.unreadable(file, e);
        } catch (IOException e) {
            throw WrongSetting.unreadable(file, e);
        }
    }

    private static Map<String, Object> texts(Path file, String key, Object value, List<String> known) {
        if (!(value instanceof Map<?, ?> map)) {
            throw WrongSetting.of(file, key, value, Sentence.of("setting-map"));
        }
        var texts = new LinkedHashMap<String, Object>();
        map.forEach((name, held) -> {
            if (!known.contains(String.valueOf(name))) {
                throw WrongSetting.of(
                        file,
                        String.valueOf(name),
                        held == null ? "" : held,
                        Sentence.of("setting-keys", String.join(", ", known)));
            }
            texts.put(String.valueOf(name), held == null ? "" : held);
        });
        return texts;
    }

    private ForecasterSettings settings() {
        var madeUp = madeUp();
        var origin = origin();
        if (madeUp.isPresent() == tree.containsKey("scenario")) {
            throw wrong("scenario", Sentence.of("setting-scenario"));
        }
        if (madeUp.isPresent() && origin.isEmpty()) {
            throw wrong("origin", Sentence.of("setting-origin"));
        }
        var scenario = madeUp.isPresent()
                ? file.resolveSibling("forecast/ground/scenario.yaml")
                : file.resolveSibling(text("scenario", ""));
        if (madeUp.isEmpty() && !Files.isRegularFile(scenario)) {
            throw wrong("scenario", Sentence.of("setting-file"));
        }
        return new ForecasterSettings(
                plan(madeUp.isPresent()), scenario, origin, madeUp, (int) number("threads", 1, 1, 16), (int)
                        number("kept_runs", ForecasterSettings.keptUsually(), 2, 10_000));
    }

    private ForecastPlan plan(boolean synthetic) {
        var usual = ForecasterSettings.plan("", synthetic);
        var every = minutes("every_min", usual.every(), 5, 120);
        var horizon = minutes("horizon_min", usual.horizon(), 30, 360);
        var step = minutes("step_min", usual.step(), 1, 15);
        if (horizon.toSeconds() % step.toSeconds() != 0) {
            throw wrong("step_min", Sentence.of("forecast-step", horizon.toMinutes()));
        }
        var deadline = minutes("deadline_min", usual.deadline(), 1, 119);
        if (deadline.compareTo(every) >= 0) {
            throw wrong("deadline_min", Sentence.of("forecast-deadline", every.toMinutes()));
        }
        return new ForecastPlan(
                        text(
                                "name",
                                String.valueOf(file.resolveSibling("ground").getFileName())),
                        synthetic,
                        every,
                        horizon,
                        step,
                        deadline,
                        minutes("half_life_min", usual.halfLife(), 5, 720),
                        (int) Math.round(10 * number("flood_cm", usual.floodMm() / 10.0, 1, 200)))
                .checked();
    }

    private Duration minutes(String key, Duration usual, int least, int most) {
        return Duration.ofMinutes(Math.round(number(key, usual.toMinutes(), least, most)));
    }

    private double number(String key, double usual, double least, double most) {
        return number(tree, key, usual, least, most);
    }

    private double number(Map<String, Object> from, String key, double usual, double least, double most) {
        var held = from.getOrDefault(key, usual);
        if (held instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw WrongSetting.of(file, key, held, Sentence.of("setting-number", least, most));
    }

    private Optional<LonLat> origin() {
        if (!tree.containsKey("origin")) {
            return Optional.empty();
        }
        if (tree.get("origin") instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof Number lon
                && pair.get(1) instanceof Number lat
                && Math.abs(lon.doubleValue()) <= 180
                && Math.abs(lat.doubleValue()) <= 85) {
            return Optional.of(new LonLat(lon.doubleValue(), lat.doubleValue()));
        }
        throw wrong("origin", Sentence.of("setting-origin"));
    }

    private Optional<MadeUp> madeUp() {
        if (!tree.containsKey("made_up")) {
            return Optional.empty();
        }
        var city = texts(file, "made_up", tree.getOrDefault("made_up", ""), CITY_KEYS);
        return Optional.of(new MadeUp(
                number(city, "side_m", 8000, 500, 40_000),
                number(city, "cell_m", 20, 1, 50),
                Math.round(number(city, "seed", 1, 0, 1e9))));
    }

    private String text(String key, String otherwise) {
        return tree.containsKey(key) ? String.valueOf(tree.get(key)) : otherwise;
    }

    private WrongSetting wrong(String key, Sentence allowed) {
        return WrongSetting.of(file, key, tree.getOrDefault(key, ""), allowed);
    }
}
