package jiaoying.server.main;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as its jar says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Optional.ofNullable(Jiaoying.class.getPackage().getImplementationVersion());
        return new String[] {"jiaoying " + version.orElse("(classes)") + ", Java " + Runtime.version()};
    }
}
