package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ItemControl;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;

/** What a person owes, on his own page (我的事项): hazards to be confirmed under control, and those of his body. */
final class MyItems {
    private static final int MOST = 20;

    private final Texts texts;
    private final Board board;
    private final ItemWords words;

    MyItems(Texts texts, Board board, ItemWords words) {
        this.texts = texts;
        this.board = board;
        this.words = words;
    }

    /** The deed of a form of this page, or empty when the form was another. */
    static Optional<CaseDeed> deed(String act, String item, String signal, String said) {
        return switch (act) {
            case "confirm" -> Optional.of(new CaseDeed.ConfirmControl(item, signal, said, ""));
            case "close" ->
                Optional.of(new CaseDeed.Move(
                        item,
                        "close",
                        "",
                        "",
                        List.of(),
                        "",
                        "",
                        List.of(),
                        List.of(),
                        true,
                        "",
                        "",
                        Optional.empty()));
            default -> Optional.empty();
        };
    }

    static String said(Optional<Outcome.Refused> refused, Texts texts) {
        return refused.map(no -> {
                    var words = Problem.Words.refused(texts, no);
                    return texts.say("mine.refused", words.what(), words.value(), words.todo());
                })
                .orElseGet(() -> texts.say("mine.done"));
    }

    /** @param said what came of the last form, or empty */
    String html(Collection<ItemView> items, String person, String said) {
        var mine = items.stream()
                .filter(item -> item.core().open() && ItemWords.concerns(item, person, board))
                .limit(MOST)
                .toList();
        if (mine.isEmpty() && said.isEmpty()) {
            return "";
        }
        var rows = new StringBuilder();
        mine.forEach(item -> rows.append(row(item, person)));
        return "<section><h2>%s</h2>%s%s</section>\n"
                .formatted(
                        esc(texts.say("mine.title")),
                        said.isEmpty() ? "" : "<p class=\"state\" role=\"status\">" + esc(said) + "</p>\n",
                        rows);
    }

    private String row(ItemView item, String person) {
        var row = words.row(item, board, texts);
        var text = new StringBuilder("<article><h3>" + esc(item.title()) + "</h3>\n<p class=\"quiet\">"
                + esc(item.number()) + "<br>"
                + esc(texts.say(
                        "mine.stage", row.programme().name(), row.stage().name())) + "</p>\n");
        item.controls().stream()
                .filter(control -> control.persons().contains(person))
                .forEach(control -> text.append(control(item, control)));
        if (item.core() == CoreState.VERIFYING) {
            text.append(form(
                    item, "", "<button name=\"act\" value=\"close\">" + esc(texts.say("mine.close")) + "</button>"));
        }
        return text.append("</article>\n").toString();
    }

    private String control(ItemView item, ItemControl control) {
        var zone = Boards.zone(board);
        return switch (control.how()) {
            case "asked", "missed" ->
                "<p class=\"state\">"
                        + esc(
                                control.how().equals("missed")
                                        ? texts.say("mine.missed")
                                        : texts.say(
                                                "mine.asked",
                                                Words.minuteOfDay(control.dueAt(), board.at(), zone, texts)))
                        + "</p>\n"
                        + form(
                                item,
                                control.signal(),
                                "<label>%s<br><input name=\"said\" required maxlength=\"200\"></label>\n<button class=\"main\" name=\"act\" value=\"confirm\">%s</button>"
                                        .formatted(esc(texts.say("mine.say")), esc(texts.say("mine.confirm"))));
            case "confirmed" ->
                "<p>"
                        + esc(texts.say(
                                "mine.confirmed",
                                control.endedAt()
                                        .map(at -> Words.minuteOfDay(at, board.at(), zone, texts))
                                        .orElse(""),
                                control.text()))
                        + "</p>\n";
            default -> "";
        };
    }

    private String form(ItemView item, String signal, String inside) {
        return "<form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"item\" value=\"%s\"><input type=\"hidden\" name=\"signal\" value=\"%s\">%s</form>\n"
                .formatted(texts.chinese() ? "" : "?lang=en", esc(item.item()), esc(signal), inside);
    }
}
