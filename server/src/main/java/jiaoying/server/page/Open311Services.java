package jiaoying.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.server.reply.Texts;

/** What may be asked of the city: each choice of the field {@code category} of a kind, as {@code hazards.hazard.pump}. */
final class Open311Services {
    static final String CATEGORY = "category";

    private final Programmes programmes;

    Open311Services(Programmes programmes) {
        this.programmes = programmes;
    }

    /** The field names of GeoReport v2. @param metadata whether more is to be asked; never so here */
    record Offered(
            String serviceCode,
            String serviceName,
            String description,
            boolean metadata,
            String type,
            String keywords,
            String group) {}

    /** What more a service asks. */
    record Definition(String serviceCode, List<String> attributes) {}

    record Known(String code, Programme programme, Kind kind, Optional<Field.Choice> choice) {
        /** No longer, once the choice is retired; requests that have it keep its name. */
        boolean offered() {
            return choice.filter(Field.Choice::retired).isEmpty();
        }

        String name(Texts texts) {
            return choice.map(one -> one.name().in(lang(texts)))
                    .orElse(kind.name().in(lang(texts)));
        }

        private Offered offered(Texts texts) {
            return new Offered(
                    code,
                    name(texts),
                    kind.name().in(lang(texts)),
                    false,
                    "realtime",
                    "",
                    programme.title().in(lang(texts)));
        }

        private static String lang(Texts texts) {
            return texts.chinese() ? "zh-CN" : "en";
        }
    }

    List<Offered> offered(Board board, Texts texts) {
        return list(board).stream()
                .filter(Known::offered)
                .map(one -> one.offered(texts))
                .toList();
    }

    Optional<Known> find(Board board, String code) {
        return list(board).stream().filter(one -> one.code().equals(code)).findFirst();
    }

    private List<Known> list(Board board) {
        var all = new ArrayList<Known>();
        for (var programme : programmes.at(board)) {
            for (var kind : programme.kinds()) {
                var code = programme.name() + '.' + kind.id();
                var choices = kind.findField(CATEGORY).map(Field::choices).orElse(List.of());
                if (kind.loop() && choices.isEmpty()) {
                    all.add(new Known(code, programme, kind, Optional.empty()));
                }
                choices.forEach(
                        choice -> all.add(new Known(code + '.' + choice.id(), programme, kind, Optional.of(choice))));
            }
        }
        return all;
    }
}
