package jiaoying.duty;

import java.util.List;
import jiaoying.rules.PureModule;

/** The map of {@code duty}: what may see what, and what decisions must not touch. */
class ArchitectureTest extends PureModule {
    ArchitectureTest() {
        super(
                "jiaoying.duty",
                List.of(
                        "measure",
                        "ledger",
                        "roster",
                        "errand",
                        "station",
                        "monitor",
                        "forecast",
                        "warn",
                        "call",
                        "respond",
                        "programme",
                        "casework",
                        "document",
                        "room"),
                List.of());
    }
}
