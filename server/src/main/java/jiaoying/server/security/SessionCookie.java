package jiaoying.server.security;

import java.time.Duration;
import org.springframework.http.ResponseCookie;

/** The cookie of a session: no script reads it and no other site makes a browser send it. */
final class SessionCookie {
    static final String NAME = "jiaoying-session";

    private SessionCookie() {}

    static String with(String token, boolean secure) {
        return cookie(token, secure).build().toString();
    }

    static String ended(boolean secure) {
        return cookie("", secure).maxAge(Duration.ZERO).build().toString();
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(String value, boolean secure) {
        return ResponseCookie.from(NAME, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict");
    }
}
