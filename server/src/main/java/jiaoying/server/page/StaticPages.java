package jiaoying.server.page;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The built screens: one page for all addresses of the application, and files whose names change with their content. */
@Controller
public class StaticPages implements WebMvcConfigurer {
    private static final Resource INDEX = new ClassPathResource("static/index.html");
    private static final String NOT_BUILT =
            "<!doctype html><meta charset=utf-8><p>The screens are not built. Run ./jiaoying, which builds them.</p>";

    @GetMapping({
        "/",
        "/watch",
        "/warn",
        "/answer",
        "/act",
        "/act/{item}",
        "/foresee",
        "/doors",
        "/stations/{station}",
        "/signin",
        "/password"
    })
    ResponseEntity<Object> index() {
        var page = ResponseEntity.status(INDEX.exists() ? 200 : 503)
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .cacheControl(CacheControl.noCache());
        return page.body(INDEX.exists() ? INDEX : NOT_BUILT);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        files.addResourceHandler("/*.svg", "/*.ico", "/*.png")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic());
    }
}
