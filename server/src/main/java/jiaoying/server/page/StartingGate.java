package jiaoying.server.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** While the database and the loop are still starting: health says so, everything else asks to come again. */
public final class StartingGate extends OncePerRequestFilter {
    private static final String JSON =
            "{\"status\":\"STARTING\",\"error\":{\"what\":\"%s\",\"value\":\"\",\"allowed\":\"\",\"todo\":\"\"}}";

    private final BooleanSupplier ready;

    public StartingGate(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (ready.getAsBoolean() || path.startsWith("/assets/")) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(503);
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setCharacterEncoding("UTF-8");
        if (path.startsWith("/api/")) {
            response.setContentType("application/json");
            response.getWriter().print(JSON.formatted(Texts.ZH.say("starting")));
        } else {
            response.setContentType("text/html");
            response.getWriter().print(Html.starting());
        }
    }
}
