package jiaoying.server.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an entry of the ledger has to name in order to belong to a trace (责任倒查): one of the values of one of the fields, wherever
 * the field stands and whether it holds one value or a list of them. May be used from any thread.
 */
public final class Mentions {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TEXTS_MOST = 16;

    /** Letters that JSON never writes in another way. */
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:;/@+~-]+");

    private final Map<String, Set<String>> values;

    /** @param values by field, for example {@code item} and {@code I22} */
    public Mentions(Map<String, Set<String>> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * One of these stands in every entry that belongs to the trace, as the store keeps it; empty where they are too many to look for,
     * or could be written in another way.
     */
    Optional<String[]> texts() {
        var all = values.values().stream().flatMap(Set::stream).distinct().toList();
        return all.size() > TEXTS_MOST || !all.stream().allMatch(PLAIN.asMatchPredicate())
                ? Optional.empty()
                : Optional.of(all.stream().map(one -> '"' + one + '"').sorted().toArray(String[]::new));
    }

    /** @param entry JSON as the store keeps it */
    public boolean in(byte[] entry) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), entry)) {
            return in(json);
        }
    }

    private boolean in(JsonParser json) {
        var wanted = Set.<String>of();
        for (var token = json.nextToken(); token != null; token = json.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> wanted = values.getOrDefault(json.currentName(), Set.of());
                case VALUE_STRING -> {
                    if (!wanted.isEmpty() && wanted.contains(json.getString())) {
                        return true;
                    }
                }
                case END_OBJECT, END_ARRAY -> wanted = Set.of();
                default -> {}
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .flatMap(
                        field -> field.getValue().stream().map(value -> "\"" + field.getKey() + "\":\"" + value + "\""))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
