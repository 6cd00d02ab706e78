package jiaoying.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import jiaoying.server.reply.GeoReport;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/** Finds out who makes a request: by a door token when one is sent, else by the session cookie. */
final class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final DoorTokens doors;

    CallerFilter(Sessions sessions, DoorTokens doors) {
        this.sessions = sessions;
        this.doors = doors;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (path.startsWith("/api/")
                || path.startsWith("/feeds/")
                || path.startsWith("/v1.1")
                || path.startsWith("/open311/")) {
            caller(request).ifPresent(CallerFilter::present);
        }
        chain.doFilter(request, response);
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        var authorization = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
        return authorization.isPresent()
                ? machine(authorization.get())
                : apiKey(request).map(key -> machine(BEARER + key)).orElseGet(() -> person(request));
    }

    /** GeoReport v2 sends the key of an application as a field of its form. */
    private static Optional<String> apiKey(HttpServletRequest request) {
        return request.getRequestURI().startsWith(GeoReport.PATH)
                ? Optional.ofNullable(request.getParameter("api_key")).filter(key -> !key.isBlank())
                : Optional.empty();
    }

    private Optional<Caller> machine(String authorization) {
        return Optional.of(authorization)
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> doors.find(value.substring(BEARER.length()).strip()))
                .map(door -> new Caller.Machine(door.source(), door.permission()));
    }

    private Optional<Caller> person(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, SessionCookie.NAME);
        if (cookie == null) {
            return Optional.empty();
        }
        var account = sessions.find(cookie.getValue());
        if (account.isPresent() && !request.getRequestURI().endsWith("/stream")) {
            sessions.touch(cookie.getValue());
        }
        return account.map(found -> new Caller.Person(found, cookie.getValue()));
    }

    private static void present(Caller caller) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new Caller.Token(caller));
        SecurityContextHolder.setContext(context);
    }
}
