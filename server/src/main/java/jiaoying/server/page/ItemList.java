package jiaoying.server.page;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jiaoying.duty.room.View.ItemView;

/** The items as they are now, held so that a list over very many is looked through in memory; brought up to date when asked. */
final class ItemList {
    private final Reads reads;
    private final Map<String, ItemView> items = new TreeMap<>();
    private List<ItemView> listed = List.of();
    private long seen;

    ItemList(Reads reads) {
        this.reads = reads;
    }

    /** In the order of their ids. */
    synchronized Collection<ItemView> now() {
        var fact = reads.factAt().applyAsLong(reads.clock().instant());
        if (fact > seen || seen == 0) {
            for (var row : reads.rows().list("item", "", seen, fact)) {
                if (row instanceof ItemView item) {
                    items.put(item.item(), item);
                }
            }
            seen = fact;
            listed = List.copyOf(items.values());
        }
        return listed;
    }
}
