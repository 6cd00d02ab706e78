package jiaoying.server.page;

import java.util.Optional;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Row;
import jiaoying.duty.programme.RowsAsOf;
import jiaoying.duty.room.View.ItemView;

/** An item of the room, as it was known, as a row for formulas: as it stood at the end of a day, with the fields it is known by. */
final class ItemRows {
    private ItemRows() {}

    /** Empty when the item had not begun then, or its kind is no more. */
    static Optional<Row> of(ItemView item, Programme programme, RowsAsOf reader) {
        return programme.findKind(item.kind()).flatMap(kind -> {
            var reading = reader.of(kind);
            item.acts().forEach(act -> reading.entered(act.to(), act.happenedAt()));
            item.fields().forEach(entry -> reading.field(entry.field(), entry.value()));
            return reading.row(item.number());
        });
    }
}
