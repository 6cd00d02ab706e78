package jiaoying.server.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemAct;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.server.programme.Paper;
import jiaoying.server.reply.Texts;

/**
 * Accountability from the other end (责任倒查): everything that a person did, was asked and answered; everything that a body led; and
 * what stood near an incident before it, and who held it.
 */
final class TraceBook {
    private static final double EARTH_M = 6_371_000;

    private final Texts texts;
    private final Board board;
    private final ZoneId zone;
    private final ItemWords words;
    private final List<ItemView> items;

    TraceBook(Texts texts, Board board, ItemWords words, Collection<ItemView> items) {
        this.texts = texts;
        this.board = board;
        this.zone = Boards.zone(board);
        this.words = words;
        this.items = items.stream()
                .filter(item -> ItemQuery.sees(board, item))
                .sorted(Comparator.comparing(ItemView::openedAt))
                .toList();
    }

    /** @param head of the ledger at that moment; by: who asks */
    Paper person(String person, String head, String by) {
        var blocks = begin(head, by);
        block(
                "did",
                acts(act -> act.by().person().equals(person)
                        || act.by().onBehalfOf().equals(person)),
                blocks);
        block("cards", cards(person), blocks);
        block("warnings", controls(person), blocks);
        block("calls", calls(person), blocks);
        return paper(board.register().personName(person, texts), blocks);
    }

    Paper body(String body, String head, String by) {
        var blocks = begin(head, by);
        var led = items.stream().filter(item -> item.leads().contains(body)).toList();
        block("led", led.stream().map(item -> held(item, false)).toList(), blocks);
        block(
                "supervised",
                items.stream()
                        .filter(item -> item.supervising().equals(body))
                        .map(item -> held(item, true))
                        .toList(),
                blocks);
        block("late", led.stream().flatMap(item -> late(item).stream()).toList(), blocks);
        block("did", acts(act -> act.by().body().equals(body)), blocks);
        return paper(words.bodyName(body, board, texts), blocks);
    }

    /** What was open within so many metres of an item's place when it was raised, oldest first. */
    Paper.Table near(ItemView incident, int metres) {
        return new Paper.Table(columns("near"), rows(standing(incident, metres), began(incident)));
    }

    /** The items of {@link #near}. */
    List<ItemView> itemsNear(ItemView incident, int metres) {
        return standing(incident, metres).stream().map(Near::item).toList();
    }

    /** The items that stood near a place before a moment. @param place longitude and latitude in degrees */
    List<ItemView> itemsNear(double[] place, Instant when, int metres) {
        return standing(place, when, metres, "").stream().map(Near::item).toList();
    }

    /** What happened at a place and a time that no item has (无事项的事件). @param place longitude and latitude in degrees */
    Paper incident(double[] place, Instant when, int metres, String head, String by) {
        var blocks = begin(head, by);
        blocks.add(new Paper.Heading(texts.say("book.near", metres)));
        var rows = rows(standing(place, when, metres, ""), when);
        blocks.add(
                rows.isEmpty() ? new Paper.Paragraph(texts.say("trace.none")) : new Paper.Table(columns("near"), rows));
        return paper("%.5f, %.5f  %s".formatted(place[0], place[1], time(when)), blocks);
    }

    private record Near(ItemView item, long away) {}

    private List<Near> standing(ItemView incident, int metres) {
        return place(incident)
                .map(place -> standing(place, began(incident), metres, incident.item()))
                .orElse(List.of());
    }

    /** @param itself an item that is not near itself, or empty */
    private List<Near> standing(double[] place, Instant when, int metres, String itself) {
        var standing = new ArrayList<Near>();
        for (var item : items) {
            var other = place(item);
            if (!item.item().equals(itself)
                    && other.isPresent()
                    && began(item).isBefore(when)
                    && ItemQuery.endedAt(item)
                            .filter(closed -> !closed.isAfter(when))
                            .isEmpty()) {
                var away = Math.round(metres(place, other.get()));
                if (away <= metres) {
                    standing.add(new Near(item, away));
                }
            }
        }
        return standing;
    }

    private List<List<String>> rows(List<Near> standing, Instant when) {
        return standing.stream().map(one -> near(one.item, when, one.away)).toList();
    }

    private List<String> near(ItemView item, Instant when, long away) {
        var then = item.acts().stream()
                .filter(act -> !act.happenedAt().isAfter(when))
                .reduce((a, b) -> b)
                .orElse(item.acts().getFirst());
        var row = words.row(item, board, texts);
        return List.of(
                item.number(),
                item.title(),
                Long.toString(away),
                time(began(item)),
                words.stageName(item, then.to(), texts),
                row.lead().name(),
                row.supervising().name(),
                missed(item, when));
    }

    private String missed(ItemView item, Instant when) {
        return item.clocks().stream()
                .filter(clock -> clock.dueAt().isBefore(when) && clock.state().equals("missed"))
                .map(clock -> words.clockName(item, clock.clock(), texts) + " " + time(clock.dueAt()))
                .collect(Collectors.joining(", "));
    }

    private static Instant began(ItemView item) {
        return item.acts().getFirst().happenedAt();
    }

    // ----

    private List<List<String>> acts(Predicate<ItemAct> his) {
        var rows = new ArrayList<List<String>>();
        for (var item : items) {
            for (var act : item.acts()) {
                if (his.test(act)) {
                    rows.add(List.of(
                            time(act.happenedAt()),
                            item.number() + " " + item.title(),
                            words.stageName(item, act.to(), texts),
                            board.register().personName(act.by().person(), texts),
                            act.reason()));
                }
            }
        }
        rows.sort(Comparator.comparing(List::getFirst));
        return rows;
    }

    private List<List<String>> cards(String person) {
        return items.stream()
                .flatMap(item -> words.row(item, board, texts).cards().stream()
                        .filter(card ->
                                card.persons().stream().anyMatch(to -> to.id().equals(person)))
                        .map(card -> List.of(
                                item.number(),
                                card.name() + " " + card.reason(),
                                time(card.issuedAt()),
                                time(Optional.ofNullable(card.answerBy())),
                                texts.say("trace.how." + card.how()) + " " + time(Optional.ofNullable(card.endedAt())),
                                card.text())))
                .toList();
    }

    private List<List<String>> controls(String person) {
        return items.stream()
                .flatMap(item -> words.row(item, board, texts).controls().stream()
                        .filter(control -> control.persons().stream()
                                .anyMatch(to -> to.id().equals(person)))
                        .map(control -> List.of(
                                item.number(),
                                control.ask(),
                                time(control.dueAt()),
                                texts.say("trace.how." + control.how()),
                                time(Optional.ofNullable(control.endedAt())),
                                control.text())))
                .toList();
    }

    private List<List<String>> calls(String person) {
        return board.reads().rows().list("order", "", 0, board.fact()).stream()
                .map(OrderView.class::cast)
                .flatMap(order -> board.callee(order.order(), person).stream())
                .map(this::call)
                .toList();
    }

    private List<String> call(CalleeView callee) {
        return List.of(
                time(callee.calledAt()),
                Words.color(texts, callee.color()),
                Integer.toString(callee.attempts().size()),
                time(callee.settledAt()),
                texts.say("state." + callee.state()));
    }

    /** @param other true: beside it its lead body; false: its supervising body */
    private List<String> held(ItemView item, boolean other) {
        var row = words.row(item, board, texts);
        return List.of(
                item.number(),
                item.title(),
                row.stage().name(),
                time(item.openedAt()),
                time(ItemQuery.endedAt(item)),
                (other ? row.lead() : row.supervising()).name(),
                Long.toString(item.cards().stream()
                        .filter(card -> !card.level().equals("blue"))
                        .count()));
    }

    private List<List<String>> late(ItemView item) {
        return item.clocks().stream()
                .filter(clock -> clock.state().equals("missed"))
                .map(clock -> List.of(
                        item.number() + " " + item.title(),
                        words.clockName(item, clock.clock(), texts),
                        time(clock.dueAt()),
                        ended(clock)))
                .toList();
    }

    private String ended(ClockView clock) {
        return time(clock.endedAt());
    }

    // ----

    private List<Paper.Block> begin(String head, String by) {
        var room = board.room().map(one -> one.settings().name()).orElse("");
        var blocks = new ArrayList<Paper.Block>();
        blocks.add(new Paper.Paragraph(texts.say("trace.asof", room, time(board.at()), head, by)));
        return blocks;
    }

    private void block(String name, List<List<String>> rows, List<Paper.Block> blocks) {
        blocks.add(new Paper.Heading(texts.say("book." + name)));
        blocks.add(
                rows.isEmpty() ? new Paper.Paragraph(texts.say("trace.none")) : new Paper.Table(columns(name), rows));
    }

    private List<String> columns(String name) {
        return List.of(texts.say("book." + name + ".columns").split(","));
    }

    private Paper paper(String name, List<Paper.Block> blocks) {
        return new Paper(WatchController.prefix(board, texts) + texts.say("book.title", name), List.copyOf(blocks));
    }

    private String time(Instant at) {
        return ItemSheet.time(at, zone);
    }

    private String time(Optional<Instant> at) {
        return at.map(this::time).orElse("");
    }

    /** Longitude and latitude, degrees: the first value of an item that is a place. */
    static Optional<double[]> place(ItemView item) {
        return item.fields().stream()
                .flatMap(entry -> point(entry.value()).stream())
                .findFirst();
    }

    /** @param text as {@code 121.02,30.70} */
    static Optional<double[]> point(String text) {
        return Optional.of(text)
                .filter(value -> value.matches("-?\\d{1,3}(\\.\\d{1,15})?,-?\\d{1,2}(\\.\\d{1,15})?"))
                .map(value -> value.split(","))
                .map(parts -> new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])});
    }

    /** Over the ground of a sphere; good to half a percent. */
    static double metres(double[] a, double[] b) {
        var lat = Math.toRadians(b[1] - a[1]);
        var lon = Math.toRadians(b[0] - a[0]) * Math.cos(Math.toRadians((a[1] + b[1]) / 2));
        return EARTH_M * Math.hypot(lat, lon);
    }
}
