package jiaoying.server.store;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lifts the stored fields of a kind of fact from one version to the next, because facts fold for ever.
 *
 * @param kind simple name of the record
 * @param from version it reads; it gives {@code from + 1}
 * @param step changes the fields so that they are those of the next version
 */
public record Upcast(String kind, int from, UnaryOperator<ObjectNode> step) {}
