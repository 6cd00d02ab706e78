package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Texts;

/**
 * The list on paper for when carriers are out (离线叫应单): who is unreached, by town and village, with numbers, stand-ins and
 * room for way, hour, witness and signature. What is filled in is entered by hand afterwards and counts.
 */
final class OfflineList {
    private final Texts texts;
    private final CityRegister register;
    private final Map<String, String> numbers;
    private final Map<String, Set<String>> standIns;

    private OfflineList(Texts texts, CityRegister register, Map<String, String> numbers, Map<String, Set<String>> in) {
        this.texts = texts;
        this.register = register;
        this.numbers = numbers;
        this.standIns = in;
    }

    /** @param unreached callees of one order, title: of the page, with the mark of an exercise */
    static String html(
            Texts texts, CityRegister register, AnswerReads reads, List<CalleeView> unreached, String title) {
        var people = unreached.stream().map(CalleeView::person).collect(Collectors.toSet());
        var standIns = reads.duties().get().stream()
                .filter(duty -> people.contains(duty.person()))
                .collect(Collectors.toMap(
                        DutyAssigned::person, duty -> new java.util.TreeSet<>(duty.deputies()), (one, other) -> {
                            one.addAll(other);
                            return one;
                        }));
        var all = new HashSet<>(people);
        standIns.values().forEach(all::addAll);
        var numbers = new TreeMap<>(reads.numbers().of(Channel.TEXT, all));
        numbers.putAll(reads.numbers().of(Channel.VOICE, all));
        var list = new OfflineList(texts, register, numbers, Map.copyOf(standIns));
        return Html.page(texts, title, list.body(unreached, title));
    }

    private String body(List<CalleeView> unreached, String title) {
        var byTown = new TreeMap<String, List<CalleeView>>(unreached.stream()
                .collect(Collectors.groupingBy(
                        row -> Coverage.town(register, row.items().getFirst().area()))));
        var out = new StringBuilder("<main class=\"paper\"><h1>" + esc(title) + "</h1><p>"
                + esc(texts.say("offline.how", unreached.size())) + "</p>");
        byTown.forEach((town, rows) -> out.append(table(town, rows)));
        return out.append("</main>").toString();
    }

    private String table(String town, List<CalleeView> rows) {
        var out = new StringBuilder(
                "<h2>" + esc(register.areaName(town, texts)) + " (" + rows.size() + ")</h2><table><thead><tr>");
        for (var column : texts.say("offline.columns").split(",")) {
            out.append("<th>").append(esc(column)).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        rows.stream()
                .sorted(Comparator.comparing(
                                (CalleeView row) -> row.items().getFirst().area())
                        .thenComparing(CalleeView::person))
                .forEach(row -> out.append(row(row)));
        return out.append("</tbody></table>").toString();
    }

    private String row(CalleeView row) {
        var person = row.person();
        var others = standIns.getOrDefault(person, Set.of()).stream()
                .map(other -> register.personName(other, texts) + " " + numbers.getOrDefault(other, ""))
                .collect(Collectors.joining("; "));
        var cells = List.of(
                register.areaName(row.items().getFirst().area(), texts),
                register.personName(person, texts) + " " + register.post(person, texts),
                numbers.getOrDefault(person, ""),
                others,
                "",
                "",
                "");
        return "<tr>"
                + cells.stream().map(cell -> "<td>" + esc(cell) + "</td>").collect(Collectors.joining())
                + "</tr>";
    }
}
