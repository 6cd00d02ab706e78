package jiaoying.server.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import jiaoying.server.reply.GeoReport;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Turns every exception of a page or door into words; nobody outside sees a stack trace. */
@RestControllerAdvice
public final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    public ResponseEntity<?> problem(Problem problem, HttpServletRequest request) {
        return reply(problem, request);
    }

    static ResponseEntity<?> said(int status, HttpServletRequest request) {
        return reply(Problem.said(status, reader(request), status < 500 ? "request" : "broken", ""), request);
    }

    private static ResponseEntity<?> reply(Problem problem, HttpServletRequest request) {
        var reply = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_JSON);
        if (problem.status() == 503) {
            reply.header(HttpHeaders.RETRY_AFTER, "2");
        }
        if (request.getRequestURI().startsWith(GeoReport.PATH)) {
            var page = GeoReport.refused(
                    request.getRequestURI(),
                    problem.status(),
                    problem.body(reader(request)).error());
            return reply.contentType(page.type()).body(page.text());
        }
        return reply.body(problem.body(reader(request)));
    }

    /** The reader went away; there is nobody to tell. */
    @ExceptionHandler
    public void gone(AsyncRequestNotUsableException gone) {}

    @ExceptionHandler
    public ResponseEntity<?> anythingElse(Exception e, HttpServletRequest request) {
        var status = statusOf(e);
        if (status >= 500) {
            LOG.error("{} {} failed", request.getMethod(), routeOf(request), e);
        }
        return said(Math.min(status, 500), request);
    }

    private static Texts reader(HttpServletRequest request) {
        return Texts.of(Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                .orElse(""));
    }

    private static int statusOf(Exception e) {
        return switch (e) {
            case ErrorResponse known -> known.getStatusCode().value();
            case HttpMessageConversionException unreadable -> 400;
            case TypeMismatchException unreadable -> 400;
            case ServletException noForm when noForm.getCause() instanceof IOException -> 400;
            default -> 500;
        };
    }

    /** The pattern, not the path: a path may hold a token or a person's id. */
    private static Object routeOf(HttpServletRequest request) {
        return Optional.ofNullable(
                        request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern"))
                .orElse("a request");
    }
}
