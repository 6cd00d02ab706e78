package jiaoying.server.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.programme.Indicator;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Reached;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.Target;
import jiaoying.duty.room.RoomFact.PublishedFigure;
import jiaoying.duty.room.View.PublishedView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.programme.Paper;
import jiaoying.server.programme.PaperDocx;
import jiaoying.server.programme.PaperPdf;
import jiaoying.server.programme.PaperXlsx;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Figures of a programme (指标通报): as they are, as they were published, and what has changed since; on the screen and as files. */
@RestController
public final class ReportController {
    private static final int MONTHS_MOST = 36;

    private static final Map<String, String> TYPES = Map.of(
            "pdf",
            "application/pdf",
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final Boards boards;
    private final Reports reports;

    /** @param programmes that the room carries */
    public ReportController(Boards boards, List<Programme> programmes) {
        this.boards = boards;
        this.reports = new Reports(new Programmes(programmes, boards.reads()), new ItemList(boards.reads()));
    }

    /** @param value exact text, null when it is not defined @param items numbers of the items counted */
    record FigureBody(
            String id,
            String name,
            String unit,
            @Nullable String value,
            boolean atLeast,
            List<String> items,
            @Nullable ReachedBody target,
            List<ReachedBody> towns) {}

    /**
     * How far a target of the period's last year is reached by the period's last day.
     *
     * @param town    as the items have it; empty for the whole programme
     * @param aim     the target
     * @param value   from the first of January on; null when it is not defined
     * @param share   percent of the target; null when it is not defined
     * @param example the pack's example, which the city has not set
     */
    record ReachedBody(
            int year,
            String town,
            String name,
            String aim,
            @Nullable String value,
            boolean atLeast,
            @Nullable String share,
            boolean example) {}

    record ReportBody(
            String programme,
            String from,
            String to,
            String asOf,
            String knownOn,
            List<FigureBody> figures,
            Map<String, String> text) {}

    /**
     * A figure as it was published and as it comes out now for the same days.
     *
     * @param now     null when it is not defined now
     * @param revised it is another one now
     * @param added   items that count now and did not then; gone: the other way round
     */
    record FrozenBody(
            String id,
            String name,
            String unit,
            @Nullable String value,
            boolean atLeast,
            List<String> items,
            @Nullable String now,
            boolean revised,
            List<String> added,
            List<String> gone) {}

    record PublishedBody(
            String report,
            String programme,
            LocalDate from,
            LocalDate to,
            LocalDate asOf,
            Instant at,
            String by,
            String version,
            List<FrozenBody> figures,
            Map<String, String> text) {}

    /** The figures over the items of the room, as of one day and as known on another. */
    @GetMapping("/api/programmes/{name}/report")
    ReportBody report(
            @PathVariable String name,
            @RequestParam Map<String, String> query,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var asked = reports.asked(name, query, board, texts);
        var report = reports.report(asked, board);
        var towns = report.reachedByTown();
        return new ReportBody(
                name,
                asked.period().from().toString(),
                asked.period().to().toString(),
                asked.period().asOf().toString(),
                asked.known().toString(),
                report.figures().stream()
                        .map(shown -> new FigureBody(
                                shown.indicator().id(),
                                name(shown.indicator(), texts),
                                shown.indicator().unit(),
                                shown.value().orElse(null),
                                shown.atLeast(),
                                shown.items(),
                                report.reached(shown.indicator())
                                        .map(one -> reached(one, board, texts))
                                        .orElse(null),
                                towns.stream()
                                        .filter(one -> one.target()
                                                .indicator()
                                                .equals(shown.indicator().id()))
                                        .map(one -> reached(one, board, texts))
                                        .toList()))
                        .toList(),
                report.texts());
    }

    static ReachedBody reached(Reached one, Board board, Texts texts) {
        var town = one.target().town();
        return new ReachedBody(
                one.target().year(),
                town,
                board.register().townName(town, texts),
                one.aim(),
                one.value().orElse(null),
                one.atLeast(),
                one.share().orElse(null),
                one.target().certainty().equals(Target.EXAMPLE));
    }

    /** One figure month by month. */
    @GetMapping("/api/programmes/{name}/series")
    List<Reports.Month> series(
            @PathVariable String name,
            @RequestParam String figure,
            @RequestParam String to,
            @RequestParam(defaultValue = "12") int months,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        return reports.series(
                reports.programme(name, board, texts),
                figure,
                Reports.day(to),
                Math.clamp(months, 1, MONTHS_MOST),
                board,
                texts);
    }

    /** The same to file or to send. */
    @GetMapping("/api/programmes/{name}/report.{form}")
    ResponseEntity<byte[]> file(
            @PathVariable String name,
            @PathVariable String form,
            @RequestParam Map<String, String> query,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var asked = reports.asked(name, query, board, texts);
        var report = reports.report(asked, board);
        var annex = new ItemAnnex(texts);
        var rows = report.figures().stream()
                .map(shown -> List.of(
                        name(shown.indicator(), texts),
                        value(shown.value().orElse(""), shown.atLeast(), texts),
                        unit(shown.indicator().unit(), texts),
                        annex.cell(name(shown.indicator(), texts), shown.items())))
                .toList();
        var asOf = texts.say("paper.known", asked.period().asOf(), asked.known());
        var paper = paper(board, asked.programme(), asked.period(), asOf, report.texts(), rows, texts);
        return sent(name, form, annex.behind(withTargets(paper, report, board, texts)), texts);
    }

    /** What was published of a programme, the latest first, with what has changed since. Only for those who see the whole room. */
    @GetMapping("/api/programmes/{name}/published")
    List<PublishedBody> published(@PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var programme = reports.programme(name, board, texts);
        return list(board).stream()
                .filter(view -> view.programme().equals(name))
                .map(view -> body(view, programme, board, texts))
                .toList();
    }

    private List<PublishedView> list(Board board) {
        var reads = board.reads();
        return !board.scope().whole()
                ? List.of()
                : reads.rows().list("published", "", 0, board.fact()).stream()
                        .map(PublishedView.class::cast)
                        .sorted(java.util.Comparator.comparing(PublishedView::at)
                                .reversed())
                        .toList();
    }

    /** A published report as a file: what was said then, to the letter, and below it what is revised since. */
    @GetMapping("/api/programmes/{name}/published/{report}.{form}")
    ResponseEntity<byte[]> publishedFile(
            @PathVariable String name,
            @PathVariable String report,
            @PathVariable String form,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var programme = reports.programme(name, board, texts);
        var view = board.reads()
                .find()
                .find(new ViewKey("published", report), board.fact())
                .map(PublishedView.class::cast)
                .filter(one -> one.programme().equals(name) && board.scope().whole())
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", report));
        var body = body(view, programme, board, texts);
        var annex = new ItemAnnex(texts);
        var rows = body.figures().stream()
                .map(figure -> List.of(
                        figure.name(),
                        value(Optional.ofNullable(figure.value()).orElse(""), figure.atLeast(), texts),
                        unit(figure.unit(), texts),
                        annex.cell(figure.name(), figure.items())))
                .toList();
        var asOf = texts.say(
                "paper.published",
                view.asOf(),
                ItemSheet.time(view.at(), Boards.zone(board)),
                body.by(),
                view.report());
        var paper = paper(
                board, programme, new Period(view.from(), view.to(), view.asOf()), asOf, body.text(), rows, texts);
        return sent(view.report(), form, annex.behind(withRevisions(paper, body, annex, texts)), texts);
    }

    /** Targets of the year as they are on the screen, the programme's first and then the towns'; nothing where none is set. */
    private static Paper withTargets(Paper paper, Report report, Board board, Texts texts) {
        var rows = Stream.concat(
                        report.figures().stream().flatMap(shown -> report.reached(shown.indicator()).stream()),
                        report.reachedByTown().stream())
                .map(one -> aim(one, reached(one, board, texts), report, texts))
                .toList();
        if (rows.isEmpty()) {
            return paper;
        }
        var blocks = new ArrayList<>(paper.blocks());
        blocks.add(new Paper.Heading(texts.say("paper.targets")));
        blocks.add(new Paper.Table(columns("paper.targets.columns", texts), rows));
        return new Paper(paper.title(), List.copyOf(blocks));
    }

    private static List<String> aim(Reached one, ReachedBody said, Report report, Texts texts) {
        var name = report.figures().stream()
                .map(Report.Shown::indicator)
                .filter(indicator -> indicator.id().equals(one.target().indicator()))
                .map(indicator -> name(indicator, texts))
                .findFirst()
                .orElse(one.target().indicator());
        return List.of(
                Integer.toString(said.year()),
                name,
                said.name(),
                said.aim() + (said.example() ? " " + texts.say("paper.targets.example") : ""),
                value(one.value().orElse(""), one.atLeast(), texts),
                one.share().map(share -> share + " %").orElse(texts.say("paper.undefined")));
    }

    private static Paper withRevisions(Paper paper, PublishedBody body, ItemAnnex annex, Texts texts) {
        var columns = columns("paper.revisions.columns", texts);
        var revised = body.figures().stream()
                .filter(FrozenBody::revised)
                .map(figure -> List.of(
                        figure.name(),
                        value(Optional.ofNullable(figure.value()).orElse(""), figure.atLeast(), texts),
                        value(Optional.ofNullable(figure.now()).orElse(""), false, texts),
                        annex.cell(figure.name() + " " + columns.get(3), figure.added()),
                        annex.cell(figure.name() + " " + columns.get(4), figure.gone())))
                .toList();
        var blocks = new ArrayList<>(paper.blocks());
        blocks.add(new Paper.Heading(texts.say("paper.revisions")));
        blocks.add(
                revised.isEmpty()
                        ? new Paper.Paragraph(texts.say("paper.unrevised"))
                        : new Paper.Table(columns, revised));
        return new Paper(paper.title(), List.copyOf(blocks));
    }

    private PublishedBody body(PublishedView view, Programme programme, Board board, Texts texts) {
        var period = new Period(view.from(), view.to(), view.asOf());
        var today = LocalDate.ofInstant(board.at(), Boards.zone(board));
        var now = new LinkedHashMap<String, Report.Shown>();
        reports.report(new Reports.Asked(programme, period, today), board)
                .figures()
                .forEach(shown -> now.put(shown.indicator().id(), shown));
        var text = new LinkedHashMap<String, String>();
        text.put("zh-CN", view.zh());
        text.put("en", view.en());
        return new PublishedBody(
                view.report(),
                view.programme(),
                view.from(),
                view.to(),
                view.asOf(),
                view.at(),
                board.register().personName(view.by(), texts),
                view.version(),
                view.figures().stream()
                        .map(figure -> frozen(figure, Optional.ofNullable(now.get(figure.indicator())), texts))
                        .toList(),
                text);
    }

    /** An indicator that the pack has no longer is not revised: it cannot be counted again. */
    private static FrozenBody frozen(PublishedFigure figure, Optional<Report.Shown> now, Texts texts) {
        var items = now.map(Report.Shown::items).orElse(figure.items());
        var value = now.map(shown -> shown.value().orElse("")).orElse(figure.value());
        var added = items.stream().filter(one -> !figure.items().contains(one)).toList();
        var gone = figure.items().stream().filter(one -> !items.contains(one)).toList();
        return new FrozenBody(
                figure.indicator(),
                now.map(shown -> name(shown.indicator(), texts)).orElse(figure.indicator()),
                figure.unit(),
                figure.value().isEmpty() ? null : figure.value(),
                figure.atLeast(),
                figure.items(),
                value.isEmpty() ? null : value,
                !value.equals(figure.value()) || !added.isEmpty() || !gone.isEmpty(),
                added,
                gone);
    }

    // ---- papers

    private static Paper paper(
            Board board,
            Programme programme,
            Period period,
            String asOf,
            Map<String, String> text,
            List<List<String>> rows,
            Texts texts) {
        var lang = texts.chinese() ? "zh-CN" : "en";
        var blocks = new ArrayList<Paper.Block>();
        if (board.room().filter(one -> one.settings().demo()).isPresent()) {
            blocks.add(new Paper.Paragraph(texts.say("paper.sample")));
        }
        blocks.add(new Paper.Paragraph(texts.say("paper.period", period.from(), period.to())));
        blocks.add(new Paper.Paragraph(asOf));
        Optional.ofNullable(text.get(lang))
                .filter(said -> !said.isEmpty())
                .ifPresent(said -> blocks.add(new Paper.Paragraph(said)));
        blocks.add(new Paper.Table(columns("paper.columns", texts), rows));
        var room = board.room().map(one -> one.settings().name()).orElse("");
        var prefix = WatchController.prefix(board, texts);
        return new Paper(
                prefix + texts.say("paper.title", room, programme.title().in(lang)), List.copyOf(blocks));
    }

    private static List<String> columns(String key, Texts texts) {
        return List.of(texts.say(key).split(","));
    }

    private static String value(String value, boolean atLeast, Texts texts) {
        return value.isEmpty() ? texts.say("paper.undefined") : (atLeast ? texts.say("paper.least") + " " : "") + value;
    }

    private static String unit(String unit, Texts texts) {
        return unit.equals("count") ? "" : texts.say("paper.unit." + unit);
    }

    static ResponseEntity<byte[]> sent(String name, String form, Paper paper, Texts texts) {
        var type = TYPES.get(form);
        if (type == null) {
            throw Problem.said(404, texts, "scope.nowhere", form);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "." + form + "\"")
                .body(
                        switch (form) {
                            case "pdf" -> PaperPdf.write(paper);
                            case "docx" -> PaperDocx.write(paper);
                            default -> PaperXlsx.write(paper);
                        });
    }

    private static String name(Indicator indicator, Texts texts) {
        return indicator.name().in(texts.chinese() ? "zh-CN" : "en");
    }
}
