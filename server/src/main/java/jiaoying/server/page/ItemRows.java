package jiaoying.server.page;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.programme.Cell;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Row;
import jiaoying.duty.room.View.ItemView;

/** An item of the room, as it was known, as a row for formulas: as it stood at the end of a day, with the fields it is known by. */
final class ItemRows {
    private ItemRows() {}

    /** Empty when the item had not begun then, or its kind is no more. */
    static Optional<Row> of(ItemView item, Programme programme, LocalDate asOf, ZoneId zone) {
        var end = asOf.plusDays(1).atStartOfDay(zone).toInstant();
        var known = item.acts().stream()
                .filter(act -> act.happenedAt().isBefore(end))
                .toList();
        return programme.findKind(item.kind()).filter(kind -> !known.isEmpty()).map(kind -> {
            var entered = new TreeMap<String, LocalDate>();
            known.forEach(act -> entered.put(act.to(), LocalDate.ofInstant(act.happenedAt(), zone)));
            var cells = new TreeMap<String, Cell>();
            item.fields()
                    .forEach(entry -> kind.findField(entry.field())
                            .ifPresent(field -> cells.put(entry.field(), field.cell(entry.value()))));
            var stage = known.getLast().to();
            return new Row(item.number(), kind.id(), stage, kind.stage(stage).core(), cells, entered);
        });
    }
}
