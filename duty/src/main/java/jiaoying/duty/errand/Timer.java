package jiaoying.duty.errand;

import java.time.Instant;

/** A due instant as data: when it comes, the loop puts an arrival with this id into the inbox. */
public record Timer(String id, Instant dueAt) {}
