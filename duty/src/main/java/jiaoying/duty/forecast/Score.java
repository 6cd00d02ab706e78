package jiaoying.duty.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * How well forecasts of one lead did (预报检验): the two-by-two table of "flooded" forecast and come, and the mean error.
 *
 * @param leadMin     minutes between the start of the run and the moment for which it spoke
 * @param basis       {@link #GAUGE} or {@link #MODEL}
 * @param hits        forecast and came
 * @param misses      came and was not forecast
 * @param falseAlarms forecast and did not come
 * @param calm        neither
 * @param wet         pairs in which one of both was at least {@link #WET_MM}
 * @param biasSumMm   sum over them of forecast minus what came
 */
public record Score(
        int leadMin, String basis, int hits, int misses, int falseAlarms, int calm, int wet, long biasSumMm) {
    /** Against a station that measures the depth. */
    public static final String GAUGE = "gauge";
    /** Against the same model with the rain that was measured since: tells of the rain to come, not of the model. */
    public static final String MODEL = "model";

    static final int WET_MM = 10;

    static Score of(int leadMin, String basis, int forecastMm, int cameMm, int floodMm) {
        var said = forecastMm >= floodMm;
        var came = cameMm >= floodMm;
        var wet = forecastMm >= WET_MM || cameMm >= WET_MM;
        return new Score(
                leadMin,
                basis,
                said && came ? 1 : 0,
                !said && came ? 1 : 0,
                said && !came ? 1 : 0,
                !said && !came ? 1 : 0,
                wet ? 1 : 0,
                wet ? forecastMm - cameMm : 0);
    }

    private Score and(Score other) {
        return new Score(
                leadMin,
                basis,
                hits + other.hits,
                misses + other.misses,
                falseAlarms + other.falseAlarms,
                calm + other.calm,
                wet + other.wet,
                biasSumMm + other.biasSumMm);
    }

    /** Added up by basis and lead, in that order. */
    static List<Score> sum(List<Score> some, List<Score> others) {
        var sums = new TreeMap<String, Score>();
        var all = new ArrayList<>(some);
        all.addAll(others);
        all.forEach(score -> sums.merge(score.basis + '/' + score.leadMin, score, Score::and));
        return sums.values().stream()
                .sorted(Comparator.comparing(Score::basis).thenComparingInt(Score::leadMin))
                .toList();
    }
}
