package jiaoying.duty.ledger;

/**
 * A text about a person, in the clear only while in memory: the store seals it with the key of {@code person}, the chain
 * hashes the sealed form, and after {@code Erased} it reads as {@link #BLANK}.
 */
public record Personal(String person, String text) {
    public static final String BLANK = "";
}
