package jiaoying.wire.sl651;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays station and time over the values of a message. */
final class Readings {
    private static final int SLOTS = 12;
    private static final Duration SLOT = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Reading> readings = new ArrayList<>();
    private StationAddress station;
    private Optional<StationClass> stationClass = Optional.empty();
    private Optional<LocalDateTime> observedAt = Optional.empty();
    private Optional<Duration> step = Optional.empty();

    private Readings(StationAddress sender) {
        this.station = sender;
    }

    static List<Reading> of(Message message, StationAddress sender) {
        var readings = new Readings(sender);
        message.groups().forEach(readings::take);
        return List.copyOf(readings.readings);
    }

    private void take(Group group) {
        switch (group) {
            case Group.Station(var address, var classCode) -> {
                station = address;
                stationClass = classCode.isPresent() ? StationClass.find(classCode.getAsInt()) : Optional.empty();
                observedAt = Optional.empty();
            }
            case Group.Observed(var time) -> observedAt = time.dateTime();
            case Group.Step it -> step = it.length();
            case Group.Element element -> add(element.id(), element.data(), observedAt);
            case Group.Series(var elements, var rows) -> series(elements, rows);
            case Group.Wanted _,
                    Group.Setting _,
                    Group.WantedSetting _,
                    Group.Period _,
                    Group.Manual _,
                    Group.Picture _,
                    Group.Velocities _,
                    Group.Version _,
                    Group.Switches _,
                    Group.Gates _,
                    Group.Quota _,
                    Group.Events _,
                    Group.Raw _ -> {}
        }
    }

    /** Value i is at the first time + i steps; arrays of one hour follow each other hour by hour. */
    private void series(List<ElementId> elements, List<List<Data>> rows) {
        for (var i = 0; i < rows.size(); i++) {
            for (var column = 0; column < elements.size(); column++) {
                var id = elements.get(column);
                add(id, rows.get(i).get(column), at(i, id.isHourArray() ? Optional.of(HOUR) : step));
            }
        }
    }

    private Optional<LocalDateTime> at(int row, Optional<Duration> interval) {
        return row == 0
                ? observedAt
                : observedAt.flatMap(
                        first -> interval.filter(Duration::isPositive).map(it -> first.plus(it.multipliedBy(row))));
    }

    private void add(ElementId id, Data data, Optional<LocalDateTime> at) {
        var value = Value.of(id, data);
        if (id.isHourArray() && value instanceof Value.Binary(var octets) && octets.size() % SLOTS == 0) {
            slots(id, octets, at);
        } else {
            readings.add(new Reading(station, stationClass, at, id, value));
        }
    }

    /** Twelve values 5 minutes apart, the first at {@code at}; all F is none. Rain 0.1 mm, level 0.01 m. */
    private void slots(ElementId id, Octets octets, Optional<LocalDateTime> at) {
        var width = octets.size() / SLOTS;
        if (width != (id.leader().orElse(0) == ElementId.HOUR_RAIN ? 1 : 2)) {
            readings.add(new Reading(station, stationClass, at, id, new Value.Invalid(octets)));
            return;
        }
        for (var slot = 0; slot < SLOTS; slot++) {
            var sent = octets.slice(slot * width, (slot + 1) * width);
            var value = sent.isFilledWith(0xFF)
                    ? new Value.Missing(Value.Fill.FF)
                    : new Value.Measured(BigDecimal.valueOf(sent.number(0, width), width));
            var time = SLOT.multipliedBy(slot);
            readings.add(new Reading(station, stationClass, at.map(it -> it.plus(time)), id, value));
        }
    }
}
