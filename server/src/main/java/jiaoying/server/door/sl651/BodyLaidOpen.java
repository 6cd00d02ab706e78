package jiaoying.server.door.sl651;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jiaoying.duty.measure.Sentence;
import jiaoying.wire.sl651.Data;
import jiaoying.wire.sl651.Direction;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.Message;
import jiaoying.wire.sl651.Octets;
import jiaoying.wire.sl651.Packed;
import jiaoying.wire.sl651.Value;
import org.jspecify.annotations.Nullable;

/** The groups of a body (信息组) as a tree for JSON. */
final class BodyLaidOpen {
    static final DateTimeFormatter TO_MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

    private static final int SLOTS = 12;
    private static final int HOUR_RAIN = 0xF4;
    private static final int STATUS_WORD = 0x45;
    private static final int EXTENSION = 0xFF;
    private static final int HEAD = 8;

    private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    private final List<Map<String, @Nullable Object>> elements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Sentence> fault = Optional.empty();
    private Optional<String> observed = Optional.empty();
    private Optional<LocalDateTime> observedAt = Optional.empty();
    private Optional<Duration> step = Optional.empty();

    private BodyLaidOpen() {}

    static BodyLaidOpen of(Frame frame, Message message) {
        var body = new BodyLaidOpen();
        if (isWithoutElements(frame)) {
            body.tree.put(
                    "bodyRest", frame.body().slice(HEAD, frame.body().size()).hex());
            body.fault = message.groups().stream()
                    .filter(Group.Raw.class::isInstance)
                    .map(Group.Raw.class::cast)
                    .map(BodyLaidOpen::said)
                    .findFirst();
        } else {
            message.groups().forEach(body::add);
            body.tree.put("elements", body.elements);
        }
        if (!body.notes.isEmpty()) {
            body.tree.put("notes", body.notes);
        }
        return body;
    }

    /** Pump data, version, switches, event counters and functions of the user's: what stands there has no element's form. */
    private static boolean isWithoutElements(Frame frame) {
        if (frame.direction() == Direction.DOWN || frame.body().size() <= HEAD) {
            return false;
        }
        return switch (frame.functionCode()) {
            case 0x44, 0x45, 0x4C, 0x4D, 0x4E, 0x4F, 0x50 -> true;
            default -> frame.function().isEmpty();
        };
    }

    Map<String, @Nullable Object> tree() {
        return tree;
    }

    /** What was not understood. */
    Optional<Sentence> fault() {
        return fault;
    }

    private Map<String, @Nullable Object> element(String id) {
        var element = new LinkedHashMap<String, @Nullable Object>();
        element.put("id", id);
        elements.add(element);
        return element;
    }

    private void add(Group group) {
        switch (group) {
            case Group.Station(var address, var classCode) -> station(address.hex(), classCode);
            case Group.Observed(var time) -> {
                observedAt = time.dateTime();
                if (observedAt.isEmpty()) {
                    fault = fault.or(() -> Optional.of(Sentence.of("frame-time", time)));
                }
                observed = Optional.of(observedAt.map(TO_MINUTE::format).orElse(time.toString()));
            }
            case Group.Step it -> {
                step = it.length();
                element("04").put("stepDHM", it.dhm().hex().toLowerCase(Locale.ROOT));
            }
            case Group.Element(var id, var data) -> value(id, data, observed);
            case Group.Series(var ids, var rows) -> series(ids, rows);
            case Group.Wanted(var id, var bytes, var decimals) -> wanted(id(id), bytes, decimals);
            case Group.WantedSetting(var id, var bytes, var decimals) -> wanted(id.toString(), bytes, decimals);
            case Group.Setting(var id, var data) -> setting(id.toString(), data);
            case Group.Period(var from, var to) -> {
                tree.put("from", from.toString());
                tree.put("to", to.toString());
            }
            case Group.Manual(var text) -> element("F2").put("text", text(text));
            case Group.Picture(var jpeg) -> {
                var element = element("F3");
                observed.ifPresent(at -> element.put("obs", at));
                element.put("jpegBytes", jpeg.size());
                element.put(
                        "startsWith",
                        jpeg.slice(0, Math.min(2, jpeg.size())).hex().toLowerCase(Locale.ROOT));
            }
            case Group.Velocities(var data) -> element("FD").put("raw", data.hex());
            case Group.Switches(var bits) -> element("").put("raw", bits.hex());
            case Group.Raw it -> raw(it);
            case Group.Version _, Group.Gates _, Group.Quota _, Group.Events _ -> {}
        }
    }

    private void station(String address, OptionalInt classCode) {
        var element = element("F1");
        element.put("station", address);
        classCode.ifPresent(code -> element.put("class", String.format(Locale.ROOT, "%02X", code)));
    }

    private void wanted(String id, int bytes, int decimals) {
        element(id).put("def", String.format(Locale.ROOT, "%02X", bytes << 3 | decimals));
    }

    private void setting(String id, Data data) {
        var element = element(id);
        switch (data) {
            case Packed packed -> {
                element.put("def", def(packed));
                element.put("raw", packed.octets().hex());
            }
            case Data.Characters(var text) -> element.put("raw", text);
        }
    }

    private void series(List<ElementId> ids, List<List<Data>> rows) {
        for (var i = 0; i < rows.size(); i++) {
            for (var column = 0; column < ids.size(); column++) {
                var id = ids.get(column);
                var interval = id.isHourArray() ? Optional.of(Duration.ofHours(1)) : step;
                var row = i;
                var at = i == 0
                        ? observed
                        : observedAt.flatMap(
                                first -> interval.map(it -> TO_MINUTE.format(first.plus(it.multipliedBy(row)))));
                value(id, rows.get(i).get(column), at);
            }
        }
    }

    private void value(ElementId id, Data data, Optional<String> at) {
        var element = element(id(id));
        if (data instanceof Packed packed) {
            element.put("def", def(packed));
        }
        at.ifPresent(it -> element.put("obs", it));
        if (id.leader().isPresent() && id.leader().getAsInt() == STATUS_WORD && data instanceof Packed packed) {
            element.put("raw", packed.octets().hex());
            return;
        }
        switch (Value.of(id, data)) {
            case Value.Measured(var number) -> element.put("value", number.toPlainString());
            case Value.Missing(var fill) -> without(element, missing(fill));
            case Value.Invalid(var octets) ->
                without(
                        element,
                        octets.isEmpty()
                                ? "missing(FF)"
                                : "invalid(" + octets.hex().toLowerCase(Locale.ROOT) + ")");
            case Value.Binary(var octets)
            when id.isHourArray() && (octets.size() == SLOTS || octets.size() == 2 * SLOTS) ->
                element.put(isHourRain(id) ? "values_0.1mm" : "values_cm", slots(octets));
            case Value.Binary(var octets) -> element.put("raw", octets.hex());
        }
    }

    private static boolean isHourRain(ElementId id) {
        return id.leader().orElse(0) == HOUR_RAIN;
    }

    private static void without(Map<String, @Nullable Object> element, String quality) {
        element.put("value", null);
        element.put("quality", quality);
    }

    private static String missing(Value.Fill fill) {
        return switch (fill) {
            case FF -> "missing(FF)";
            case AA -> "missing(AA, vendor)";
            case M -> "missing(M)";
        };
    }

    private static List<@Nullable Integer> slots(Octets octets) {
        var width = octets.size() / SLOTS;
        var all = new ArrayList<@Nullable Integer>();
        for (var slot = 0; slot < SLOTS; slot++) {
            var sent = octets.slice(slot * width, (slot + 1) * width);
            all.add(sent.isFilledWith(0xFF) ? null : Integer.valueOf(Integer.parseInt(sent.hex(), 16)));
        }
        return all;
    }

    /**
     * A maker's pair has no length that anybody knows. What follows is shown as its definition bytes would have it, so that
     * somebody with the maker's manual can find his place; doors take nothing of it.
     */
    private void raw(Group.Raw it) {
        fault = Optional.of(said(it));
        if (it.why() == Group.Raw.Why.VENDOR_PAIR || it.why() == Group.Raw.Why.CUT_SHORT) {
            readOn(it.octets());
        } else {
            tree.put("bodyRest", it.octets().hex());
        }
    }

    private static Sentence said(Group.Raw it) {
        return switch (it.why()) {
            case VENDOR_PAIR ->
                Sentence.of(
                        "frame-vendor-pair",
                        it.octets().slice(0, 1).hex(),
                        it.octets().slice(1, 2).hex());
            case CUT_SHORT -> Sentence.of("frame-group-cut-short");
            case NO_LAYOUT -> Sentence.of("frame-group-no-layout");
            case UNKNOWN_IDENTIFIER -> Sentence.of("frame-group-unknown-identifier");
            case MALFORMED -> Sentence.of("frame-group-malformed");
        };
    }

    private void readOn(Octets octets) {
        for (var at = 0; at < octets.size(); ) {
            var head = octets.at(at) == EXTENSION ? 3 : 2;
            if (octets.size() < at + head) {
                notes.add("body ends inside " + octets.slice(at, at + 1).hex());
                return;
            }
            var definition = octets.at(at + head - 1);
            var leader = head == 3 ? ElementId.EXTENSION | octets.at(at + 1) : octets.at(at);
            var end = at + head + (definition >>> 3);
            if (end > octets.size()) {
                notes.add("body ends inside " + octets.slice(at, at + head - 1).hex());
                return;
            }
            value(ElementId.of(leader), new Packed(definition & 7, octets.slice(at + head, end)), observed);
            at = end;
        }
    }

    private static String def(Packed packed) {
        return String.format(Locale.ROOT, "%02X", packed.definition());
    }

    /** The leader as the frame has it; the symbol in ASCII frames of elements that have no leader. */
    private static String id(ElementId id) {
        return id.leader().isPresent()
                ? String.format(
                        Locale.ROOT,
                        id.leader().getAsInt() > 0xFF ? "%04X" : "%02X",
                        id.leader().getAsInt())
                : id.toString();
    }

    /** Stations of the field type UTF-8 or GB 18030. */
    private static String text(Octets typed) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(typed.toBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(typed.toBytes(), Charset.forName("GB18030"));
        }
    }
}
