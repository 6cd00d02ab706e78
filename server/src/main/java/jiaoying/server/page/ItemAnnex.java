package jiaoying.server.page;

import java.util.ArrayList;
import java.util.List;
import jiaoying.server.programme.Paper;
import jiaoying.server.reply.Texts;

/** The items behind the figures of a paper (附：所计事项): a few stand beside their figure, many in a listing of their own at its end. */
final class ItemAnnex {
    /** More make a row of a table that nobody reads. */
    private static final int BESIDE_MOST = 20;

    private final Texts texts;
    private final List<Paper.Block> blocks = new ArrayList<>();
    private int number;

    ItemAnnex(Texts texts) {
        this.texts = texts;
    }

    /** What stands in the table. @param name of the figure, or of what the items are to it */
    String cell(String name, List<String> items) {
        if (items.size() <= BESIDE_MOST) {
            return String.join(" ", items);
        }
        number++;
        blocks.add(new Paper.Heading(texts.say("paper.annex", number, name, items.size())));
        blocks.add(new Paper.Listing(items));
        return texts.say("paper.annex.see", number, items.size());
    }

    /** The paper with what did not find room in its tables. */
    Paper behind(Paper paper) {
        var all = new ArrayList<>(paper.blocks());
        all.addAll(blocks);
        return new Paper(paper.title(), List.copyOf(all));
    }
}
