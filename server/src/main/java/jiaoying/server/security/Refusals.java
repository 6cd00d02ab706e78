package jiaoying.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jiaoying.server.reply.GeoReport;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfException;
import tools.jackson.databind.json.JsonMapper;

/** Says no before a page is reached, in words. */
final class Refusals {
    /** Where programs ask, not people. */
    private static final List<String> MACHINES = List.of("/api/", "/v1.1", "/open311/", "/feeds/", "/assets/");

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    void unknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isForReader(request)) {
            missing(request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        // GeoReport v2: "403 - Missing or Invalid API Key"
        var status = request.getRequestURI().startsWith(GeoReport.PATH) ? 403 : 401;
        say(request, response, status, request.getHeader(HttpHeaders.AUTHORIZATION) == null ? "unknown" : "token");
    }

    void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (isForReader(request)) {
            missing(request, response);
            return;
        }
        say(request, response, 403, why instanceof CsrfException ? "csrf" : "denied");
    }

    void tooLong(HttpServletRequest request, HttpServletResponse response) throws IOException {
        say(request, response, 413, "toolong");
    }

    /** Somebody who opened an address in a browser; every page that exists is open, so there is none here. */
    private static boolean isForReader(HttpServletRequest request) {
        var path = request.getRequestURI();
        return List.of("GET", "HEAD").contains(request.getMethod())
                && MACHINES.stream().noneMatch(path::startsWith)
                && Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT))
                        .filter(accepts -> accepts.contains(MediaType.TEXT_HTML_VALUE))
                        .isPresent();
    }

    private static void missing(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var texts = reader(request);
        response.setStatus(404);
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .print(Html.page(
                        texts,
                        texts.say("page.missing.what"),
                        "<main><h1>" + Html.esc(texts.say("page.missing.what")) + "</h1><p>"
                                + Html.esc(texts.say("page.missing.todo")) + "</p><p><a href=\"/watch\">"
                                + Html.esc(texts.say("page.missing.watch")) + "</a></p></main>"));
    }

    private static Texts reader(HttpServletRequest request) {
        return Texts.of(Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                .orElse(""));
    }

    private void say(HttpServletRequest request, HttpServletResponse response, int status, String key)
            throws IOException {
        var texts = reader(request);
        response.setStatus(status);
        response.setCharacterEncoding("UTF-8");
        if (request.getRequestURI().startsWith(GeoReport.PATH)) {
            var words = Problem.said(status, texts, key, "").body(texts).error();
            var page = GeoReport.refused(request.getRequestURI(), status, words);
            response.setContentType(page.type().toString());
            response.getWriter().print(page.text());
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(
                response.getOutputStream(), Problem.said(status, texts, key, "").body(texts));
    }
}
