package jiaoying.server.pack;

import java.util.List;
import java.util.stream.Collectors;
import jiaoying.server.reply.Said;
import jiaoying.server.reply.Texts;

/**
 * A pack that is not used.
 *
 * @param problems all of them, by file and place
 */
public record PackRefused(List<PackProblem> problems) implements PackRead, Said {
    @Override
    public String in(Texts reader) {
        return problems.stream().map(problem -> problem.text(reader)).collect(Collectors.joining("\n"));
    }
}
