package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A town in the square from 10 to 20 degrees. */
class DrawnAreasTest {
    private static final String OUTLINES = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"T"},"geometry":
             {"type":"Polygon","coordinates":[[[10,10],[20,10],[20,20],[10,20],[10,10]]]}}]}""";
    private final DrawnAreas areas = new DrawnAreas(() -> OUTLINES);

    private static List<double[]> corners(double... numbers) {
        return java.util.stream.IntStream.range(0, numbers.length / 2)
                .mapToObj(n -> new double[] {numbers[2 * n], numbers[2 * n + 1]})
                .toList();
    }

    @Test
    void a_corner_of_an_area_is_enough_a_border_in_common_is_not() {
        assertThat(areas.meeting(corners(19, 19, 30, 19, 30, 30)).met()).containsExactly("T");
        assertThat(areas.meeting(corners(20, 10, 30, 10, 30, 20, 20, 20)).met()).isEmpty();
        assertThat(areas.meeting(corners(20, 10, 30, 10, 30, 20, 20, 20)).drawn())
                .containsExactly("T");
    }

    @Test
    void a_line_that_crosses_itself_is_understood() {
        assertThat(areas.meeting(corners(12, 12, 18, 18, 18, 12, 12, 18)).met()).containsExactly("T");
    }

    @Test
    void outlines_that_cannot_be_read_are_no_outlines() {
        assertThat(new DrawnAreas(() -> "{broken")
                        .meeting(corners(12, 12, 18, 18, 18, 12))
                        .drawn())
                .isEmpty();
    }
}
