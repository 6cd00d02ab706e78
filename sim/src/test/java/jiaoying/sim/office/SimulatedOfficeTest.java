package jiaoying.sim.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import jiaoying.sim.office.SimulatedOffice.Alert;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SimulatedOfficeTest {
    private static final Instant RAISED = Instant.parse("2017-08-27T06:05:00Z");

    @Example
    void an_alert_is_followed_by_a_signal_of_its_colour_for_its_area() {
        var signal = new SimulatedOffice(1).hear(alert("7", "orange", RAISED));
        assertThat(signal.color()).isEqualTo("orange");
        assertThat(signal.area()).isEqualTo("330482101");
        assertThat(signal.alert()).isEqualTo("7");
        assertThat(signal.source()).isEqualTo("模拟气象台");
        assertThat(signal.text()).isEqualTo("模拟气象台为乍浦镇发布暴雨橙色预警信号：实况已达标准，降雨可能持续，请注意防范。");
    }

    @Example
    void when_the_level_is_gone_the_signal_is_lifted() {
        var signal = new SimulatedOffice(1).hear(alert("8", "none", RAISED));
        assertThat(signal.color()).isEqualTo("none");
        assertThat(signal.text()).isEqualTo("模拟气象台解除乍浦镇暴雨预警信号。");
    }

    @Property
    void a_signal_comes_60_to_150_seconds_after_the_alert(@ForAll long seed, @ForAll String id) {
        var signal = new SimulatedOffice(seed).hear(alert(id, "red", RAISED));
        assertThat(Duration.between(RAISED, signal.at())).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(150));
        assertThat(new SimulatedOffice(seed).hear(alert(id, "red", RAISED))).isEqualTo(signal);
    }

    @Property
    void signals_for_one_area_never_overtake_each_other(@ForAll long seed) {
        var office = new SimulatedOffice(seed);
        var orange = office.hear(alert("1", "orange", RAISED));
        var red = office.hear(alert("2", "red", RAISED.plusSeconds(5)));
        assertThat(red.at()).isAfter(orange.at());
    }

    private static Alert alert(String id, String color, Instant raised) {
        return new Alert(id, "rainstorm", "330482101", "乍浦镇", color, raised);
    }
}
