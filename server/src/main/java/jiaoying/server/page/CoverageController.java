package jiaoying.server.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether everybody who has to be reached can be (名册覆盖): of the room, of an area, or of what somebody draws on the map. */
@RestController
public final class CoverageController {
    private final Boards boards;
    private final AnswerReads reads;
    private final Outlines outlines;

    public CoverageController(Boards boards, AnswerReads reads, Outlines outlines) {
        this.boards = boards;
        this.reads = reads;
        this.outlines = outlines;
    }

    /**
     * @param areas    inhabited areas with too few verified people
     * @param unplaced the same, of areas that nobody has drawn: they may lie in the polygon or not
     */
    record Covered(
            List<Hole> areas,
            List<Hole> unplaced,
            List<Hole> sites,
            List<Reach> towns,
            int needed,
            long testEveryDays) {}

    /** @param at longitude and latitude of a site; empty of an area */
    record Hole(
            String kind,
            String place,
            String name,
            String townCode,
            String town,
            List<String> named,
            List<String> verified,
            List<Double> at) {}

    /** @param testedAt the last answer test that reached this town's people; called and answered: of that test; due: it is time */
    record Reach(
            String town,
            String name,
            int people,
            int reachable,
            int verified,
            Optional<Instant> testedAt,
            int called,
            int answered,
            boolean due) {}

    /**
     * @param polygon {@code lon,lat;lon,lat;...}: sites inside, and the inhabited areas whose outline meets it; empty: everything
     * @param area    this area and those below it; empty: all
     */
    @GetMapping("/api/answer/coverage")
    Covered coverage(
            @RequestParam(defaultValue = "") String polygon,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var coverage = new Coverage(board.register(), reads, board.at());
        var part = DrawnPolygon.read(polygon);
        var asked = within(board, area, texts);
        var sites = reads.sites().get().stream()
                .filter(site -> asked.test(site.area()) && part.contains(site.lon(), site.lat()))
                .toList();
        var where = Whereabouts.of(part, outlines, board.register());
        var withSites = sites.stream().map(SiteRegistered::area).collect(Collectors.toSet());
        var meant = holes(coverage, asked, row -> withSites.contains(row) || where.of(row) == Whereabouts.Place.INSIDE);
        var unplaced =
                holes(coverage, asked, row -> !withSites.contains(row) && where.of(row) == Whereabouts.Place.UNDRAWN);
        var words = new HoleWords(board, texts);
        return new Covered(
                meant.stream().map(words::area).toList(),
                unplaced.stream().map(words::area).toList(),
                words.sites(coverage.sites(sites), sites),
                towns(board, coverage, asked, texts),
                Coverage.ENOUGH,
                AnswerTests.EVERY.toDays());
    }

    private static List<Coverage.Hole> holes(Coverage coverage, Predicate<String> asked, Predicate<String> here) {
        return coverage.areas((AreaRegistered row) -> asked.test(row.area()) && here.test(row.area()));
    }

    private static Predicate<String> within(Board board, String area, Texts texts) {
        var register = board.register();
        if (!area.isEmpty() && !register.knowsArea(area)) {
            throw Problem.said(404, texts, "scope.nowhere", area);
        }
        return row -> board.scope().covers(row) && (area.isEmpty() || register.liesIn(row, area));
    }

    private List<Reach> towns(Board board, Coverage coverage, Predicate<String> asked, Texts texts) {
        var tests = AnswerTests.of(board, reads);
        return coverage.towns().stream()
                .filter(town -> asked.test(town.town()))
                .map(town -> {
                    var last = tests.last(town.town());
                    return new Reach(
                            town.town(),
                            board.register().areaName(town.town(), texts),
                            town.people(),
                            town.reachable(),
                            town.verified(),
                            last.map(AnswerTests.Tested::at),
                            last.map(AnswerTests.Tested::called).orElse(0),
                            last.map(AnswerTests.Tested::answered).orElse(0),
                            tests.due(town.town()));
                })
                .toList();
    }

    /** Holes as a reader sees them. */
    private record HoleWords(Board board, Texts texts) {
        Hole area(Coverage.Hole hole) {
            return hole(hole, board.register().areaName(hole.place(), texts), List.of());
        }

        List<Hole> sites(List<Coverage.Hole> holes, List<SiteRegistered> sites) {
            var byId = sites.stream().collect(Collectors.toMap(SiteRegistered::site, Function.identity(), (a, _) -> a));
            return holes.stream()
                    .flatMap(hole -> Optional.ofNullable(byId.get(hole.place())).map(site -> site(hole, site)).stream())
                    .toList();
        }

        private Hole site(Coverage.Hole hole, SiteRegistered site) {
            var name = texts.chinese() || site.nameEn().isEmpty() ? site.nameZh() : site.nameEn();
            return hole(hole, name, List.of(site.lon(), site.lat()));
        }

        private Hole hole(Coverage.Hole hole, String name, List<Double> at) {
            var town = Coverage.town(board.register(), hole.area());
            return new Hole(
                    hole.kind(),
                    hole.place(),
                    name,
                    town,
                    board.register().areaName(town, texts),
                    names(hole.named()),
                    names(hole.verified()),
                    at);
        }

        private List<String> names(List<String> people) {
            return people.stream()
                    .map(person -> board.register().personName(person, texts))
                    .toList();
        }
    }

    record Repair(String person, String name, String post, String channel, String why, int tries, Instant last) {}

    @GetMapping("/api/answer/repairs")
    List<Repair> repairs(
            @RequestParam(defaultValue = "30") int days, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        if (!board.scope().whole()) {
            return List.of();
        }
        var since = board.reads().factAt().applyAsLong(board.at().minus(Duration.ofDays(Math.clamp(days, 1, 366))));
        return Repairs.of(reads.tried().apply(since), reads.disputes().get()).stream()
                .map(row -> new Repair(
                        row.person(),
                        board.register().personName(row.person(), texts),
                        board.register().post(row.person(), texts),
                        row.channel(),
                        row.why(),
                        row.tries(),
                        row.last()))
                .toList();
    }
}
