package jiaoying.server.flood;

import java.util.List;

/** A scenario that cannot run as it stands. */
public final class ScenarioRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ScenarioRefused(List<Problem> problems) {
        super(problems.toString());
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }
}
