package jiaoying.server.main;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as its jar says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"jiaoying " + number() + ", Java " + Runtime.version()};
    }

    static String number() {
        return Optional.ofNullable(Jiaoying.class.getPackage().getImplementationVersion())
                .orElse("(classes)");
    }
}
