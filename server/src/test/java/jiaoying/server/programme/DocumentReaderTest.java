package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jiaoying.duty.document.Amount;
import jiaoying.duty.document.Demand;
import jiaoying.duty.document.DocumentReader;
import org.junit.jupiter.api.Test;

/** Invented articles, broken by columns as a newspaper page is when its text is taken out. */
class DocumentReaderTest {
    @Test
    void a_sentence_goes_on_over_a_column_and_a_headline_does_not() {
        var text = """
                会议强调，要依法规范排水管理程序，
                进一步强化程序意识，切实发挥各相

                关程序的作用，不断提高办理的质量。

                样例市召开排水工作会议
                部署今年任务

                本报讯 样例市昨天召开会议，要求各部
                门抓紧落实。
                """;
        assertThat(DocumentReader.read(text).demands())
                .extracting(Demand::text)
                .containsExactly("会议强调，要依法规范排水管理程序，进一步强化程序意识，切实发挥各相关程序的作用，不断提高办理的质量。", "本报讯样例市昨天召开会议，要求各部门抓紧落实。");
    }

    @Test
    void bodies_in_the_middle_and_behind_a_semicolon_are_named_too() {
        var read = DocumentReader.read("要推进争议化解，各镇街道、各部门强化预防；法院、检察院加大治理力度，把服务送到一线。要履行职责，同时司法局指导监督应诉工作。大家看；法院加大力度。");
        assertThat(read.demands())
                .extracting(demand ->
                        demand.bodies().stream().map(Demand.Named::body).toList())
                .containsExactly(List.of("各镇街道", "各部门"), List.of("法院", "检察院"), List.of("司法局"));
    }

    @Test
    void figures_are_exact_and_an_ordinal_is_none() {
        assertThat(DocumentReader.read("第39个节日，来自样例市的8名代表，员工2200余人，服务2700万车主，完成3050.9 亩，增长25个百分点。")
                        .figures())
                .extracting(Amount::text)
                .containsExactly("8名", "2200余人", "2700万", "3050.9亩", "25个百分点");
    }

    @Test
    void a_body_that_is_asked_is_named_and_a_term_in_working_days_is_no_figure() {
        var read = DocumentReader.read("六、请市应急管理局于收到本通知之日起10个工作日内报送方案。会议邀请市水利局参加。");
        assertThat(read.demands()).singleElement().satisfies(demand -> {
            assertThat(demand.bodies()).extracting(Demand.Named::body).containsExactly("市应急管理局");
            assertThat(demand.deadline().map(Demand.When::text)).hasValue("10个工作日内");
            assertThat(demand.deadline().flatMap(Demand.When::day)).isEmpty();
        });
        assertThat(read.figures()).isEmpty();
    }
}
