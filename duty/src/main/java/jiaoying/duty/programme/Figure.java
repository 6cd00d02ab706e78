package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a formula.
 *
 * @param value   exact; rounded when it is shown. Empty: not defined, for example over a base of zero
 * @param atLeast a part that should be there is missing, so that the truth is this much or more
 * @param items   ids of the rows counted, in the order of the register
 */
public record Figure(Optional<BigDecimal> value, boolean atLeast, List<String> items) {
    static Figure undefined(List<String> items) {
        return new Figure(Optional.empty(), false, items);
    }
}
