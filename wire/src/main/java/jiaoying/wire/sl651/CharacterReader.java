package jiaoying.wire.sl651;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import jiaoying.wire.sl651.Group.Raw.Why;

/**
 * Reads a body in characters (ASCII字符编码报文正文), §6.6.2: identifier, space, data, space. Serial and send time have no space
 * behind them. What is not understood ends the reading and is kept raw.
 */
final class CharacterReader {
    private static final int SERIAL = 4;
    private static final int HEAD = SERIAL + 2 * StationTime.TO_SECOND;

    private final Layout layout;
    private final Octets body;
    private final String text;
    private final List<Group> groups = new ArrayList<>();
    private int at = HEAD;

    private CharacterReader(Layout layout, Octets body) {
        this.layout = layout;
        this.body = body;
        this.text = body.text();
    }

    static Content read(Layout layout, Octets body) {
        var text = body.text();
        if (text.length() < HEAD || !Hex.isDigits(text.substring(0, HEAD))) {
            return new Content.Unreadable(body);
        }
        var reader = new CharacterReader(layout, body);
        reader.readGroups();
        var serial = Integer.parseInt(text.substring(0, SERIAL), 16);
        return new Message(serial, new StationTime(Octets.ofHex(text.substring(SERIAL, HEAD))), reader.groups);
    }

    private void readGroups() {
        if (layout == Layout.PERIOD && at < text.length()) {
            readPeriod();
        }
        while (at < text.length()) {
            switch (layout) {
                case REPORT, STATION -> readReportGroup();
                case SERIES -> readSeriesGroup();
                case SETTINGS -> readSetting();
                case WANTED, PERIOD -> readWanted();
                case WANTED_SETTINGS -> readWantedSetting();
                case VERSION, SWITCHES, GATES, QUOTA, EVENTS -> readWithoutIdentifier();
                case BARE -> raw(at, Why.NO_LAYOUT);
            }
        }
    }

    /** The characters up to the next space, which is passed over. Empty at the end. */
    private String token() {
        var end = text.indexOf(' ', at);
        var stop = end < 0 ? text.length() : end;
        var token = text.substring(at, stop);
        at = Math.min(stop + 1, text.length());
        return token;
    }

    private String peek() {
        var before = at;
        var token = token();
        at = before;
        return token;
    }

    private void raw(int from, Why why) {
        groups.add(new Group.Raw(body.slice(from, body.size()), why));
        at = body.size();
    }

    private Octets rest() {
        var rest = body.slice(at, body.size());
        at = body.size();
        return rest;
    }

    private void readReportGroup() {
        var from = at;
        var identifier = token();
        switch (identifier) {
            case "ST" -> readStation(from);
            case "TT" -> readObserved(from);
            case "RGZS" -> groups.add(new Group.Manual(rest()));
            case "PIC" -> groups.add(new Group.Picture(rest()));
            case "DATA" -> groups.add(new Group.Velocities(rest()));
            default -> {
                if (CharacterStep.isStep(identifier)) {
                    groups.add(CharacterStep.read(identifier));
                } else {
                    readElement(from, identifier);
                }
            }
        }
    }

    private void readStation(int from) {
        var address = token();
        if (address.length() != 10 || !Hex.isDigits(address)) {
            raw(from, Why.MALFORMED);
            return;
        }
        var hasClass = layout.hasClass() && peek().length() == 1;
        var classCode = hasClass ? OptionalInt.of(token().charAt(0)) : OptionalInt.empty();
        groups.add(new Group.Station(StationAddress.of(address), classCode));
    }

    private void readObserved(int from) {
        var digits = token();
        if (digits.length() != 2 * StationTime.TO_MINUTE || !Hex.isDigits(digits)) {
            raw(from, Why.MALFORMED);
            return;
        }
        groups.add(new Group.Observed(new StationTime(Octets.ofHex(digits))));
    }

    private void readElement(int from, String identifier) {
        var data = token();
        if (identifier.isEmpty() || data.isEmpty()) {
            raw(from, identifier.isEmpty() ? Why.UNKNOWN_IDENTIFIER : Why.CUT_SHORT);
            return;
        }
        groups.add(new Group.Element(ElementId.of(identifier), new Data.Characters(data)));
    }

    private void readSeriesGroup() {
        if (!groups.isEmpty() && groups.getLast() instanceof Group.Step) {
            readSeries();
        } else {
            readReportGroup();
        }
    }

    /** Symbols of table C.1, then rows of as many data. */
    private void readSeries() {
        var from = at;
        var elements = new ArrayList<ElementId>();
        while (at < text.length() && !peek().isEmpty() && ElementId.of(peek()).isKnown()) {
            elements.add(ElementId.of(token()));
        }
        var rows = new ArrayList<List<Data>>();
        var behindRow = at;
        while (!elements.isEmpty() && at < text.length()) {
            var row = readRow(elements.size());
            if (row.size() < elements.size()) {
                break;
            }
            rows.add(row);
            behindRow = at;
        }
        if (rows.isEmpty()) {
            raw(from, elements.isEmpty() ? Why.UNKNOWN_IDENTIFIER : Why.CUT_SHORT);
            return;
        }
        groups.add(new Group.Series(elements, rows));
        if (behindRow < text.length()) {
            raw(behindRow, Why.CUT_SHORT);
        }
    }

    private List<Data> readRow(int size) {
        var row = new ArrayList<Data>();
        while (row.size() < size && !peek().isEmpty()) {
            row.add(new Data.Characters(token()));
        }
        return row;
    }

    private void readSetting() {
        var from = at;
        var identifier = token();
        if (identifier.equals("ST")) {
            readStation(from);
        } else if (isParameter(identifier)) {
            groups.add(new Group.Setting(parameter(identifier), new Data.Characters(token())));
        } else {
            raw(from, Why.UNKNOWN_IDENTIFIER);
        }
    }

    private static boolean isParameter(String identifier) {
        var extended = identifier.regionMatches(true, 0, "FF", 0, 2);
        return Hex.isDigits(identifier) && identifier.length() == (extended ? 4 : 2);
    }

    private static ParameterId parameter(String identifier) {
        return new ParameterId(Integer.parseInt(identifier, 16));
    }

    private void readWanted() {
        var from = at;
        var identifier = token();
        if (identifier.isEmpty()) {
            raw(from, Why.UNKNOWN_IDENTIFIER);
        } else if (layout == Layout.PERIOD && CharacterStep.isStep(identifier)) {
            groups.add(CharacterStep.read(identifier));
        } else {
            groups.add(new Group.Wanted(ElementId.of(identifier), 0, 0));
        }
    }

    private void readWantedSetting() {
        var from = at;
        var identifier = token();
        if (isParameter(identifier)) {
            groups.add(new Group.WantedSetting(parameter(identifier), 0, 0));
        } else {
            raw(from, Why.UNKNOWN_IDENTIFIER);
        }
    }

    private void readPeriod() {
        var start = at;
        var from = token();
        var to = token();
        if (isHour(from) && isHour(to)) {
            groups.add(new Group.Period(new StationTime(Octets.ofHex(from)), new StationTime(Octets.ofHex(to))));
        } else {
            raw(start, Why.MALFORMED);
        }
    }

    private static boolean isHour(String digits) {
        return digits.length() == 2 * StationTime.TO_HOUR && Hex.isDigits(digits);
    }

    /** Binary data come as hexadecimal digits; the text of a version comes as it is behind its count. */
    private void readWithoutIdentifier() {
        var from = at;
        if (peek().equals("ST")) {
            token();
            readStation(from);
            return;
        }
        if (layout == Layout.VERSION) {
            readVersion();
            return;
        }
        var digits = token();
        var octets = digits.length() % 2 == 0 && Hex.isDigits(digits) ? Octets.ofHex(digits) : Octets.NONE;
        PlainGroups.read(layout, octets)
                .filter(it -> PlainGroups.size(it) == octets.size())
                .ifPresentOrElse(groups::add, () -> raw(from, Why.MALFORMED));
        if (at < text.length()) {
            raw(at, Why.NO_LAYOUT);
        }
    }

    private void readVersion() {
        var count = at + 2 <= text.length() && Hex.isDigits(text.substring(at, at + 2))
                ? Integer.parseInt(text.substring(at, at + 2), 16)
                : Hex.NONE;
        var end = at + 2 + count;
        if (count == Hex.NONE || end >= text.length() || text.charAt(end) != ' ') {
            raw(at, Why.MALFORMED);
            return;
        }
        groups.add(new Group.Version(body.slice(at + 2, end)));
        at = end + 1;
        if (at < text.length()) {
            raw(at, Why.NO_LAYOUT);
        }
    }
}
