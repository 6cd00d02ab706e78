package jiaoying.duty.programme;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures of a programme for a period, and the text made of them (指标与通报). */
public final class Report {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final Programme programme;
    private final Period period;
    private final Map<String, Figure> figures;

    public Report(Programme programme, List<Row> rows, Period period) {
        this.programme = programme;
        this.period = period;
        this.figures = new Indicators(programme, rows).over(period);
    }

    /** A figure as shown. @param value exact, in the indicator's decimals; empty when it is not defined */
    public record Shown(Indicator indicator, java.util.Optional<String> value, boolean atLeast, List<String> items) {}

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
        var words = new LinkedHashMap<String, String>();
        words.put("period", zh ? PeriodWords.zh(period) : PeriodWords.en(period));
        words.put("as_of", zh ? PeriodWords.zh(period.asOf()) : PeriodWords.en(period.asOf()));
        figures()
                .forEach(shown -> words.put(
                        shown.indicator().id(),
                        (shown.atLeast() ? zh ? "至少" : "at least " : "")
                                + shown.value().orElse(zh ? "（无法计算）" : "(not defined)")));
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(words.getOrDefault(found.group(1), found.group())));
    }
}
