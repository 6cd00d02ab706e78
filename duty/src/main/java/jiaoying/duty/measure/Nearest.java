package jiaoying.duty.measure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known word that somebody probably meant: the fewest letters away, and close enough to be worth naming. Numbers have
 * none: one digit away is another number.
 */
public final class Nearest {
    private Nearest() {}

    public static Optional<String> find(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> !candidate.isEmpty() && !Character.isDigit(candidate.charAt(0)))
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, drop, change or swap with their neighbour; upper and lower case are the same. */
    public static int distance(String a, String b) {
        var x = a.toLowerCase(Locale.ROOT);
        var y = b.toLowerCase(Locale.ROOT);
        var d = new int[x.length() + 1][y.length() + 1];
        for (var i = 0; i <= x.length(); i++) {
            for (var j = 0; j <= y.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(x, y, d, i, j);
            }
        }
        return d[x.length()][y.length()];
    }

    private static int cheapest(String x, String y, int[][] d, int i, int j) {
        var change = d[i - 1][j - 1] + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        var best = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        var swapped = i > 1 && j > 1 && x.charAt(i - 1) == y.charAt(j - 2) && x.charAt(i - 2) == y.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
