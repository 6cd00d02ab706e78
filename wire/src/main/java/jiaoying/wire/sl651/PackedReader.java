package jiaoying.wire.sl651;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import jiaoying.wire.sl651.Group.Raw.Why;

/**
 * Reads a body in HEX/BCD (HEX/BCD编码报文正文), §6.6.3. The definition byte is trusted, not the table. What cannot be sized ends
 * the reading and is kept raw; what was read before stands.
 */
final class PackedReader {
    private static final int HEAD = 8;
    private static final int STATION = 0xF1;
    private static final int OBSERVED = 0xF0;
    private static final int MANUAL = 0xF2;
    private static final int PICTURE = 0xF3;
    private static final int VELOCITIES = 0xFD;
    private static final int VELOCITIES_DEFINITION = 0xF6;
    private static final int STEP = 0x04;
    private static final int STEP_DEFINITION = 0x18;
    private static final int RESERVED_FIRST = 0x76;

    private final Layout layout;
    private final Octets body;
    private final List<Group> groups = new ArrayList<>();
    private int at = HEAD;

    private PackedReader(Layout layout, Octets body) {
        this.layout = layout;
        this.body = body;
    }

    static Content read(Layout layout, Octets body) {
        if (body.size() < HEAD) {
            return new Content.Unreadable(body);
        }
        var reader = new PackedReader(layout, body);
        reader.readGroups();
        return new Message((int) body.number(0, 2), new StationTime(body.slice(2, HEAD)), reader.groups);
    }

    private void readGroups() {
        if (layout == Layout.PERIOD && left() > 0) {
            readPeriod();
        }
        while (left() > 0) {
            switch (layout) {
                case REPORT, STATION -> readReportGroup();
                case SERIES -> readSeriesGroup();
                case SETTINGS -> readSetting();
                case WANTED, PERIOD -> readWanted();
                case WANTED_SETTINGS -> readWantedSetting();
                case VERSION, SWITCHES, GATES, QUOTA, EVENTS -> readWithoutIdentifier();
                case BARE -> raw(Why.NO_LAYOUT);
            }
        }
    }

    private int left() {
        return body.size() - at;
    }

    private boolean isPair(int leader, int definition) {
        return left() >= 2 && body.at(at) == leader && body.at(at + 1) == definition;
    }

    private boolean isPair(int leader) {
        return isPair(leader, leader);
    }

    private Octets take(int count) {
        at += count;
        return body.slice(at - count, at);
    }

    private Octets rest() {
        return take(left());
    }

    private void raw(Why why) {
        groups.add(new Group.Raw(rest(), why));
    }

    private void readReportGroup() {
        if (isPair(STATION)) {
            readStation();
        } else if (isPair(OBSERVED)) {
            readObserved();
        } else if (isPair(MANUAL)) {
            at += 2;
            groups.add(new Group.Manual(rest()));
        } else if (isPair(PICTURE)) {
            at += 2;
            groups.add(new Group.Picture(rest()));
        } else if (isPair(VELOCITIES, VELOCITIES_DEFINITION)) {
            at += 2;
            groups.add(new Group.Velocities(rest()));
        } else if (isPair(STEP, STEP_DEFINITION)) {
            readStep();
        } else {
            readElement();
        }
    }

    private void readStation() {
        if (left() < 7) {
            raw(Why.CUT_SHORT);
            return;
        }
        at += 2;
        var address = new StationAddress(take(5).number(0, 5));
        var hasClass = layout.hasClass() && left() > 0 && !isPair(OBSERVED);
        groups.add(new Group.Station(address, hasClass ? OptionalInt.of(take(1).at(0)) : OptionalInt.empty()));
    }

    private void readObserved() {
        if (left() < 2 + StationTime.TO_MINUTE) {
            raw(Why.CUT_SHORT);
            return;
        }
        at += 2;
        groups.add(new Group.Observed(new StationTime(take(StationTime.TO_MINUTE))));
    }

    private void readStep() {
        if (left() < 5) {
            raw(Why.CUT_SHORT);
            return;
        }
        at += 2;
        groups.add(new Group.Step(take(3)));
    }

    private void readSeriesGroup() {
        var behindStep = !groups.isEmpty() && groups.getLast() instanceof Group.Step;
        if (behindStep) {
            readSeries();
        } else {
            readReportGroup();
        }
    }

    private void readSeries() {
        var size = identifierSize();
        if (isUnsized(size)) {
            return;
        }
        var bytes = Packed.bytes(body.at(at + size - 1));
        var decimals = Packed.decimals(body.at(at + size - 1));
        var count = bytes == 0 ? 0 : (left() - size) / bytes;
        if (count == 0) {
            raw(Why.CUT_SHORT);
            return;
        }
        var id = ElementId.of(leader());
        at += size;
        var rows = new ArrayList<List<Data>>(count);
        for (var i = 0; i < count; i++) {
            rows.add(List.of(new Packed(decimals, take(bytes))));
        }
        groups.add(new Group.Series(List.of(id), rows));
        if (left() > 0) {
            raw(Why.CUT_SHORT);
        }
    }

    private void readElement() {
        var size = identifierSize();
        if (isUnsized(size)) {
            return;
        }
        var definition = body.at(at + size - 1);
        if (left() < size + Packed.bytes(definition)) {
            raw(Why.CUT_SHORT);
            return;
        }
        var id = ElementId.of(leader());
        at += size;
        groups.add(new Group.Element(id, new Packed(Packed.decimals(definition), take(Packed.bytes(definition)))));
    }

    /** Leader and definition byte; one more with an extension (FFxx). */
    private int identifierSize() {
        return body.at(at) == 0xFF ? 3 : 2;
    }

    private int leader() {
        return body.at(at) == 0xFF ? ElementId.EXTENSION | body.at(at + 1) : body.at(at);
    }

    /** Keeps the rest raw if the identifier does not say how long its data are. */
    private boolean isUnsized(int size) {
        if (left() < size) {
            raw(Why.CUT_SHORT);
            return true;
        }
        var leader = body.at(at);
        if (leader >= RESERVED_FIRST && leader != 0xFF && leader == body.at(at + 1)) {
            raw(leader >= OBSERVED && leader <= PICTURE ? Why.UNKNOWN_IDENTIFIER : Why.VENDOR_PAIR);
            return true;
        }
        if (leader == 0 || leader >= OBSERVED && leader <= PICTURE || leader == VELOCITIES || leader == 0xFE) {
            raw(Why.UNKNOWN_IDENTIFIER);
            return true;
        }
        return false;
    }

    private void readSetting() {
        if (isPair(STATION)) {
            readStation();
            return;
        }
        var size = identifierSize();
        if (left() < size) {
            raw(Why.CUT_SHORT);
            return;
        }
        var id = new ParameterId(leader());
        var definition = body.at(at + size - 1);
        var bytes = id.isAllLength() ? definition : Packed.bytes(definition);
        if (left() < size + bytes) {
            raw(Why.CUT_SHORT);
            return;
        }
        at += size;
        groups.add(new Group.Setting(id, new Packed(id.isAllLength() ? 0 : Packed.decimals(definition), take(bytes))));
    }

    private void readWanted() {
        if (layout == Layout.PERIOD && isPair(STEP, STEP_DEFINITION)) {
            readStep();
            return;
        }
        var size = identifierSize();
        if (left() < size) {
            raw(Why.CUT_SHORT);
            return;
        }
        var definition = body.at(at + size - 1);
        groups.add(new Group.Wanted(ElementId.of(leader()), Packed.bytes(definition), Packed.decimals(definition)));
        at += size;
    }

    private void readWantedSetting() {
        var size = identifierSize();
        if (left() < size) {
            raw(Why.CUT_SHORT);
            return;
        }
        var id = new ParameterId(leader());
        var definition = body.at(at + size - 1);
        groups.add(new Group.WantedSetting(
                id,
                id.isAllLength() ? definition : Packed.bytes(definition),
                id.isAllLength() ? 0 : Packed.decimals(definition)));
        at += size;
    }

    private void readPeriod() {
        if (left() < 2 * StationTime.TO_HOUR) {
            raw(Why.CUT_SHORT);
            return;
        }
        groups.add(new Group.Period(
                new StationTime(take(StationTime.TO_HOUR)), new StationTime(take(StationTime.TO_HOUR))));
    }

    private void readWithoutIdentifier() {
        if (isPair(STATION)) {
            readStation();
            return;
        }
        PlainGroups.read(layout, body.slice(at, body.size()))
                .ifPresentOrElse(
                        it -> {
                            groups.add(it);
                            at += PlainGroups.size(it);
                        },
                        () -> raw(Why.MALFORMED));
        if (left() > 0) {
            raw(Why.NO_LAYOUT);
        }
    }
}
