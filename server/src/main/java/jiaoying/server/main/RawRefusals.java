package jiaoying.server.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import tools.jackson.databind.json.JsonMapper;

/** Says in our own form what the web server refuses before it knows whose request it is, such as an address that is too long. */
final class RawRefusals implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Said.class.getName());
            }
        });
    }

    /** Made by the web server, by its name. */
    public static final class Said extends ErrorReportValve {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        protected void report(Request request, Response response, Throwable thrown) {
            var status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0) {
                return;
            }
            var texts = Texts.of(
                    Optional.ofNullable(request.getHeader("Accept-Language")).orElse(""));
            var body = Problem.said(status, texts, status < 500 ? "request" : "broken", "")
                    .body(texts);
            try {
                response.setContentType("application/json");
                response.setCharacterEncoding("UTF-8");
                response.getOutputStream().write(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
                response.finishResponse();
            } catch (IOException e) {
                // the reader went away; there is nobody to tell
            }
        }
    }
}
