package jiaoying.sim.storm;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder with a recorded storm: storm.yaml, stations.csv, rain.csv.gz, and if wanted areas.csv, levels.csv.gz and
 * depths.csv.gz (each .gz may as well be plain). What is wrong with the folder's structure stops the reading; a single
 * bad row of data is kept as a {@link BadRow} and the storm goes on.
 */
public final class StormFolder {
    /** How far from the middle of the storm a reading may lie. */
    static final Duration LONGEST = Duration.ofDays(62);

    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);

    private final Path folder;
    private final StormSheet sheet;
    private final Map<String, Optional<Instant>> instants = new HashMap<>();
    private final Map<String, Optional<Long>> millis = new HashMap<>();
    private final Map<String, String> stations = new HashMap<>();
    private final List<ReadRow> read = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private final Map<BadRow, Optional<Instant>> bad = new LinkedHashMap<>();

    private StormFolder(Path folder, StormSheet sheet) {
        this.folder = folder;
        this.sheet = sheet;
    }

    /** The sheet of a folder, which must exist. */
    public static Path sheetOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StormUnreadable(Told.of("storm-absent", folder));
        }
        return needed(folder, "storm.yaml");
    }

    /** @param yaml the parsed storm.yaml of the folder */
    public static Storm read(Path folder, Map<?, ?> yaml) {
        sheetOf(folder);
        return new StormFolder(folder, StormSheet.of(yaml)).read();
    }

    private Storm read() {
        var rows = stations();
        var rain = either("rain.csv")
                .orElseThrow(() -> new StormUnreadable(Told.of("storm-missing", folder, "rain.csv.gz")));
        readValues(rain, "rain", "end_time_utc", "mm");
        either("levels.csv").ifPresent(path -> readValues(path, "level", "time_utc", "level_m"));
        either("depths.csv").ifPresent(path -> readValues(path, "depth", "time_utc", "depth_mm"));
        if (read.isEmpty()) {
            throw new StormUnreadable(Told.of(
                    "storm-rowless",
                    rain.getFileName(),
                    bad.keySet().stream().findFirst().map(StormFolder::told).orElse(Told.of("storm-no-row"))));
        }
        keepNear();
        return new Storm(sheet, gauges(rows), new StepsOfStorm(sheet, ids(rows), observations, bad).list());
    }

    /** A mistyped year is a bad row, or the storm would last for ever. */
    private void keepNear() {
        var times = read.stream().map(row -> row.seen.at()).sorted().toList();
        var middle = times.get(times.size() / 2);
        var allowed = Told.of("storm-near", LONGEST.toDays(), middle);
        for (var row : read) {
            var at = row.seen.at();
            if (Duration.between(at, middle).abs().compareTo(LONGEST) <= 0) {
                observations.add(row.seen);
            } else {
                bad.put(new BadRow(row.file, row.line, row.timeColumn, at.toString(), allowed), Optional.empty());
            }
        }
    }

    private static Told told(BadRow row) {
        return Told.of("storm-row", row.file(), row.line(), row.field(), row.value(), row.allowed());
    }

    private List<StationRow> stations() {
        var rows = new ArrayList<StationRow>();
        try (var csv = Csv.open(needed(folder, "stations.csv"), "id", "name", "lat", "lon")) {
            var seen = new HashSet<String>();
            for (var row = csv.next(); row.isPresent(); row = csv.next()) {
                var id = row.get().text("id");
                if (!seen.add(id)) {
                    throw row.get().wrong("id", Told.of("station-once"));
                }
                var place =
                        new Place(row.get().number("lon", -180, 180), row.get().number("lat", -90, 90));
                var name = row.get().get("name");
                rows.add(new StationRow(id, name.isEmpty() ? id : name, place));
            }
        }
        if (rows.isEmpty()) {
            throw new StormUnreadable(Told.of("storm-no-station"));
        }
        return rows;
    }

    private static Set<String> ids(List<StationRow> rows) {
        var ids = new LinkedHashSet<String>();
        rows.forEach(row -> ids.add(row.id()));
        return ids;
    }

    private List<Gauge> gauges(List<StationRow> rows) {
        var areas = areas(ids(rows));
        var kinds = new HashMap<String, String>();
        observations.forEach(seen -> kinds.putIfAbsent(seen.station(), seen.quantity()));
        var places = rows.stream().map(StationRow::place).toList();
        var moved = sheet.transposition()
                .map(transposition -> transposition.move(places))
                .orElse(places);
        var gauges = new ArrayList<Gauge>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            gauges.add(new Gauge(
                    row.id(),
                    row.name(),
                    moved.get(i),
                    kinds.getOrDefault(row.id(), "rain"),
                    Optional.ofNullable(areas.get(row.id()))));
        }
        return gauges;
    }

    private Map<String, StormArea> areas(Set<String> stations) {
        var areas = new HashMap<String, StormArea>();
        var path = folder.resolve("areas.csv");
        if (!Files.exists(path)) {
            return areas;
        }
        try (var csv = Csv.open(path, "station", "area")) {
            for (var row = csv.next(); row.isPresent(); row = csv.next()) {
                var station = row.get().text("station");
                if (!stations.contains(station)) {
                    throw row.get().wrong("station", Told.of("storm-station"));
                }
                var code = row.get().text("area");
                var name = row.get().get("area_name");
                if (areas.put(station, new StormArea(code, name.isEmpty() ? code : name)) != null) {
                    throw row.get().wrong("station", Told.of("station-once"));
                }
            }
        }
        return areas;
    }

    private void readValues(Path path, String quantity, String timeColumn, String valueColumn) {
        var file = path.getFileName().toString();
        try (var csv = Csv.open(path, timeColumn, "station", valueColumn)) {
            for (var row = csv.next(); row.isPresent(); row = csv.next()) {
                readValue(row.get(), file, quantity, timeColumn, valueColumn);
            }
        }
    }

    private void readValue(Csv.Row row, String file, String quantity, String timeColumn, String valueColumn) {
        var at = instants.computeIfAbsent(row.get(timeColumn), StormFolder::instant);
        var milli = millis.computeIfAbsent(row.get(valueColumn), StormFolder::milli);
        var station = stations.computeIfAbsent(row.get("station"), same -> same);
        if (at.isEmpty()) {
            bad.put(badRow(row, file, timeColumn, Told.of("storm-time")), at);
        } else if (station.isEmpty()) {
            bad.put(badRow(row, file, "station", Told.of("storm-station")), at);
        } else if (milli.isEmpty()) {
            bad.put(badRow(row, file, valueColumn, Told.of("a-number")), at);
        } else {
            var seen = new Observation(station, quantity, milli.get(), at.get());
            read.add(new ReadRow(seen, file, row.line(), timeColumn));
        }
    }

    private static BadRow badRow(Csv.Row row, String file, String column, Told allowed) {
        return new BadRow(file, row.line(), column, row.get(column), allowed);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> milli(String text) {
        try {
            var value = new BigDecimal(text);
            if (value.abs().compareTo(LARGEST) > 0) {
                return Optional.empty();
            }
            return Optional.of(
                    value.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> either(String plain) {
        var packed = folder.resolve(plain + ".gz");
        var open = folder.resolve(plain);
        return Files.exists(packed) ? Optional.of(packed) : Files.exists(open) ? Optional.of(open) : Optional.empty();
    }

    private static Path needed(Path folder, String file) {
        var path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new StormUnreadable(Told.of("storm-missing", folder, file));
        }
        return path;
    }

    private record ReadRow(Observation seen, String file, long line, String timeColumn) {}

    private record StationRow(String id, String name, Place place) {}
}
