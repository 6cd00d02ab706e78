package jiaoying.server.main;

import java.nio.file.Path;
import java.util.Map;

/** The settings of the web server that are the same in every room. */
final class ServerSettings {
    private ServerSettings() {}

    /** What is written to the log goes to this file and not to the terminal. */
    static Map<String, Object> logging(Path file) {
        return Map.of(
                "logging.file.name",
                file.toString(),
                "logging.threshold.console",
                "OFF",
                "logging.logback.rollingpolicy.max-history",
                30);
    }

    static Map<String, Object> of(String address, int port) {
        return Map.ofEntries(
                Map.entry("server.address", address),
                Map.entry("server.port", port),
                Map.entry("server.shutdown", "graceful"),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "3s"),
                Map.entry("server.server-header", ""),
                Map.entry("server.compression.enabled", true),
                Map.entry("server.compression.min-response-size", "1KB"),
                Map.entry(
                        "server.compression.mime-types",
                        "text/html,text/css,text/plain,text/javascript,application/javascript,application/json,image/svg+xml"),
                Map.entry("server.tomcat.max-http-form-post-size", "16KB"),
                Map.entry("server.tomcat.max-swallow-size", "32MB"), // so that whoever sends too much still hears why
                Map.entry("server.tomcat.max-connections", 2000),
                Map.entry("server.tomcat.connection-timeout", "20s"),
                Map.entry("server.tomcat.keep-alive-timeout", "60s"),
                Map.entry("server.error.whitelabel.enabled", false),
                Map.entry("server.error.include-message", "never"),
                Map.entry("spring.web.error.include-message", "never"),
                Map.entry("spring.threads.virtual.enabled", true),
                Map.entry("spring.web.resources.add-mappings", false),
                Map.entry("spring.mvc.async.request-timeout", "-1"),
                Map.entry("spring.jackson.property-naming-strategy", "SNAKE_CASE"),
                Map.entry("spring.main.lazy-initialization", false),
                Map.entry("spring.jmx.enabled", false),
                Map.entry("logging.level.root", "WARN"));
    }
}
