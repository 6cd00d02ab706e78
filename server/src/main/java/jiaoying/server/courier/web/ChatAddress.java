package jiaoying.server.courier.web;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a person is found in a work chat, as the register writes it: {@code ROBOT:ID:NAME}.
 *
 * @param robot name of the carrier whose group the person is in
 * @param id    mobile number, or what else the chat knows people by; empty when nobody is to be mentioned
 * @param name  that stands before the person's text, or empty
 */
record ChatAddress(String robot, String id, String name) {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9-]{0,39})(?::([A-Za-z0-9_+-]{0,64})(?::([^\\s:@<>]{1,20}))?)?");

    static Optional<ChatAddress> find(String text) {
        var found = FORM.matcher(text.strip());
        return found.matches()
                ? Optional.of(new ChatAddress(found.group(1), part(found.group(2)), part(found.group(3))))
                : Optional.empty();
    }

    private static String part(String group) {
        return Optional.ofNullable(group).orElse("");
    }

    String words(String message) {
        return name.isEmpty() ? message : name + "：" + message;
    }
}
