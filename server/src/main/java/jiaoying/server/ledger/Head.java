package jiaoying.server.ledger;

/**
 * The head of a ledger (链首): the hash of the chain after so many entries.
 *
 * @param hash 64 lower-case hex digits
 */
public record Head(long count, String hash) {}
