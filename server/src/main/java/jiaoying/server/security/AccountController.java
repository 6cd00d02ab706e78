package jiaoying.server.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import jiaoying.duty.room.Deed;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Opens accounts for a system administrator; the fact names who opened which, and never a password. */
@RestController
public final class AccountController {
    private final Accounts accounts;
    private final BiConsumer<String, Deed> facts;
    private final Predicate<String> areaKnown;

    public AccountController(Accounts accounts, BiConsumer<String, Deed> facts, Predicate<String> areaKnown) {
        this.accounts = accounts;
        this.facts = facts;
        this.areaKnown = areaKnown;
    }

    record Wish(
            @Nullable String account,
            @Nullable String password,
            @Nullable List<String> roles,
            @Nullable List<String> areas) {}

    record Opened(String account, List<String> roles, List<String> areas) {}

    @PostMapping("/api/accounts")
    ResponseEntity<Opened> open(
            @RequestBody Wish wish, @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var texts = Texts.of(lang);
        var name = text(wish.account());
        var roles = roles(wish, texts);
        var areas = Optional.ofNullable(wish.areas()).orElse(List.of());
        refuse(Accounts.fault(name, roles, areas), texts, name);
        refuse(Passwords.fault(name, text(wish.password())), texts, "");
        for (var area : areas) {
            refuse(Optional.of("account.area").filter(_ -> !areaKnown.test(area)), texts, area);
        }
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
        for (var word : Optional.ofNullable(wish.roles()).orElse(List.of())) {
            roles.add(Role.find(word).orElseThrow(() -> Problem.said(400, texts, "account.roles", word)));
        }
        return roles;
    }

    private static void refuse(Optional<String> fault, Texts texts, String value) {
        fault.ifPresent(key -> {
            throw Problem.said(400, texts, key, value);
        });
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
