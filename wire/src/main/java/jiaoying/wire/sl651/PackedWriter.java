package jiaoying.wire.sl651;

import java.util.List;

/** Writes a body in HEX/BCD (HEX/BCD编码报文正文), §6.6.3: identifier and data, no separators. */
final class PackedWriter {
    private final Bytes out = new Bytes(128);

    private PackedWriter() {}

    static Octets write(Message message) {
        var writer = new PackedWriter();
        writer.out.number(message.serial(), 2).octets(message.sent().digits());
        message.groups().forEach(writer::group);
        return writer.out.toOctets();
    }

    private void group(Group group) {
        switch (group) {
            case Group.Station(var address, var classCode) -> {
                out.number(0xF1F1, 2).number(address.value(), 5);
                classCode.ifPresent(it -> out.number(it, 1));
            }
            case Group.Observed(var time) -> out.number(0xF0F0, 2).octets(time.digits());
            case Group.Step(var dhm) -> out.number(0x0418, 2).octets(dhm);
            case Group.Element(var id, var data) -> {
                leader(leader(id));
                data(data, false);
            }
            case Group.Series(var elements, var rows) -> series(elements, rows);
            case Group.Wanted(var id, var bytes, var decimals) -> {
                leader(leader(id));
                out.number(definition(bytes, decimals), 1);
            }
            case Group.Setting(var id, var data) -> {
                leader(id.leader());
                data(data, id.isAllLength());
            }
            case Group.WantedSetting(var id, var bytes, var decimals) -> {
                leader(id.leader());
                out.number(id.isAllLength() ? bytes : definition(bytes, decimals), 1);
            }
            case Group.Period(var from, var to) -> out.octets(from.digits()).octets(to.digits());
            case Group.Manual(var text) -> out.number(0xF2F2, 2).octets(text);
            case Group.Picture(var jpeg) -> out.number(0xF3F3, 2).octets(jpeg);
            case Group.Velocities(var data) -> out.number(0xFDF6, 2).octets(data);
            case Group.Version _, Group.Switches _, Group.Gates _, Group.Quota _, Group.Events _ ->
                out.octets(PlainGroups.write(group));
            case Group.Raw(var octets, var _) -> out.octets(octets);
        }
    }

    private void series(List<ElementId> elements, List<List<Data>> rows) {
        if (elements.size() != 1) {
            throw new IllegalArgumentException("A series in HEX/BCD has one element, not " + elements.size());
        }
        leader(leader(elements.getFirst()));
        var definition = packed(rows.getFirst().getFirst()).definition();
        out.number(definition, 1);
        for (var row : rows) {
            var data = packed(row.getFirst());
            if (data.definition() != definition) {
                throw new IllegalArgumentException("All values of a series have one form");
            }
            out.octets(data.octets());
        }
    }

    private void leader(int leader) {
        out.number(leader, leader > 0xFF ? 2 : 1);
    }

    private static int leader(ElementId id) {
        return id.leader()
                .orElseThrow(() -> new IllegalArgumentException("Table C.1 has no leader for the symbol " + id));
    }

    private void data(Data data, boolean allLength) {
        var packed = packed(data);
        var size = packed.octets().size();
        if (allLength && size > 0xFF) {
            throw new IllegalArgumentException("At most 255 bytes of relay addresses, not " + size);
        }
        out.number(allLength ? size : packed.definition(), 1).octets(packed.octets());
    }

    private static Packed packed(Data data) {
        return switch (data) {
            case Packed packed -> packed;
            case Data.Characters(var text) ->
                throw new IllegalArgumentException("Data in HEX/BCD have a definition byte; these are ASCII: " + text);
        };
    }

    private static int definition(int bytes, int decimals) {
        if (bytes < 0 || bytes > Packed.BYTES_MAX || decimals < 0 || decimals > Packed.DECIMALS_MAX) {
            throw new IllegalArgumentException(
                    "A definition byte can say 0..31 bytes and 0..7 decimals, not " + bytes + " and " + decimals);
        }
        return bytes << 3 | decimals;
    }
}
