package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;

/**
 * The web server serves no folder. Without one of ours it makes an empty one in the system's folder for temporary files, where
 * it stays when the program is killed.
 */
final class EmptyRoot implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {
    private final Path folder;

    EmptyRoot(Path folder) {
        this.folder = folder;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        try {
            factory.setDocumentRoot(Files.createDirectories(folder).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
