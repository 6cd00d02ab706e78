package jiaoying.wire.sl651;

/** Writes a body in characters (ASCII字符编码报文正文), §6.6.2; the last space is kept. */
final class CharacterWriter {
    private final Bytes out = new Bytes(256);

    private CharacterWriter() {}

    static Octets write(Message message) {
        var writer = new CharacterWriter();
        writer.out.digits(message.serial(), 4).text(message.sent().digits().hex());
        message.groups().forEach(writer::group);
        return writer.out.toOctets();
    }

    private void token(String text) {
        out.text(text).text(" ");
    }

    private void group(Group group) {
        switch (group) {
            case Group.Station(var address, var classCode) -> {
                token("ST");
                token(address.hex());
                classCode.ifPresent(it -> token(String.valueOf((char) it)));
            }
            case Group.Observed(var time) -> {
                token("TT");
                token(time.digits().hex());
            }
            case Group.Step step -> token(CharacterStep.write(step));
            case Group.Element element -> {
                token(symbol(element.id()));
                token(text(element.id(), element.data()));
            }
            case Group.Series(var elements, var rows) -> {
                elements.forEach(it -> token(symbol(it)));
                for (var row : rows) {
                    for (var i = 0; i < row.size(); i++) {
                        token(text(elements.get(i), row.get(i)));
                    }
                }
            }
            case Group.Wanted(var id, var _, var _) -> token(symbol(id));
            case Group.Setting(var id, var data) -> {
                token(id.toString());
                token(text(id, data));
            }
            case Group.WantedSetting(var id, var _, var _) -> token(id.toString());
            case Group.Period(var from, var to) -> {
                token(from.digits().hex());
                token(to.digits().hex());
            }
            case Group.Manual(var text) -> out.text("RGZS ").octets(text);
            case Group.Picture(var jpeg) -> out.text("PIC ").octets(jpeg);
            case Group.Velocities(var data) -> out.text("DATA ").octets(data);
            case Group.Version(var text) ->
                out.text(PlainGroups.write(group).slice(0, 1).hex())
                        .octets(text)
                        .text(" ");
            case Group.Switches _, Group.Gates _, Group.Quota _, Group.Events _ ->
                token(PlainGroups.write(group).hex());
            case Group.Raw(var octets, var _) -> out.octets(octets);
        }
    }

    private static String symbol(ElementId id) {
        return id.symbol()
                .orElseThrow(() -> new IllegalArgumentException("Table C.1 has no ASCII symbol for the leader " + id));
    }

    private static String text(ElementId id, Data data) {
        return switch (data) {
            case Data.Characters(var text) -> text;
            case Packed packed -> text(Value.of(id, packed));
        };
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Measured(var number) -> number.toPlainString();
            case Value.Missing _ -> "M";
            case Value.Binary(var octets) -> octets.hex();
            case Value.Invalid(var octets) -> throw new IllegalArgumentException("No number: " + octets);
        };
    }

    /** Parameters with a decimal form as numbers, others as hexadecimal digits. */
    private static String text(ParameterId id, Data data) {
        return switch (data) {
            case Data.Characters(var text) -> text;
            case Packed packed
            when id.isDecimal() ->
                packed.number()
                        .orElseThrow(() -> new IllegalArgumentException("No number: " + packed.octets()))
                        .toPlainString();
            case Packed packed -> packed.octets().hex();
        };
    }
}
