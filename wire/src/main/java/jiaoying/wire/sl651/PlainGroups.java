package jiaoying.wire.sl651;

import java.util.Optional;

/** Groups without an identifier; the function says what they are. Tables 57, 71, 74, 77, 80, 84. */
final class PlainGroups {
    private static final int GATE_BYTES = 2;

    private PlainGroups() {}

    /** From the beginning of {@code octets}; empty if they are too few. */
    static Optional<Group> read(Layout layout, Octets octets) {
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        return switch (layout) {
            case VERSION -> counted(octets).map(Group.Version::new);
            case SWITCHES -> counted(octets).map(Group.Switches::new);
            case GATES -> gates(octets);
            case QUOTA -> Optional.of(new Group.Quota(octets.at(0)));
            case EVENTS ->
                octets.size() < Group.Events.SIZE
                        ? Optional.empty()
                        : Optional.of(new Group.Events(octets.slice(0, Group.Events.SIZE)));
            case REPORT, SERIES, STATION, SETTINGS, PERIOD, WANTED, WANTED_SETTINGS, BARE -> Optional.empty();
        };
    }

    private static Optional<Octets> counted(Octets octets) {
        var size = octets.at(0);
        return octets.size() > size ? Optional.of(octets.slice(1, 1 + size)) : Optional.empty();
    }

    /** A bit and, if they were sent, two bytes of opening for each gate. */
    private static Optional<Group> gates(Octets octets) {
        var count = octets.at(0);
        var bits = 1 + (count + 7) / 8;
        if (octets.size() < bits) {
            return Optional.empty();
        }
        var end = Math.min(bits + GATE_BYTES * count, octets.size() - (octets.size() - bits) % GATE_BYTES);
        return Optional.of(new Group.Gates(count, octets.slice(1, bits), octets.slice(bits, end)));
    }

    static int size(Group group) {
        return write(group).size();
    }

    /** @throws IllegalArgumentException if it is too long for its count */
    static Octets write(Group group) {
        return switch (group) {
            case Group.Version(var text) -> counted(text, 0xFF);
            case Group.Switches(var bits) -> counted(bits, 0xFF);
            case Group.Gates gates ->
                new Bytes(64)
                        .number(gates.count(), 1)
                        .octets(gates.bits())
                        .octets(gates.openings())
                        .toOctets();
            case Group.Quota(var command) -> Octets.of((byte) command);
            case Group.Events(var counters) -> counters;
            case Group.Station _,
                    Group.Observed _,
                    Group.Step _,
                    Group.Element _,
                    Group.Series _,
                    Group.Wanted _,
                    Group.Setting _,
                    Group.WantedSetting _,
                    Group.Period _,
                    Group.Manual _,
                    Group.Picture _,
                    Group.Velocities _,
                    Group.Raw _ -> throw new IllegalArgumentException("Bug: this group has an identifier: " + group);
        };
    }

    private static Octets counted(Octets octets, int most) {
        if (octets.size() > most) {
            throw new IllegalArgumentException(
                    "At most " + most + " bytes can follow their count, not " + octets.size());
        }
        return new Bytes(1 + octets.size())
                .number(octets.size(), 1)
                .octets(octets)
                .toOctets();
    }
}
