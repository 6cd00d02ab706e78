package jiaoying.server.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Amendment.BodiesSet;
import jiaoying.duty.programme.Amendment.ChoiceAdded;
import jiaoying.duty.programme.Amendment.ChoiceRetired;
import jiaoying.duty.programme.Amendment.ChoiceReturned;
import jiaoying.duty.programme.Amendment.Reworded;
import jiaoying.duty.programme.Amendment.TargetSet;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Programme;
import jiaoying.server.reply.Texts;

/** A change of a programme in the words of whoever reads it: what it is, what it is about, what stood there and what is to. */
record AmendmentWords(Programme programme, Board board, Texts texts) {
    String what(Amendment amendment) {
        return switch (amendment) {
            case ChoiceAdded added -> "choice-added";
            case ChoiceRetired retired -> "choice-retired";
            case ChoiceReturned returned -> "choice-returned";
            case TargetSet target -> "target";
            case Reworded words -> "words";
            case BodiesSet bodies -> "bodies";
        };
    }

    String title(Amendment amendment) {
        return switch (amendment) {
            case ChoiceAdded one -> listName(one.list()) + " · " + one.choice();
            case ChoiceRetired one -> listName(one.list()) + " · " + one.choice();
            case ChoiceReturned one -> listName(one.list()) + " · " + one.choice();
            case TargetSet one ->
                Stream.of(
                                programme
                                        .findIndicator(one.indicator())
                                        .map(indicator -> in(indicator.name(), texts))
                                        .orElse(one.indicator()),
                                Integer.toString(one.year()),
                                board.register().townName(one.town(), texts))
                        .filter(part -> !part.isEmpty())
                        .reduce((a, b) -> a + " · " + b)
                        .orElseThrow();
            case Reworded one ->
                Optional.ofNullable(programme.words().get(one.place()))
                        .filter(words -> !one.place().equals(Programme.REPORT))
                        .map(words -> in(words, texts) + " (" + one.place() + ")")
                        .orElse(one.place());
            case BodiesSet one ->
                programme
                                .findKind(one.what())
                                .map(kind -> in(kind.name(), texts))
                                .orElse(one.what())
                        + (one.town().isEmpty() ? "" : " · " + board.register().townName(one.town(), texts));
        };
    }

    String listName(String list) {
        return fields(programme, list)
                .map(field -> in(field.name(), texts))
                .distinct()
                .reduce((a, b) -> a + " / " + b)
                .orElse(list);
    }

    List<String> said(Amendment amendment, List<String> values) {
        return amendment instanceof BodiesSet
                ? values.stream()
                        .map(one -> ItemWords.body(one, board, texts).name())
                        .toList()
                : values;
    }

    List<String> to(Amendment amendment) {
        return switch (amendment) {
            case ChoiceAdded added -> List.of(added.zh(), added.en());
            case ChoiceRetired retired -> List.of();
            case ChoiceReturned returned -> List.of();
            case TargetSet target -> target.value().isEmpty() ? List.of() : List.of(target.value());
            case Reworded words -> List.of(words.zh(), words.en());
            case BodiesSet bodies ->
                bodies.lead().isEmpty() ? List.of() : said(amendment, List.of(bodies.lead(), bodies.supervising()));
        };
    }

    static Stream<Field> fields(Programme programme, String list) {
        return programme.kinds().stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> field.list().equals(list));
    }

    private static String in(jiaoying.duty.programme.Text text, Texts texts) {
        return text.in(texts.chinese() ? "zh-CN" : "en");
    }
}
