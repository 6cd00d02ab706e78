package jiaoying.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Account;
import jiaoying.server.security.Caller;
import jiaoying.server.security.Scope;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where people who are signed in do something: which role may is in the table of permissions, where is checked here. */
@RestController
public final class ActsDoor {
    private final FrontDoor door;
    private final Function<Deed, Where> where;
    private final Function<List<String>, Scope> scopes;
    private final Predicate<String> kept;
    private final Naming naming;

    /**
     * @param where  the place that a deed touches
     * @param scopes of the areas of an account
     * @param kept   whether a file of evidence with this SHA-256 came in
     * @param naming what the room says no to, in the words of its people
     */
    public ActsDoor(
            FrontDoor door,
            Function<Deed, Where> where,
            Function<List<String>, Scope> scopes,
            Predicate<String> kept,
            Naming naming) {
        this.door = door;
        this.where = where;
        this.scopes = scopes;
        this.kept = kept;
        this.naming = naming;
    }

    /** A refusal with names instead of ids. */
    public interface Naming {
        Outcome.Refused named(Outcome.Refused no, Deed deed, Texts reader);
    }

    /** The place that a deed touches. */
    public sealed interface Where {
        /** The room as a whole: only for accounts that are not confined. */
        record Room() implements Where {}

        record Area(String code) implements Where {}

        /** Owed by bodies, of an area or of none. @param has people of the bodies that have to do with it */
        record Item(String code, Predicate<String> has) implements Where {}

        /** What a body has to do: for its own people, and for those on duty, who write down what they hear. @param has its people */
        record Body(Predicate<String> has) implements Where {}

        /** There is no such order, signal or alert; an account that may not see it hears the same. */
        record Nowhere() implements Where {}
    }

    @PostMapping("/api/acts/{deed}")
    ResponseEntity<Object> act(
            @PathVariable("deed") String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang,
            HttpServletRequest request)
            throws IOException {
        var fields = Fields.read(request.getInputStream());
        var deed = Optional.ofNullable(Deeds.BY_NAME.get(name))
                .orElseThrow(() -> Problem.allowing(404, "act.missing", name, Sentence.of("act-known")))
                .apply(fields);
        var account = Caller.person().account();
        checkEvidence(deed);
        checkPlace(where.apply(deed), account, Texts.of(lang));
        var by = deed instanceof Deed.OnItem || deed instanceof Deed.OnPaper ? account.actor() : account.name();
        return Replies.named(
                door.bring(account.name(), new Arrival.Act(by, deed)), (no, reader) -> naming.named(no, deed, reader));
    }

    /** Nothing is proved by a file that nobody has. */
    private void checkEvidence(Deed deed) {
        proofs(deed).stream()
                .map(Proof::sha256)
                .filter(sha256 -> !kept.test(sha256))
                .findFirst()
                .ifPresent(sha256 -> {
                    throw Problem.allowing(409, "evidence.missing", sha256, Sentence.of("file-kept"));
                });
    }

    private static List<Proof> proofs(Deed deed) {
        if (!(deed instanceof Deed.OnItem item)) {
            return List.of();
        }
        return switch (item.deed()) {
            case CaseDeed.Move move -> move.proofs();
            case CaseDeed.Prove prove -> prove.proofs();
            default -> List.of();
        };
    }

    private void checkPlace(Where place, Account account, Texts texts) {
        var scope = scopes.apply(account.areas());
        switch (place) {
            case Where.Room() -> require(scope.whole(), 403, texts, "scope.room");
            case Where.Area(var code) -> require(scope.covers(code), 404, texts, "scope.nowhere");
            case Where.Item(var code, var has)
            when !has.test(account.actor()) ->
                checkPlace(code.isEmpty() ? new Where.Room() : new Where.Area(code), account, texts);
            case Where.Item _ -> {}
            case Where.Body(var has) ->
                require(has.test(account.actor()) || (scope.whole() && account.isOnDuty()), 403, texts, "scope.body");
            case Where.Nowhere() -> require(false, 404, texts, "scope.nowhere");
        }
    }

    private static void require(boolean good, int status, Texts texts, String key) {
        if (!good) {
            throw Problem.said(status, texts, key, "");
        }
    }
}
