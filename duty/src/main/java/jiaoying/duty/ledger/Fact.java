package jiaoying.duty.ledger;

/** Something that happened, in the past tense; the only thing that changes a duty room. Each part of the domain has its own sealed family. */
public interface Fact {}
