package jiaoying.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiConsumer;
import java.util.function.Function;
import jiaoying.duty.room.Deed;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.SignIn.Ending;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out; each is a fact with its account. */
@RestController
public final class SessionController {
    private final SignIn signIn;
    private final SignInLinks links;
    private final Sessions sessions;
    private final BiConsumer<String, Deed> facts;
    private final Function<Account, Object> welcome;

    /**
     * @param facts   brings a deed of an account in and returns once it is durable
     * @param welcome what somebody who has signed in is told about himself and the room
     */
    public SessionController(
            SignIn signIn,
            SignInLinks links,
            Sessions sessions,
            BiConsumer<String, Deed> facts,
            Function<Account, Object> welcome) {
        this.signIn = signIn;
        this.links = links;
        this.sessions = sessions;
        this.facts = facts;
        this.welcome = welcome;
    }

    record NameAndPassword(@Nullable String name, @Nullable String password) {}

    record LinkToken(@Nullable String token) {}

    @PostMapping("/api/session")
    ResponseEntity<Object> byPassword(
            @RequestBody NameAndPassword given,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang,
            HttpServletRequest request) {
        return switch (signIn.attempt(text(given.name()), text(given.password()))) {
            case Ending.Welcome(var account) -> welcome(account, request);
            case Ending.Wrong() -> throw Problem.said(401, Texts.of(lang), "signin.wrong", "");
            case Ending.Disabled() -> throw Problem.said(403, Texts.of(lang), "signin.disabled", "");
            case Ending.Locked locked -> throw Problem.said(423, Texts.of(lang), "signin.locked", locked.minutes());
        };
    }

    @PostMapping("/api/session/link")
    ResponseEntity<Object> byLink(
            @RequestBody LinkToken given,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang,
            HttpServletRequest request) {
        return links.use(text(given.token()))
                .map(account -> welcome(account, request))
                .orElseThrow(() -> Problem.said(401, Texts.of(lang), "signin.link", ""));
    }

    @DeleteMapping("/api/session")
    ResponseEntity<Object> out(HttpServletRequest request) {
        var person = Caller.person();
        sessions.end(person.session());
        facts.accept(person.name(), new Deed.SignedOut());
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.ended(request.isSecure()))
                .build();
    }

    private ResponseEntity<Object> welcome(Account account, HttpServletRequest request) {
        facts.accept(account.name(), new Deed.SignedIn());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.with(sessions.begin(account), request.isSecure()))
                .body(welcome.apply(account));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
