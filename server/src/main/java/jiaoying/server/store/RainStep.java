package jiaoying.server.store;

import java.time.Instant;

/**
 * Rain of all stations in one step of a timeline.
 *
 * @param at        end of the step
 * @param maxMilli  wettest station, thousandths of a millimetre
 * @param meanMilli mean over the stations heard in the step
 */
public record RainStep(Instant at, long maxMilli, long meanMilli) {}
