package jiaoying.duty.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.casework.CaseFact.CardIssued;
import jiaoying.duty.errand.Errand;

/**
 * Messages about work that wait for their moment (合并提醒): cards of one step to one person for one moment go as one message that
 * lists them, however many items they are about. Each card stays a card of its own.
 */
final class Together {
    /** So many are named in a message; the others are counted. */
    private static final int NAMED = 10;

    private final Map<String, Waiting> waiting = new HashMap<>();

    private record Waiting(Instant sent, List<String> lines) {}

    /** @param sent the moment of the message @param line about the card that comes to it now @return about all its cards, the new one last */
    List<String> lines(String step, String person, Instant sent, String line) {
        var before = waiting.get(step + '/' + person);
        var lines = new ArrayList<String>();
        if (before != null && before.sent().equals(sent)) {
            lines.addAll(before.lines());
        }
        lines.add(line);
        return List.copyOf(lines);
    }

    /** What all cards of a message say, under the name of their step. */
    static String message(String name, List<String> lines) {
        var named = String.join("；", lines.subList(0, Math.min(NAMED, lines.size())));
        return switch (lines.size()) {
            case 1 -> "【" + name + "】" + named;
            default -> "【" + name + "】共" + lines.size() + "项：" + named + (lines.size() > NAMED ? " 等" : "");
        };
    }

    /** A card was issued; from now on others may come to its messages. */
    void issued(Item item, CardIssued card, Instant at) {
        for (Errand errand : card.errands()) {
            if (errand.notBefore().isAfter(at)) {
                var step = step(item, card.rung(), card.level());
                var lines = lines(step, errand.to(), errand.notBefore(), line(item, card.reason()));
                waiting.put(step + '/' + errand.to(), new Waiting(errand.notBefore(), lines));
            }
        }
    }

    static String step(Item item, String rung, String level) {
        return String.join("/", item.opened().programme(), item.kind().id(), rung, level);
    }

    static String line(Item item, String reason) {
        return item.opened().number() + " " + item.title() + "：" + reason;
    }
}
