package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Report;
import jiaoying.server.pack.Pack;
import jiaoying.server.pack.PackFiles;
import jiaoying.server.pack.PackReader;
import jiaoying.server.pack.PackRefused;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;

/** A series from outside as plain records: growth in percent, its difference in percentage points, and what has no base. */
class SeriesReportTest {
    private static final Period YEAR =
            new Period(LocalDate.of(2022, 1, 1), LocalDate.of(2022, 12, 31), LocalDate.of(2023, 1, 10));
    private static final String ROWS = """
            id,kind,series,until,amount,state
            1,value,跨境电商,2021-12-31,80.0,noted
            2,value,跨境电商,2022-12-31,105.6,noted
            3,value,外贸,2021-12-31,1500.0,noted
            4,value,外贸,2022-12-31,1605.0,noted
            """;

    private static final String PACK = """
            name: series
            version: "1.0"
            kind: programme
            title: {zh: 外贸数列, en: Trade series}
            status: draft
            effective: 2026-12-01
            source: invented
            """;
    private static final String PROGRAMME = """
            roles:
              - {id: bureau, zh: 商务局, en: bureau}
            lists:
              series:
                - {id: cross-border, zh: 跨境电商出口, en: cross-border export}
                - {id: export, zh: 外贸出口, en: export}
            kinds:
              - id: value
                zh: 数值
                en: value
                form: record
                number: 'SZ-{yyyy}-{seq}'
                fields:
                  - {id: series, zh: 数列, en: series, type: choice, of: series, required: yes}
                  - {id: until_on, zh: 期末, en: until, type: date, required: yes}
                  - {id: amount, zh: 数值, en: amount, type: decimal, scale: 1, unit: yuan, expected: 'given(until_on)'}
                stages:
                  - {id: noted, zh: 已记, en: noted, core: CLOSED}
            indicators:
              - {id: cross, zh: 跨境电商出口额同比, en: growth of cross-border export, unit: percent, scale: 1, formula: 'yoy(sum(value where series = "cross-border" and until_on in period, amount))'}
              - {id: trade, zh: 外贸出口同比, en: growth of export, unit: percent, scale: 1, formula: 'yoy(sum(value where series = "export" and until_on in period, amount))'}
              - {id: above, zh: 高于外贸出口增速, en: above, unit: percentage_point, scale: 1, formula: 'cross - trade'}
              - {id: apart, zh: 差, en: difference, unit: percentage_point, scale: 1, formula: 'pp_diff(cross, trade)'}
            report:
              zh: '同比增长{cross}%，高于外贸出口增速{above}个百分点。'
              en: 'grew by {cross} %, {above} percentage points above export.'
            exchange:
              id: id
              kind: kind
              rows:
                - word: value
                  kind: value
                  fields: {series: series, until_on: until, amount: amount}
                  words:
                    series: {跨境电商: cross-border, 外贸: export}
                  entered: {noted: until}
                  state: state
                  stages: {noted: noted}
            """;

    @Test
    void percent_minus_percent_is_percentage_points() throws Exception {
        var report = report(ROWS);
        assertThat(figures(report))
                .isEqualTo(
                        "cross 32.0 percent, trade 7.0 percent, above 25.0 percentage_point, apart 25.0 percentage_point");
        assertThat(report.texts()).containsEntry("zh-CN", "同比增长32.0%，高于外贸出口增速25.0个百分点。");
        assertThat(read(text -> text.replace(
                        "unit: percentage_point, scale: 1, formula: 'cross - trade'",
                        "unit: percent, scale: 1, formula: 'cross - trade'")))
                .contains("found \"percent\", expected the unit of the formula, percentage_point");
    }

    @Test
    void a_zero_or_missing_base_is_not_defined() throws Exception {
        for (var rows :
                new String[] {ROWS.replace("80.0", "0.0"), ROWS.replace("1,value,跨境电商,2021-12-31,80.0,noted\n", "")}) {
            var report = report(rows);
            assertThat(figures(report))
                    .isEqualTo(
                            "cross - percent, trade 7.0 percent, above - percentage_point, apart - percentage_point");
            assertThat(report.texts())
                    .containsEntry("zh-CN", "同比增长（无法计算），高于外贸出口增速（无法计算）。")
                    .containsEntry("en", "grew by (not defined), (not defined) above export.");
        }
    }

    @Test
    void percentage_points_are_not_printed_as_percent() throws Exception {
        assertThat(read(text -> text.replace("{above}个百分点", "{above}%")))
                .contains("found \"{above}%\", expected % behind percent, percentage points behind their difference");
        assertThat(read(text -> text.replace("{cross} %", "{cross} percentage points")))
                .contains("found \"{cross} percentage points\"");
    }

    private static Report report(String rows) throws Exception {
        var pack = (Pack.ProgrammePack) PackReader.read(files(text -> text));
        var taken = LedgerRows.take(pack.programme(), Sheet.read(rows, List.of()));
        assertThat(taken.faults()).isEmpty();
        return new Report(pack.programme(), taken.rows(), YEAR);
    }

    private static String figures(Report report) {
        return report.figures().stream()
                .map(one -> one.indicator().id() + " " + one.value().orElse("-") + " "
                        + one.indicator().unit())
                .collect(Collectors.joining(", "));
    }

    private static String read(UnaryOperator<String> change) throws Exception {
        return switch (PackReader.read(files(change))) {
            case Pack pack -> "good";
            case PackRefused refused -> refused.in(Texts.EN);
        };
    }

    private static PackFiles files(UnaryOperator<String> change) throws Exception {
        return PackFiles.ofTexts(
                "series", new TreeMap<>(Map.of("pack.yaml", PACK, "programme.yaml", change.apply(PROGRAMME))));
    }
}
