package jiaoying.server.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says in our own form what the web server refused before any page or door was reached, such as TRACE. */
@RestController
public final class ErrorReplies implements ErrorController {
    /** Asked for by its own address it is a page that is not there. */
    @RequestMapping("/error")
    ResponseEntity<?> said(HttpServletRequest request) {
        return ProblemAdvice.said(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404,
                request);
    }
}
