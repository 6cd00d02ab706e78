package jiaoying.server.main;

import java.util.Arrays;
import jiaoying.duty.room.Outcome;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Said;
import jiaoying.server.store.BackupFailed;

/**
 * A command that cannot be carried out as given: a text of the catalogue that says what, which value, what is allowed and
 * what to do. The program ends with code 2 and nothing half-started.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Object[] values;

    /** @param key the text {@code refusal.<key>}, with the values that fill it */
    Refusal(String key, Object... values) {
        super(key);
        this.key = key;
        this.values = values;
    }

    String said(Words words) {
        return words.say(
                "refusal." + key,
                Arrays.stream(values).map(value -> said(value, words)).toArray());
    }

    /** A value in the user's language, where it is something that went wrong. */
    static Object said(Object value, Words words) {
        return switch (value) {
            case Outcome.Refused no -> sentence(Problem.Words.refused(words.texts(), no));
            case Said no -> no.in(words.texts());
            case PostgresUnavailable no -> words.say("failed.database." + no.reason(), no.value());
            case BackupFailed no -> words.say("failed.backup." + no.reason(), no.value());
            case SettingProblem.All problems -> problems.said(words);
            default -> value;
        };
    }

    private static String sentence(Problem.Words no) {
        return no.what() + " (" + no.value() + "). " + no.allowed() + ". " + no.todo();
    }
}
