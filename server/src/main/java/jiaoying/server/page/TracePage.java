package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.server.programme.Paper;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one item on paper (责任倒查): who held it and how long, which clock was missed, which warning reached whom and
 * when it was answered, which evidence. It shows what was known at the board's instant.
 */
final class TracePage {
    private static final Duration CALLED_BEFORE = Duration.ofHours(24);

    private final Texts texts;
    private final Board board;
    private final ZoneId zone;
    private final ItemWords.Whole whole;
    private final ItemView item;

    TracePage(Texts texts, Board board, ItemView item, ItemWords.Whole whole) {
        this.texts = texts;
        this.board = board;
        this.zone = Boards.zone(board);
        this.item = item;
        this.whole = whole;
    }

    /** @param head of the ledger at that moment @param by who asks */
    String html(String head, String by) {
        var title = texts.say("trace.title", item.number(), item.title());
        var room = board.room().map(one -> one.settings().name()).orElse("");
        return Html.page(
                texts,
                title,
                "<main class=\"paper\"><h1>" + esc(WatchController.prefix(board, texts) + title) + "</h1><p>"
                        + esc(texts.say("trace.asof", room, time(board.at()), head, by)) + "</p>"
                        + table("held", held())
                        + table("clocks", clocks())
                        + table("cards", cards())
                        + table("warnings", warnings())
                        + table("calls", calls())
                        + table("proofs", proofs())
                        + "</main>");
    }

    /** The same to print or file. */
    Paper paper(String head, String by) {
        var room = board.room().map(one -> one.settings().name()).orElse("");
        var blocks = new ArrayList<Paper.Block>();
        blocks.add(new Paper.Paragraph(texts.say("trace.asof", room, time(board.at()), head, by)));
        block("held", held(), blocks);
        block("clocks", clocks(), blocks);
        block("cards", cards(), blocks);
        block("warnings", warnings(), blocks);
        block("calls", calls(), blocks);
        block("proofs", proofs(), blocks);
        return new Paper(
                WatchController.prefix(board, texts) + texts.say("trace.title", item.number(), item.title()),
                List.copyOf(blocks));
    }

    private void block(String name, List<List<String>> rows, List<Paper.Block> blocks) {
        blocks.add(new Paper.Heading(texts.say("trace." + name)));
        blocks.add(
                rows.isEmpty()
                        ? new Paper.Paragraph(texts.say("trace.none"))
                        : new Paper.Table(
                                List.of(texts.say("trace." + name + ".columns").split(",")), rows));
    }

    private String table(String name, List<List<String>> rows) {
        var out = new StringBuilder("<h2>" + esc(texts.say("trace." + name)) + "</h2>");
        if (rows.isEmpty()) {
            return out.append("<p>" + esc(texts.say("trace.none")) + "</p>").toString();
        }
        out.append("<table><thead><tr>");
        for (var column : texts.say("trace." + name + ".columns").split(",")) {
            out.append("<th>").append(esc(column)).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        rows.forEach(row -> out.append("<tr>")
                .append(row.stream().map(cell -> "<td>" + esc(cell) + "</td>").collect(Collectors.joining()))
                .append("</tr>"));
        return out.append("</tbody></table>").toString();
    }

    /** Each stage with who brought it there, from its beginning to the next step. */
    private List<List<String>> held() {
        var rows = new ArrayList<List<String>>();
        for (var i = 0; i < whole.acts().size(); i++) {
            var act = whole.acts().get(i);
            var until = i + 1 < whole.acts().size() ? whole.acts().get(i + 1).happenedAt() : null;
            var end = until != null ? until : item.closedAt().isPresent() ? act.happenedAt() : board.at();
            rows.add(List.of(
                    act.to().name(),
                    time(act.happenedAt())
                            + (act.recordedAt().equals(act.happenedAt()) ? "" : " (" + time(act.recordedAt()) + ")"),
                    time(until),
                    span(Duration.between(act.happenedAt(), end)),
                    names(Stream.of(act.by(), act.onBehalfOf())),
                    act.body(),
                    act.role(),
                    act.reason()));
        }
        return rows;
    }

    private List<List<String>> clocks() {
        return whole.clocks().stream()
                .map(clock -> List.of(
                        clock.name(),
                        time(clock.since()),
                        time(clock.at()),
                        clock.firstAt().equals(clock.at()) ? "" : time(clock.firstAt()),
                        texts.say("trace.clock." + clock.state())))
                .toList();
    }

    private List<List<String>> cards() {
        return whole.row().cards().stream()
                .map(card -> List.of(
                        card.name() + " " + card.reason(),
                        names(card.persons().stream()),
                        time(card.issuedAt()),
                        time(card.answerBy()),
                        texts.say("trace.how." + card.how()) + " " + time(card.endedAt()),
                        card.by().name() + " " + card.text()))
                .toList();
    }

    private List<List<String>> warnings() {
        return whole.row().controls().stream()
                .map(control -> List.of(
                        control.ask(),
                        names(control.persons().stream()),
                        time(control.dueAt()),
                        texts.say("trace.how." + control.how()),
                        control.by().name() + " " + time(control.endedAt()),
                        control.text()))
                .toList();
    }

    /** Calls of the people asked, in orders opened in the day before the control was due. */
    private List<List<String>> calls() {
        var rows = new ArrayList<List<String>>();
        for (var control : item.controls()) {
            for (var row : board.reads().rows().list("order", "", 0, board.fact())) {
                var order = (OrderView) row;
                if (order.openedAt().isBefore(control.dueAt())
                        && order.openedAt().isAfter(control.dueAt().minus(CALLED_BEFORE))) {
                    control.persons().stream()
                            .flatMap(person -> board.callee(order.order(), person).stream())
                            .map(this::call)
                            .filter(call -> !rows.contains(call))
                            .forEach(rows::add);
                }
            }
        }
        return rows;
    }

    private List<String> call(CalleeView callee) {
        return List.of(
                board.register().personName(callee.person(), texts),
                board.register().bodyOf(callee.person(), texts),
                time(callee.calledAt()) + " " + Words.color(texts, callee.color()),
                Integer.toString(callee.attempts().size()),
                callee.settledAt().map(this::time).orElse(""),
                texts.say("state." + callee.state()));
    }

    private List<List<String>> proofs() {
        return whole.proofs().stream()
                .map(proof -> List.of(
                        proof.name(),
                        proof.file(),
                        time(proof.takenAt()),
                        proof.place(),
                        proof.by().name(),
                        time(proof.recordedAt()),
                        proof.sha256()))
                .toList();
    }

    private static String names(Stream<ItemWords.Named> people) {
        return people.map(ItemWords.Named::name).filter(name -> !name.isEmpty()).collect(Collectors.joining(", "));
    }

    private String span(Duration span) {
        return texts.say("trace.days", span.toDays(), span.toHoursPart());
    }

    private String time(@Nullable Instant at) {
        return Optional.ofNullable(at)
                .map(moment -> ItemSheet.time(moment, zone))
                .orElse("");
    }
}
