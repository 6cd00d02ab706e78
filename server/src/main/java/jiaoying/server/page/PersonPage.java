package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.room.View.AttemptView;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Texts;

/** The page of one person in one call order (应答页), as it stands now. */
final class PersonPage {
    static final Duration VALID_AFTER_CLOSING = Duration.ofHours(24);

    private static final List<String> KEPT_WORDS =
            List.of("waiting", "sent", "old", "entered", "photos", "refused", "edit", "again", "drop", "sure", "kept");

    private final Texts texts;
    private final Board board;
    private final OrderView order;
    private final CalleeView callee;
    private final LinkTarget target;
    private final String items;
    private final ZoneId zone;

    /** @param items what the person owes beside the answer, as HTML; empty when nothing */
    PersonPage(Texts texts, Board board, OrderView order, CalleeView callee, LinkTarget target, String items) {
        this.texts = texts;
        this.board = board;
        this.order = order;
        this.callee = callee;
        this.target = target;
        this.items = items;
        this.zone = Boards.zone(board);
    }

    static String notice(Texts texts, String key) {
        var title = texts.say(key + ".title");
        return Html.page(texts, title, """
                <header class="ground"><h1>%s</h1></header>
                <main><p class="message">%s</p></main>
                %s""".formatted(esc(title), esc(texts.say(key + ".text")), footer(texts)));
    }

    /** What was kept on the telephone and came too late is still shown there. */
    static String expiredNotice(Texts texts) {
        var title = texts.say("person.expired.title");
        return Html.page(texts, title, """
                <header class="ground"><h1>%s</h1></header>
                <main><p class="message">%s</p>%s</main>
                %s""".formatted(
                        esc(title), esc(texts.say("person.expired.text")), kept(texts), footer(texts)));
    }

    boolean expired() {
        return expired(order, board.at());
    }

    static boolean expired(OrderView order, Instant now) {
        return order.closedAt()
                .map(closed -> !now.isBefore(closed.plus(VALID_AFTER_CLOSING)))
                .orElse(false);
    }

    /** Where the script says what it keeps on the telephone, in these words; without a script it stays hidden. */
    private static String kept(Texts texts) {
        var words = KEPT_WORDS.stream()
                .map(word -> " data-" + word + "=\"" + esc(texts.say("kept." + word)) + "\"")
                .collect(Collectors.joining());
        return """
                <section id="kept" hidden data-worker="/a/worker.js?v=%s"%s></section>
                <script src="/a/kept.js?v=%s" defer></script>
                """.formatted(PhoneScripts.VERSION, words, PhoneScripts.VERSION);
    }

    boolean answered() {
        return WatchMaker.ANSWERED.contains(callee.state());
    }

    /** @param saved true when an answer has just been kept that the room has not come to yet */
    String html(boolean saved) {
        var title = texts.say("person.title", Words.color(texts, order.color()));
        return Html.page(texts, title, header(title) + main(saved) + footer(texts));
    }

    private String header(String title) {
        return """
                <header class="ground %s">
                <p>%s<span class="numeral">%s</span>%s</p>
                <h1>%s</h1>
                <p>%s</p>
                </header>
                """.formatted(
                        order.color().word(),
                        esc(marks()),
                        Words.numeral(order.color()),
                        esc(Words.color(texts, order.color())),
                        esc(title),
                        esc(board.register().areaName(order.area(), texts)
                                + texts.say("person.opened", time(order.openedAt()))));
    }

    private String marks() {
        var prefix = WatchController.prefix(board, texts);
        return order.exercise() && !prefix.contains(texts.say("exercise")) ? prefix + texts.say("exercise") : prefix;
    }

    private String main(boolean saved) {
        return """
                <main>
                %s<p>%s</p>
                %s%s%s<p class="message%s">%s</p>
                %s%s</main>
                """.formatted(
                        kept(texts),
                        who(saved),
                        orderState(),
                        ownState(saved),
                        saved ? "" : inPlace(),
                        asked(saved) ? "" : " quiet",
                        esc(message()),
                        saved ? "" : forms(),
                        notMine() ? "" : items);
    }

    /** Whether this person's answer is still wanted. */
    private boolean asked(boolean saved) {
        return !saved
                && !notMine()
                && order.closedAt().isEmpty()
                && callee.settledAt().isEmpty();
    }

    private String who(boolean saved) {
        var register = board.register();
        var name = "<b>" + esc(register.personName(target.to(), texts)) + "</b>";
        var post = register.post(target.to(), texts);
        var self = texts.say(
                asked(saved) ? "person.who" : "person.whose",
                name,
                post.isEmpty() ? "" : esc(texts.say("person.post", post)));
        return standsIn() && asked(saved)
                ? self + "<br>" + texts.say("person.standin", esc(register.personName(target.person(), texts)))
                : self;
    }

    private boolean standsIn() {
        return !target.to().equals(target.person());
    }

    /** The text that was sent, without the place of the link that the reader has just followed. */
    private String message() {
        return target.text().replace("{link}", "").strip();
    }

    /** What became of the order since the text was sent; the latest notice says more than the closing. */
    private String orderState() {
        var notice = "person.notice." + order.notice();
        if (texts.keys().contains(notice) && !order.notice().equals(order.closed())) {
            return state(texts.say(notice) + corrected());
        }
        return order.closedAt()
                .map(at -> state(texts.say(closedKey(), time(at))))
                .orElse("");
    }

    private String corrected() {
        return order.notice().equals("corrected")
                ? board.signalText(order.reason()).orElse("")
                : "";
    }

    private String closedKey() {
        var key = "person.closed." + order.closed();
        return texts.keys().contains(key) ? key : "person.closed.other";
    }

    private String ownState(boolean saved) {
        if (saved) {
            return state(texts.say("person.saved"));
        }
        if (notMine()) {
            return state(texts.say("person.notme.done"));
        }
        var at = callee.settledAt().map(this::time).orElse("");
        return switch (callee.state()) {
            case "answered" ->
                state(
                        standsIn()
                                ? texts.say("person.answered", board.register().personName(target.person(), texts), at)
                                : texts.say("person.received", at));
            case "reached-by-desk" -> state(texts.say("person.desk", at));
            case "taken-over" ->
                state(
                        callee.settledBy().equals(target.to())
                                ? texts.say("person.tookover", at)
                                : texts.say("person.takenover", settledBy(), at));
            default -> "";
        };
    }

    /** What is known of the second report, and how it is made. */
    private String inPlace() {
        if (callee.inPlaceAt().isPresent()) {
            return state(texts.say(
                    "person.inplace.done", callee.inPlaceAt().map(this::time).orElse("")));
        }
        if (order.closedAt().isPresent() || notMine()) {
            return "";
        }
        return callee.reportBy()
                .map(by -> "<p class=\"state\" role=\"status\">" + esc(texts.say("person.inplace.by", time(by)))
                        + "</p>\n<form method=\"post\" action=\"" + (texts.chinese() ? "" : "?lang=en")
                        + "\"><button class=\"main\" name=\"act\" value=\"in-place\">"
                        + esc(texts.say("person.inplace.button")) + "</button></form>\n")
                .orElse("");
    }

    private String settledBy() {
        return callee.settledBy().isEmpty()
                ? texts.say("person.somebody")
                : board.register().personName(callee.settledBy(), texts);
    }

    private static String state(String text) {
        return "<p class=\"state\" role=\"status\">" + esc(text) + "</p>\n";
    }

    private String forms() {
        if (order.closedAt().isPresent() || notMine()) {
            return "";
        }
        var action = texts.chinese() ? "" : "?lang=en";
        var button = callee.settledAt().isPresent()
                ? ""
                : button(action) + "<p class=\"quiet\">" + esc(texts.say("person.nonet")) + "</p>\n";
        return button
                + """
                <details><summary>%s</summary>
                <p>%s</p>
                <form method="post" action="%s"><button name="act" value="not-me">%s</button></form>
                </details>
                """.formatted(
                        esc(texts.say("person.notme")),
                        esc(texts.say("person.notme.text", board.register().personName(target.to(), texts))),
                        action,
                        esc(texts.say("person.notme.button")));
    }

    private String button(String action) {
        return "<form method=\"post\" action=\"%s\"><button class=\"main\" name=\"act\" value=\"received\">%s</button></form>\n"
                .formatted(action, esc(texts.say(standsIn() ? "person.takeover" : "person.button")));
    }

    private boolean notMine() {
        return attempt().map(AttemptView::state).filter("not-me"::equals).isPresent();
    }

    private Optional<AttemptView> attempt() {
        return callee.attempts().stream()
                .filter(row -> row.key().equals(target.errand()))
                .findFirst();
    }

    private String time(Instant at) {
        return Words.minuteOfDay(at, board.at(), zone, texts);
    }

    private static String footer(Texts texts) {
        return texts.chinese()
                ? "<footer><a href=\"?lang=en\" lang=\"en\">English</a></footer>"
                : "<footer><a href=\"?lang=zh-CN\" lang=\"zh-CN\">中文</a></footer>";
    }
}
