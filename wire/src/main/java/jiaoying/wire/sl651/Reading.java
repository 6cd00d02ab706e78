package jiaoying.wire.sl651;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One value with whose it is and when.
 *
 * @param stationClass empty if it sent none, or one of the user's own
 * @param observedAt by the station's clock; empty if it sent none, or no date
 * @param value of a slot of an hour array: rain in mm, relative level in m
 */
public record Reading(
        StationAddress station,
        Optional<StationClass> stationClass,
        Optional<LocalDateTime> observedAt,
        ElementId element,
        Value value) {}
