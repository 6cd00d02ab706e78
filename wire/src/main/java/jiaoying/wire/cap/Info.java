package jiaoying.wire.cap;

import java.util.List;
import java.util.Optional;

/**
 * What happens, in one language, for one stage (3.2.2).
 *
 * @param language RFC 3066; en-US if the message does not say
 * @param effective when it is in force; empty: since it was sent
 * @param expires empty: the receiver must have a limit of its own
 */
public record Info(
        String language,
        List<Category> categories,
        String event,
        List<ResponseType> responseTypes,
        Urgency urgency,
        Severity severity,
        Certainty certainty,
        Optional<String> audience,
        List<NamedValue> eventCodes,
        Optional<CapTime> effective,
        Optional<CapTime> onset,
        Optional<CapTime> expires,
        Optional<String> senderName,
        Optional<String> headline,
        Optional<String> description,
        Optional<String> instruction,
        Optional<String> web,
        Optional<String> contact,
        List<NamedValue> parameters,
        List<Resource> resources,
        List<Area> areas) {
    public static final String LANGUAGE_DEFAULT = "en-US";

    public Info {
        categories = List.copyOf(categories);
        responseTypes = List.copyOf(responseTypes);
        eventCodes = List.copyOf(eventCodes);
        parameters = List.copyOf(parameters);
        resources = List.copyOf(resources);
        areas = List.copyOf(areas);
    }

    /** What kind of event. */
    public enum Category implements Word {
        GEO,
        MET,
        SAFETY,
        SECURITY,
        RESCUE,
        FIRE,
        HEALTH,
        ENV,
        TRANSPORT,
        INFRA,
        CBRNE,
        OTHER;

        @Override
        public String word() {
            return this == CBRNE ? "CBRNE" : Word.of(this);
        }
    }

    /** What to do. */
    public enum ResponseType implements Word {
        SHELTER,
        EVACUATE,
        PREPARE,
        EXECUTE,
        AVOID,
        MONITOR,
        ASSESS,
        ALL_CLEAR,
        NONE;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** How soon to act. */
    public enum Urgency implements Word {
        IMMEDIATE,
        EXPECTED,
        FUTURE,
        PAST,
        UNKNOWN;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** How bad. */
    public enum Severity implements Word {
        EXTREME,
        SEVERE,
        MODERATE,
        MINOR,
        UNKNOWN;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** How sure. */
    public enum Certainty implements Word {
        OBSERVED,
        LIKELY,
        POSSIBLE,
        UNLIKELY,
        UNKNOWN;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** When it comes into force (3.2.2, effective). */
    public CapTime effectiveFrom(MessageId message) {
        return effective.orElse(message.sent());
    }
}
