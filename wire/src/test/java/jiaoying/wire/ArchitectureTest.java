package jiaoying.wire;

import java.util.List;
import java.util.stream.Stream;
import jiaoying.rules.PureModule;

/** The map of {@code wire}: what may see what, and what bytes and records must not touch. */
class ArchitectureTest extends PureModule {
    private static final String SL651 = "sl651";
    private static final String CMPP = "cmpp";
    private static final String VOICE = "voice";

    ArchitectureTest() {
        super(
                "jiaoying.wire",
                List.of(SL651, "xml", "cap", "feed", CMPP, VOICE),
                IN_MEMORY,
                "javax.xml..",
                "org.w3c.dom..",
                "org.xml.sax..");
    }

    /** SL 651, XML, CMPP and voice know nothing of each other. */
    @Override
    protected List<String> hidden(String name) {
        var apart = name.equals(CMPP) || name.equals(VOICE)
                ? Stream.of(SL651, "xml", "cap", "feed", CMPP)
                : Stream.of(SL651);
        return Stream.concat(super.hidden(name).stream(), apart)
                .filter(it -> !it.equals(name))
                .toList();
    }
}
