package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemControl;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;

/**
 * What a person owes, on his own page (我的事项): hazards to be confirmed under control, and the steps that he may take now, with
 * photos. Plain forms: they work without the script that keeps them while there is no network.
 */
final class MyItems {
    private static final int MOST = 20;
    private static final String FIELD = "field.";
    private static final String PHOTO = "photo.";

    private final Texts texts;
    private final Board board;
    private final ItemWords words;

    MyItems(Texts texts, Board board, ItemWords words) {
        this.texts = texts;
        this.board = board;
        this.words = words;
    }

    /** The deed of a form of this page, or empty when the form was another. @param form its fields @param proofs files that came with it */
    static Optional<CaseDeed> deed(Map<String, String> form, List<Proof> proofs) {
        var item = form.getOrDefault("item", "");
        return switch (form.getOrDefault("act", "")) {
            case "confirm" ->
                Optional.of(new CaseDeed.ConfirmControl(
                        item, form.getOrDefault("signal", ""), form.getOrDefault("said", ""), ""));
            case "close" -> Optional.of(step(item, "close", true, Map.of(), List.of()));
            case "step" ->
                Optional.of(step(item, form.getOrDefault("step", ""), form.containsKey("here"), form, proofs));
            default -> Optional.empty();
        };
    }

    private static CaseDeed step(
            String item, String step, boolean onSite, Map<String, String> form, List<Proof> proofs) {
        return new CaseDeed.Move(
                item,
                step,
                form.getOrDefault("from", ""),
                form.getOrDefault("reason", ""),
                form.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(FIELD))
                        .map(entry -> new Entry(
                                entry.getKey().substring(FIELD.length()),
                                entry.getValue().strip()))
                        .toList(),
                "",
                "",
                List.of(),
                proofs,
                onSite,
                "",
                "",
                Optional.empty());
    }

    /** What a part of a form proves; empty when it is no photo. */
    static Optional<String> need(String part) {
        return Optional.of(part).filter(name -> name.startsWith(PHOTO)).map(name -> name.substring(PHOTO.length()));
    }

    static String said(Optional<Outcome.Refused> refused, Texts texts) {
        return refused.map(no -> {
                    var words = Problem.Words.refused(texts, no);
                    return texts.say("mine.refused", words.what(), words.allowed(), words.todo());
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
        var rows = mine.stream().map(item -> row(item, person)).collect(Collectors.joining());
        return "<section><h2>%s</h2>%s%s</section>\n"
                .formatted(
                        esc(texts.say("mine.title")),
                        said.isEmpty() ? "" : "<p class=\"state\" role=\"status\">" + esc(said) + "</p>\n",
                        rows);
    }

    private String row(ItemView item, String person) {
        var whole = words.whole(item, person, sha256 -> "", board, texts);
        var text = new StringBuilder("<article><h3>" + esc(item.title()) + "</h3>\n<p class=\"quiet\">"
                + esc(item.number()) + "<br>"
                + esc(texts.say(
                        "mine.stage",
                        whole.row().programme().name(),
                        whole.row().stage().name()))
                + "</p>\n" + due(item, whole));
        item.controls().stream()
                .filter(control -> control.persons().contains(person))
                .forEach(control -> text.append(control(item, control)));
        whole.steps().stream()
                .filter(step -> step.refused() == null && !step.bodies())
                .forEach(step -> text.append(step(item, whole, step)));
        var taken = whole.steps().stream().anyMatch(step -> step.step().equals("close") && step.refused() == null);
        if (item.core() == CoreState.VERIFYING && !taken) {
            text.append(form(
                    item, "", "<button name=\"act\" value=\"close\">" + esc(texts.say("mine.close")) + "</button>"));
        }
        return text.append("</article>\n").toString();
    }

    private String due(ItemView item, ItemWords.Whole whole) {
        return ItemQuery.next(item)
                .map(clock -> {
                    var late = !clock.dueAt().isAfter(board.at());
                    var named = Optional.ofNullable(whole.row().due())
                            .map(ItemWords.Due::name)
                            .orElse(clock.clock());
                    return "<p%s>%s</p>\n"
                            .formatted(
                                    late ? " class=\"late\"" : "",
                                    esc(texts.say(late ? "mine.late" : "mine.due", named, time(clock))));
                })
                .orElse("");
    }

    private String time(ClockView clock) {
        return ItemSheet.time(clock.dueAt(), Boards.zone(board));
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

    /** A step with what it needs; folded away when it needs anything, so that the page stays short. */
    private String step(ItemView item, ItemWords.Whole whole, ItemWords.Step step) {
        var needs = join(step.fields(), field -> field(whole, field))
                + join(
                        step.evidence(),
                        need ->
                                "<label>%s<br><input type=\"file\" name=\"%s\" accept=\"image/*,application/pdf\" required></label>\n"
                                        .formatted(esc(texts.say("mine.photo", need.name())), esc(PHOTO + need.id())))
                + (step.evidence().isEmpty() ? "" : here())
                + (step.reason()
                        ? "<label>%s<br><textarea name=\"reason\" required maxlength=\"500\"></textarea></label>\n"
                                .formatted(esc(texts.say("mine.reason")))
                        : "");
        var form =
                "<form method=\"post\" enctype=\"multipart/form-data\" action=\"%s\">%s%s%s%s<button name=\"act\" value=\"step\">%s</button></form>\n"
                        .formatted(
                                texts.chinese() ? "" : "?lang=en",
                                hidden("item", item.item()),
                                hidden("step", step.step()),
                                hidden("from", item.stage()),
                                needs,
                                esc(step.name()));
        return needs.isEmpty()
                ? form
                : "<details><summary>%s</summary>%s</details>\n".formatted(esc(step.name()), form);
    }

    private String here() {
        return "<label><input type=\"checkbox\" name=\"here\" value=\"true\"> %s</label>\n"
                .formatted(esc(texts.say("mine.here")));
    }

    private static <T> String join(List<T> all, Function<T, String> each) {
        return all.stream().map(each).collect(Collectors.joining());
    }

    private String field(ItemWords.Whole whole, String id) {
        return whole.fields().stream()
                .filter(field -> field.id().equals(id))
                .findFirst()
                .map(field -> "<label>%s<br>%s</label>\n".formatted(esc(field.name()), input(field)))
                .orElse("");
    }

    private static String input(ItemWords.FieldWords field) {
        var name = "name=\"" + esc(FIELD + field.id()) + "\" required";
        var value = esc(field.value());
        return switch (field.type()) {
            case "choice" ->
                "<select %s>%s</select>"
                        .formatted(
                                name,
                                join(
                                        field.choices(),
                                        choice -> "<option value=\"%s\">%s</option>"
                                                .formatted(esc(choice.id()), esc(choice.name()))));
            case "date" -> "<input type=\"date\" %s value=\"%s\">".formatted(name, value);
            case "integer", "decimal" -> "<input inputmode=\"decimal\" %s value=\"%s\">".formatted(name, value);
            default -> "<textarea %s maxlength=\"1000\">%s</textarea>".formatted(name, value);
        };
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(name, esc(value));
    }

    private String form(ItemView item, String signal, String inside) {
        return "<form method=\"post\" action=\"%s\">%s%s%s</form>\n"
                .formatted(
                        texts.chinese() ? "" : "?lang=en",
                        hidden("item", item.item()),
                        hidden("signal", signal),
                        inside);
    }
}
