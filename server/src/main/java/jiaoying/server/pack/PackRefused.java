package jiaoying.server.pack;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A pack that is not used.
 *
 * @param problems all of them, by file and place
 */
public record PackRefused(List<PackProblem> problems) implements PackRead {
    public String text() {
        return problems.stream().map(PackProblem::text).collect(Collectors.joining("\n"));
    }
}
