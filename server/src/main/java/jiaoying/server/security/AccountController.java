package jiaoying.server.security;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import jiaoying.duty.room.Deed;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.store.Credentials.AccountRow;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Keeps accounts for a system administrator; the fact names who did what to which, and never a password. What takes rights
 * away is done before its fact, what gives them after it.
 */
@RestController
public final class AccountController {
    private final Accounts accounts;
    private final SignIn signIn;
    private final SignInLinks links;
    private final BiConsumer<String, Deed> facts;
    private final Predicate<String> areaKnown;
    private final Predicate<String> personKnown;

    public AccountController(
            Accounts accounts,
            SignIn signIn,
            SignInLinks links,
            BiConsumer<String, Deed> facts,
            Predicate<String> areaKnown,
            Predicate<String> personKnown) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.links = links;
        this.facts = facts;
        this.areaKnown = areaKnown;
        this.personKnown = personKnown;
    }

    record Wish(
            @Nullable String account,
            @Nullable String password,
            @Nullable List<@Nullable String> roles,
            @Nullable List<@Nullable String> areas) {}

    record Opened(String account, List<String> roles, List<String> areas) {}

    /** @param password whether it has one; else it signs in by one-time links */
    record Kept(
            String account,
            List<String> roles,
            List<String> areas,
            boolean password,
            boolean disabled,
            @Nullable Instant lockedUntil,
            String person) {
        static Kept of(AccountRow row) {
            return new Kept(
                    row.name(),
                    row.roles(),
                    row.areas(),
                    !row.hash().isEmpty(),
                    row.disabled(),
                    row.lockedUntil().orElse(null),
                    row.person());
        }
    }

    /** @param link path and fragment, to be put behind the address of the pages */
    record Link(String account, String link, long minutes) {}

    record NewPassword(@Nullable String old, @Nullable String password) {}

    @GetMapping("/api/accounts")
    List<Kept> list() {
        return accounts.list().stream().map(Kept::of).toList();
    }

    @PutMapping("/api/accounts/{name}")
    Kept change(
            @PathVariable String name,
            @RequestBody Wish wish,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        need(name, texts);
        var roles = roles(wish, texts);
        var areas = words(wish.areas());
        refuse(Accounts.fault(name, roles, areas), texts, name);
        refuseUnknown(areas, texts);
        if (!roles.contains(Role.SYSTEM_ADMINISTRATOR)) {
            refuseOwn(name, texts);
        }
        facts.accept(
                Caller.person().name(),
                new Deed.ChangeAccount(name, roles.stream().map(Role::word).toList(), areas));
        accounts.change(name, roles, areas);
        return Kept.of(need(name, texts));
    }

    /** @param person of the register; empty or absent: nobody any more */
    record Tie(@Nullable String person) {}

    /** For whom the account acts on items. One person may have several accounts, an account one person. */
    @PutMapping("/api/accounts/{name}/person")
    Kept tie(
            @PathVariable String name,
            @RequestBody Tie wish,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        need(name, texts);
        var person = text(wish.person());
        refuse(
                Optional.of("account.person").filter(_ -> !person.isEmpty() && !personKnown.test(person)),
                texts,
                person);
        facts.accept(Caller.person().name(), new Deed.TieAccount(name, person));
        accounts.tie(name, person);
        return Kept.of(need(name, texts));
    }

    @PostMapping("/api/accounts/{name}/disable")
    Kept disable(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        need(name, texts);
        refuseOwn(name, texts);
        accounts.disable(name);
        facts.accept(Caller.person().name(), new Deed.DisableAccount(name));
        return Kept.of(need(name, texts));
    }

    @PostMapping("/api/accounts/{name}/enable")
    Kept enable(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        need(name, texts);
        facts.accept(Caller.person().name(), new Deed.EnableAccount(name));
        accounts.enable(name);
        return Kept.of(need(name, texts));
    }

    /** The password is void; by the link the person signs in once and chooses another. */
    @PostMapping("/api/accounts/{name}/link")
    Link reset(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        need(name, Texts.of(lang));
        accounts.forgetPassword(name);
        facts.accept(Caller.person().name(), new Deed.ResetPassword(name));
        return new Link(name, links.make(name, SignInLinks.USUAL), SignInLinks.USUAL.toMinutes());
    }

    /** One's own password; the old one is asked for where there is one. Afterwards one signs in again. */
    @PutMapping("/api/me/password")
    ResponseEntity<Object> password(
            @RequestBody NewPassword given,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        var name = Caller.person().name();
        var account = need(name, texts);
        refuse(Passwords.fault(name, text(given.password())), texts, "");
        if (!account.hash().isEmpty()) {
            prove(name, text(given.old()), texts);
        }
        facts.accept(name, new Deed.SetPassword());
        accounts.setPassword(name, text(given.password()));
        return ResponseEntity.noContent().build();
    }

    /** Counts like a sign-in, so that whoever finds a session open cannot guess its password. */
    private void prove(String name, String old, Texts texts) {
        switch (signIn.attempt(name, old)) {
            case SignIn.Ending.Welcome welcome -> {}
            case SignIn.Ending.Locked locked -> throw Problem.said(423, texts, "signin.locked", locked.minutes());
            case SignIn.Ending.Disabled disabled -> throw Problem.said(403, texts, "signin.disabled", "");
            case SignIn.Ending.Wrong wrong -> throw Problem.said(403, texts, "password.old", "");
        }
    }

    private AccountRow need(String name, Texts texts) {
        return accounts.find(name).orElseThrow(() -> Problem.said(404, texts, "account.missing", name));
    }

    /** So that a room always has a system administrator. */
    private static void refuseOwn(String name, Texts texts) {
        if (Caller.person().name().equals(name)) {
            throw Problem.said(409, texts, "account.own", name);
        }
    }

    @PostMapping("/api/accounts")
    ResponseEntity<Opened> open(
            @RequestBody Wish wish, @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        var name = text(wish.account());
        var roles = roles(wish, texts);
        var areas = words(wish.areas());
        refuse(Accounts.fault(name, roles, areas), texts, name);
        refuse(Passwords.fault(name, text(wish.password())), texts, "");
        refuseUnknown(areas, texts);
        if (accounts.exists(name)) {
            throw Problem.said(409, texts, "account.taken", name);
        }
        var words = roles.stream().map(Role::word).toList();
        facts.accept(Caller.person().name(), new Deed.OpenAccount(name, words, areas));
        accounts.open(new Account(name, roles, areas), text(wish.password()));
        return ResponseEntity.status(201).body(new Opened(name, words, areas));
    }

    private static EnumSet<Role> roles(Wish wish, Texts texts) {
        var roles = EnumSet.noneOf(Role.class);
        for (var word : words(wish.roles())) {
            roles.add(Role.find(word).orElseThrow(() -> Problem.said(400, texts, "account.roles", word)));
        }
        return roles;
    }

    private void refuseUnknown(List<String> areas, Texts texts) {
        for (var area : areas) {
            refuse(Optional.of("account.area").filter(_ -> !areaKnown.test(area)), texts, area);
        }
    }

    private static void refuse(Optional<String> fault, Texts texts, String value) {
        fault.ifPresent(key -> {
            throw Problem.said(400, texts, key, value);
        });
    }

    private static List<String> words(@Nullable List<@Nullable String> given) {
        return given == null
                ? List.of()
                : given.stream().map(AccountController::text).toList();
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
