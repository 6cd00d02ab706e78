package jiaoying.duty.programme;

import java.time.LocalDate;

/**
 * The last day on which something may be done (限期).
 *
 * @param provisional a year without a plan was looked at: the day may move when its plan comes out
 */
public record Deadline(LocalDate day, boolean provisional) {}
