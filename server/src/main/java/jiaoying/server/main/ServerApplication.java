package jiaoying.server.main;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jiaoying.server.page.ProblemAdvice;
import jiaoying.server.security.AccessRules;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The web server: Spring MVC on virtual threads, with only the parts named here. Nothing is scanned for; every page, door and
 * rule is put in by the one wiring class.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class
})
@Import({AccessRules.class, ProblemAdvice.class})
public class ServerApplication {
    /**
     * The server as it will listen.
     *
     * @param address  127.0.0.1 unless the network may reach it
     * @param port     0 for any free one
     * @param beans    the pages and doors, from the wiring
     * @param folder   an empty one for what it keeps while it runs, such as half an upload
     * @param more     further settings
     */
    static SpringApplication of(
            String address,
            int port,
            ApplicationContextInitializer<GenericApplicationContext> beans,
            Path folder,
            Map<String, Object> more) {
        var application = new SpringApplication(ServerApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                beans,
                context -> ((GenericApplicationContext) context)
                        .registerBean(EmptyRoot.class, () -> new EmptyRoot(folder.resolve("pages"))));
        var settings = new HashMap<>(ServerSettings.of(address, port));
        settings.put("server.tomcat.basedir", folder.toString());
        settings.putAll(more);
        application.setDefaultProperties(settings);
        return application;
    }
}
