package jiaoying.server.pack;

import static jiaoying.server.pack.KindReader.ids;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme.Again;
import jiaoying.duty.programme.Programme.Exchange;
import jiaoying.duty.programme.Programme.Sort;

/** Reads {@code exchange}: how the rows of a plain ledger file become items. */
final class ExchangeReader {
    private ExchangeReader() {}

    static Exchange read(PackNode node, List<Kind> kinds) {
        var exchange = node.fields(List.of("id", "kind", "rows"));
        return new Exchange(
                exchange.need("id").text(),
                exchange.need("kind").text(),
                exchange.need("rows").items(ProgrammeReader.MOST).stream()
                        .map(row -> sort(row, kinds))
                        .toList());
    }

    private static Sort sort(PackNode node, List<Kind> kinds) {
        var row = node.fields(List.of("word", "kind", "fields", "words", "entered", "state", "stages", "again"));
        var name = row.need("kind").oneOf(ids(kinds, Kind::id));
        var kind = kinds.stream().filter(one -> one.id().equals(name)).findFirst();
        var stages = kind.map(one -> ids(one.stages(), Kind.Stage::id)).orElse(List.of());
        var fields = kind.map(one -> ids(one.fields(), Field::id)).orElse(List.of());
        return new Sort(
                row.need("word").text(),
                name,
                texts(row.need("fields"), fields),
                row.find("words").map(words -> words(words, kind)).orElse(Map.of()),
                row.find("entered").map(entered -> texts(entered, stages)).orElse(Map.of()),
                row.need("state").text(),
                stages(row.need("stages"), stages),
                row.find("again").stream()
                        .flatMap(again -> again.items(ProgrammeReader.MOST).stream())
                        .map(again -> again(again, stages))
                        .toList());
    }

    private static Again again(PackNode node, List<String> stages) {
        var again = node.fields(List.of("column", "words"));
        return new Again(again.need("column").text(), stages(again.need("words"), stages));
    }

    private static Map<String, String> texts(PackNode node, List<String> known) {
        var texts = new LinkedHashMap<String, String>();
        node.fields(known).all().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /** The stage of each word; the word {@code same} leaves it as it is. */
    private static Map<String, String> stages(PackNode node, List<String> stages) {
        var known = new java.util.ArrayList<>(stages);
        known.add("same");
        var words = new LinkedHashMap<String, String>();
        node.anyFields().all().forEach((word, stage) -> {
            var to = stage.oneOf(known);
            words.put(word, to.equals("same") ? "" : to);
        });
        return words;
    }

    private static Map<String, Map<String, String>> words(PackNode node, java.util.Optional<Kind> kind) {
        var all = new LinkedHashMap<String, Map<String, String>>();
        node.fields(kind.map(one -> ids(one.fields(), Field::id)).orElse(List.of()))
                .all()
                .forEach((field, choices) -> {
                    var of = kind.flatMap(one -> one.findField(field));
                    var known = of.filter(one -> one.type() == Field.Type.CHOICE)
                            .map(one -> ids(one.choices(), Field.Choice::id))
                            .orElse(List.of("true", "false"));
                    var words = new LinkedHashMap<String, String>();
                    choices.anyFields().all().forEach((word, choice) -> words.put(word, choice.oneOf(known)));
                    all.put(field, words);
                });
        return all;
    }
}
