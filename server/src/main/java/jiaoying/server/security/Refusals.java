package jiaoying.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfException;
import tools.jackson.databind.json.JsonMapper;

/** Says no before a page is reached, in words. */
final class Refusals {
    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    void unknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        say(request, response, 401, request.getHeader(HttpHeaders.AUTHORIZATION) == null ? "unknown" : "token");
    }

    void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        say(request, response, 403, why instanceof CsrfException ? "csrf" : "denied");
    }

    void tooLong(HttpServletRequest request, HttpServletResponse response) throws IOException {
        say(request, response, 413, "toolong");
    }

    private void say(HttpServletRequest request, HttpServletResponse response, int status, String key)
            throws IOException {
        var texts = Texts.of(Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                .orElse(""));
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        json.writeValue(
                response.getOutputStream(), Problem.said(status, texts, key, "").body(texts));
    }
}
