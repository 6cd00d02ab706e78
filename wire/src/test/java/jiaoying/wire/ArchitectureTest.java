package jiaoying.wire;

import java.util.List;
import java.util.stream.Stream;
import jiaoying.rules.PureModule;

/** The map of {@code wire}: what may see what, and what bytes and records must not touch. */
class ArchitectureTest extends PureModule {
    private static final String SL651 = "sl651";

    ArchitectureTest() {
        super(
                "jiaoying.wire",
                List.of(SL651, "xml", "cap", "feed"),
                IN_MEMORY,
                "javax.xml..",
                "org.w3c.dom..",
                "org.xml.sax..");
    }

    /** SL 651 and XML know nothing of each other. */
    @Override
    protected List<String> hidden(String name) {
        return Stream.concat(super.hidden(name).stream(), Stream.of(SL651))
                .filter(it -> !it.equals(name))
                .toList();
    }
}
