package jiaoying.server.pack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.programme.Field.Choice;

/** Reads {@code lists}: what a field may choose from. */
final class ListsReader {
    private ListsReader() {}

    static Map<String, List<Choice>> read(PackNode node) {
        var lists = new LinkedHashMap<String, List<Choice>>();
        node.anyFields()
                .all()
                .forEach((name, list) -> lists.put(name, ProgrammeReader.each(list, ListsReader::choice, Choice::id)));
        return lists;
    }

    private static Choice choice(PackNode node) {
        var choice = node.fields(List.of("id", "zh", "en"));
        return new Choice(ProgrammeReader.id(choice), ProgrammeReader.words(choice), false);
    }
}
