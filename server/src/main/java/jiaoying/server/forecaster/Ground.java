package jiaoying.server.forecaster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.courier.Inside.Undone;
import jiaoying.server.flood.GroundFiles;
import jiaoying.server.flood.Scenario;
import jiaoying.server.flood.ScenarioReader;
import jiaoying.server.flood.ScenarioRefused;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.server.forecaster.ForecasterSettings.MadeUp;
import jiaoying.water.grid.Frame;
import jiaoying.water.terrain.BurnIn;
import jiaoying.water.terrain.City;

/** The ground under the forecasts of a room, read when it is first needed, or made up. */
record Ground(Scenario scenario, Placing placing) {
    /** The bed of an underpass in a made-up city, m. */
    private static final double UNDERPASS_M = -0.6;

    private static final double HOLLOW_M = 1.6;
    private static final double CLEAR_M = 90;

    /** Half of a hollow, and the dike beside a canal, m; the cells around a site come on top. */
    private static final double DRY_M = 85;

    static Ground read(ForecasterSettings settings, List<SiteRegistered> sites) throws Undone {
        try {
            if (settings.madeUp().isPresent() && !Files.exists(settings.scenario())) {
                make(settings, settings.madeUp().get(), sites);
            }
            var scenario = ScenarioReader.read(settings.scenario());
            return new Ground(scenario, placing(scenario.scene().ground().frame(), settings));
        } catch (ScenarioRefused refused) {
            throw new Undone("ground " + refused.problems().getFirst().where());
        } catch (IOException | IllegalArgumentException e) {
            throw new Undone("ground " + e.getMessage());
        }
    }

    private static Placing placing(Frame frame, ForecasterSettings settings) throws Undone {
        return Placing.of(frame, settings.origin()).orElseThrow(() -> new Undone("origin"));
    }

    /** The scenario and the files beside it with the moment of each one's last change; empty when there is no scenario. */
    static List<String> files(ForecasterSettings settings) throws IOException {
        var folder = settings.scenario().toAbsolutePath().getParent();
        if (folder == null || !Files.exists(settings.scenario())) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var found = new ArrayList<String>();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(file + " " + Files.getLastModifiedTime(file));
            }
            return found;
        }
    }

    Forecaster.Box box() {
        return new Forecaster.Box(
                placing.back(frame().west(), frame().south()),
                placing.back(frame().east(), frame().north()),
                frame().cellSize());
    }

    Frame frame() {
        return scenario.scene().ground().frame();
    }

    /** The cells at a place and around it that have ground, empty when it lies outside. */
    List<Integer> cells(double lon, double lat) {
        var frame = frame();
        var place = placing.of(new LonLat(lon, lat));
        if (!frame.holds(place.x(), place.y())) {
            return List.of();
        }
        var cells = new TreeSet<Integer>();
        for (var row = frame.rowOf(place.y()) - 1; row <= frame.rowOf(place.y()) + 1; row++) {
            for (var column = frame.columnOf(place.x()) - 1; column <= frame.columnOf(place.x()) + 1; column++) {
                if (row >= 0
                        && row < frame.rows()
                        && column >= 0
                        && column < frame.columns()
                        && !Double.isNaN(scenario.scene().ground().at(row, column))) {
                    cells.add(row * frame.columns() + column);
                }
            }
        }
        return List.copyOf(cells);
    }

    /** A city that does not exist, in which the registered underpasses and low-lying blocks are low. */
    private static void make(ForecasterSettings settings, MadeUp wanted, List<SiteRegistered> sites)
            throws IOException, Undone {
        var frame = City.frame(wanted.side_m(), wanted.cell_m());
        var placing = placing(frame, settings);
        var city = new City(wanted.side_m(), wanted.cell_m(), wanted.seed(), dry(sites, placing, frame));
        var burn = new BurnIn(city.ground());
        var places = new ArrayList<Placing.Place>();
        for (var site : sites) {
            var place = placing.of(new LonLat(site.lon(), site.lat()));
            if (city.ground().frame().holds(place.x(), place.y())) {
                places.add(place);
                switch (site.kind()) {
                    case "underpass" -> low(burn, place, 30, wanted.cell_m(), UNDERPASS_M);
                    case "low-lying-community" -> low(burn, place, 60, 120, HOLLOW_M);
                    default -> {}
                }
            }
        }
        var blocks = city.blocks().stream()
                .filter(block -> places.stream().noneMatch(place -> near(block, place)))
                .toList();
        var folder = settings.scenario().toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + settings.scenario());
        }
        GroundFiles.write(city, burn.ground(), blocks, OptionalDouble.of(city.canalLevel()), folder);
    }

    /** No canal runs through what is low: it would stand under the canal's water in every weather. */
    private static List<City.Dry> dry(List<SiteRegistered> sites, Placing placing, Frame frame) {
        return sites.stream()
                .filter(site -> site.kind().equals("underpass") || site.kind().equals("low-lying-community"))
                .map(site -> placing.of(new LonLat(site.lon(), site.lat())))
                .filter(place -> frame.holds(place.x(), place.y()))
                .map(place -> new City.Dry(place.x(), place.y(), DRY_M + 2 * frame.cellSize()))
                .toList();
    }

    private static void low(BurnIn burn, Placing.Place at, double half_m, double width_m, double level_m) {
        burn.line(at.x() - half_m, at.y(), at.x() + half_m, at.y(), width_m, level_m, level_m, BurnIn.Way.LOWER);
    }

    private static boolean near(City.Block block, Placing.Place place) {
        var x = Math.clamp(place.x(), block.west(), block.east());
        var y = Math.clamp(place.y(), block.south(), block.north());
        return Math.hypot(x - place.x(), y - place.y()) < CLEAR_M;
    }
}
