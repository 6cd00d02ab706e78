package jiaoying.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Nobody can make the server read a long body, except at the door of readings, which has its own bound. */
public final class SmallBodies extends OncePerRequestFilter {
    private static final long MOST_BYTES = 256 * 1024;
    /** Of a form with photos on a person's own page, or with a ledger; two photos of a telephone, with room to spare. */
    public static final long PHOTOS_MOST_BYTES = 24L * 1024 * 1024;

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** These look after the size of what comes in themselves. */
    private static final Set<String> LARGE = Set.of("/api/readings", "/api/cap", "/api/evidence", "/api/documents");

    private final Refusals refusals;

    SmallBodies(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (WITH_BODY.contains(request.getMethod())
                && !LARGE.contains(request.getRequestURI())
                && (request.getContentLengthLong() > most(request) || request.getHeader("Transfer-Encoding") != null)) {
            refusals.tooLong(request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static long most(HttpServletRequest request) {
        var uri = request.getRequestURI();
        var photos = (uri.startsWith("/a/") || uri.startsWith("/api/programmes/"))
                && String.valueOf(request.getContentType()).startsWith("multipart/form-data");
        return photos ? PHOTOS_MOST_BYTES : MOST_BYTES;
    }
}
