package jiaoying.server.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jiaoying.server.page.AnswerReads.Tried;

/**
 * Contacts that the register has wrong, as calls showed (名册待修): said to be another's, or tried twice and more without
 * anything coming back that proves them.
 */
final class Repairs {
    private static final int TRIES = 2;
    private static final Set<String> PROVES = Set.of("delivered", "connected", "heard-to-end", "confirmed", "in-place");
    private static final Set<String> FAILS = Set.of("failed", "undelivered", "no-answer", "busy");

    private Repairs() {}

    /** @param why disputed or failing; tries: how often it was tried, last: when it was tried last */
    record Repair(String person, String channel, String why, int tries, Instant last) {}

    static List<Repair> of(List<Tried> tried, Set<String> disputes) {
        Map<String, List<Tried>> byContact = new HashMap<>();
        tried.forEach(row -> byContact
                .computeIfAbsent(row.person() + "/" + row.channel(), c -> new ArrayList<>())
                .add(row));
        var repairs = new ArrayList<Repair>();
        byContact.forEach((contact, rows) -> {
            var disputed = disputes.contains(contact)
                    || rows.stream().anyMatch(row -> row.state().equals("not-me"));
            var fails = count(rows, FAILS);
            var proven = rows.stream().anyMatch(row -> PROVES.contains(row.state()));
            if (disputed || !proven && fails >= TRIES) {
                repairs.add(new Repair(
                        rows.getFirst().person(),
                        rows.getFirst().channel(),
                        disputed ? "disputed" : "failing",
                        rows.stream().mapToInt(Tried::count).sum(),
                        rows.stream()
                                .map(Tried::last)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()));
            }
        });
        repairs.sort(
                Comparator.comparing(Repair::why).thenComparing(Repair::person).thenComparing(Repair::channel));
        return repairs;
    }

    private static int count(List<Tried> rows, Set<String> states) {
        return rows.stream()
                .filter(row -> states.contains(row.state()))
                .mapToInt(Tried::count)
                .sum();
    }
}
