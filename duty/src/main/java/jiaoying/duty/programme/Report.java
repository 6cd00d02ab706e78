package jiaoying.duty.programme;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The figures of a programme for a period, and the text made of them (指标与通报). */
public final class Report {
    /** With the percent sign behind it, which says nothing where there is no number. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}( ?[%％]|个百分点| percentage points?)?");

    private static final String TARGET = ".target";
    private static final String REACHED = ".reached";

    private final Programme programme;
    private final Period period;
    private final List<Row> rows;
    private final Indicators indicators;
    private final Map<String, Figure> figures;

    public Report(Programme programme, List<Row> rows, Period period) {
        this.programme = programme;
        this.period = period;
        this.rows = rows;
        this.indicators = new Indicators(programme, rows);
        this.figures = indicators.over(period);
    }

    /**
     * What may stand in braces in a report's text: {@code period}, {@code as_of}, each indicator, its target of the year as
     * {@code ID.target} and how far it is reached as {@code ID.reached}.
     */
    public static List<String> placeholders(List<Indicator> indicators) {
        return Stream.concat(
                        Stream.of("period", "as_of"),
                        indicators.stream().flatMap(one -> Stream.of(one.id(), one.id() + TARGET, one.id() + REACHED)))
                .toList();
    }

    /** Indicators that a text calls percent although they are percentage points, or the other way round (25 个百分点不是 25%). */
    public static List<String> wrongUnits(String text, List<Indicator> indicators) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .filter(found -> found.group(2) != null)
                .filter(found -> indicators.stream()
                        .filter(one -> one.id().equals(found.group(1)))
                        .anyMatch(one -> percent(found.group(2))
                                ? one.unit().equals(FormulaReader.POINTS)
                                : one.unit().equals(FormulaReader.PERCENT)))
                .map(MatchResult::group)
                .toList();
    }

    private static boolean percent(String unit) {
        return unit.endsWith("%") || unit.endsWith("％");
    }

    /** What a placeholder of an indicator stands for, without "at least"; empty when it is not defined or no target is set. */
    public Optional<String> word(String placeholder) {
        var dot = placeholder.indexOf('.');
        var indicator = programme.findIndicator(dot < 0 ? placeholder : placeholder.substring(0, dot));
        if (dot < 0) {
            return indicator.flatMap(one -> Indicators.shown(figure(one.id()), one));
        }
        var reached = indicator.flatMap(this::reached);
        return placeholder.endsWith(TARGET) ? reached.map(Reached::aim) : reached.flatMap(Reached::share);
    }

    /** How far an indicator's target of the period's last year is reached; empty when it has none. */
    public Optional<Reached> reached(Indicator indicator) {
        return programme
                .findTarget(indicator.id(), period.to().getYear(), "")
                .map(target -> Reached.of(target, indicator, indicators.over(indicator.id(), period.yearToDate())));
    }

    /** The same of the towns that have targets in that year, in the order in which the targets stand. */
    public List<Reached> reachedByTown() {
        var year = period.to().getYear();
        var byTown = new HashMap<String, Indicators>();
        return programme.targets().stream()
                .filter(target -> target.year() == year && !target.town().isEmpty())
                .flatMap(target -> programme.findIndicator(target.indicator()).stream()
                        .map(indicator -> Reached.of(
                                target,
                                indicator,
                                byTown.computeIfAbsent(target.town(), this::inTown)
                                        .over(indicator.id(), period.yearToDate()))))
                .toList();
    }

    private Indicators inTown(String town) {
        var cell = Cell.of(town);
        return new Indicators(
                programme,
                rows.stream()
                        .filter(row -> row.cell(programme.town()).equals(cell))
                        .toList());
    }

    /** A figure as shown. @param value exact, in the indicator's decimals; empty when it is not defined */
    public record Shown(Indicator indicator, Optional<String> value, boolean atLeast, List<String> items) {}

    /** In the order of the pack. */
    public List<Shown> figures() {
        return programme.indicators().stream()
                .map(indicator -> {
                    var figure = figure(indicator.id());
                    return new Shown(indicator, Indicators.shown(figure, indicator), figure.atLeast(), figure.items());
                })
                .toList();
    }

    private Figure figure(String id) {
        return java.util.Objects.requireNonNull(figures.get(id), id);
    }

    /** The text by language: zh-CN and en; empty when the pack has none. */
    public Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        programme.report().ifPresent(report -> {
            texts.put("zh-CN", filled(report.zh(), true));
            texts.put("en", filled(report.en(), false));
        });
        return texts;
    }

    private String filled(String text, boolean zh) {
        var words = new HashMap<String, String>();
        words.put("period", zh ? PeriodWords.zh(period) : PeriodWords.en(period));
        words.put("as_of", zh ? PeriodWords.zh(period.asOf()) : PeriodWords.en(period.asOf()));
        for (var shown : figures()) {
            words.put(shown.indicator().id(), said(shown.value(), shown.atLeast(), zh));
            if (text.contains(shown.indicator().id() + '.')) {
                target(shown.indicator(), words, zh);
            }
        }
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word(found, words)));
    }

    private static String word(MatchResult found, Map<String, String> words) {
        var word = words.get(found.group(1));
        if (word == null) {
            return found.group();
        }
        var number = !word.isEmpty() && Character.isDigit(word.charAt(word.length() - 1));
        return number && found.group(2) != null ? word + found.group(2) : word;
    }

    private static String said(Optional<String> value, boolean atLeast, boolean zh) {
        return (atLeast ? zh ? "至少" : "at least " : "") + value.orElse(zh ? "（无法计算）" : "(not defined)");
    }

    private void target(Indicator indicator, Map<String, String> words, boolean zh) {
        var reached = reached(indicator);
        var none = zh ? "（未定目标）" : "(no target)";
        words.put(indicator.id() + TARGET, reached.map(Reached::aim).orElse(none));
        words.put(
                indicator.id() + REACHED,
                reached.map(one -> said(one.share().map(share -> share + '%'), one.atLeast(), zh))
                        .orElse(none));
    }
}
