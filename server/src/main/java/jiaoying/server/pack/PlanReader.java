package jiaoying.server.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.call.Ladder.Rung;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;

/** Reads {@code plan.yaml}: which signals are called and by which rounds (叫应预案). */
final class PlanReader {
    private static final List<String> TARGETS = List.of("self", "deputy", "superior");
    private static final List<String> CHANNELS = List.of("text", "voice", "mail");
    private static final int ROUNDS_MAX = 20;
    private static final Duration DAY = Duration.ofHours(24);

    private final PackHead head;
    private final Fields fields;
    private final Sources sources;

    private PlanReader(PackHead head, PackNode root) {
        this.head = head;
        fields = root.fields(List.of("ladders", "sources"));
        sources = new Sources(fields.need("sources"));
    }

    /** @param texts messages by language */
    static Map<String, CallPlan> read(PackHead head, PackNode root, Map<String, Map<String, String>> texts) {
        return new PlanReader(head, root).read(texts);
    }

    private Map<String, CallPlan> read(Map<String, Map<String, String>> texts) {
        var all = new LinkedHashSet<String>();
        var ladders = ladders(all);
        var source = Sources.line(head, all);
        var plans = new TreeMap<String, CallPlan>();
        texts.forEach((language, messages) ->
                plans.put(language, new CallPlan(head.name(), head.version(), ladders, messages, source)));
        return plans;
    }

    private Map<SignalColor, Ladder> ladders(Set<String> all) {
        var node = fields.need("ladders");
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        var colors = node.fields(CriteriaReader.COLORS);
        colors.all().forEach((word, ladder) -> ladders.put(CriteriaReader.color(word), ladder(ladder, all)));
        if (ladders.isEmpty() && colors.read()) {
            node.refuse("no ladder", "a ladder for at least one colour");
        }
        return Map.copyOf(ladders);
    }

    private Ladder ladder(PackNode node, Set<String> all) {
        var ladder = node.fields(List.of("rounds", "give_up"));
        var cited = new LinkedHashSet<String>();
        var rungs = new ArrayList<Rung>();
        for (var item : ladder.need("rounds").items(ROUNDS_MAX)) {
            rungs.add(rung(item, rungs, cited));
        }
        var end = ladder.need("give_up").fields(List.of("after", "source"));
        var giveUp = end.need("after").span(Duration.ofSeconds(1), DAY);
        cited.add(sources.cited(end.need("source")));
        if (!rungs.isEmpty()
                && !giveUp.isZero()
                && giveUp.compareTo(rungs.getLast().after()) <= 0) {
            end.need("after").refuse("a time after the last round");
        }
        all.addAll(cited);
        return new Ladder(List.copyOf(rungs), giveUp, Sources.line(head, cited));
    }

    private Rung rung(PackNode item, List<Rung> before, Set<String> cited) {
        var rung = item.fields(List.of("after", "to", "channels", "source"));
        var after = rung.need("after").span(Duration.ZERO, DAY);
        var to = rung.need("to").oneOf(TARGETS);
        cited.add(sources.cited(rung.need("source")));
        if (before.isEmpty() && !to.isEmpty() && !to.equals("self")) {
            rung.need("to").refuse("self in the first round");
        }
        if (!before.isEmpty()
                && !after.isZero()
                && after.compareTo(before.getLast().after()) <= 0) {
            rung.need("after").refuse("a time after the round before");
        }
        return new Rung(after, to, channels(rung.need("channels")));
    }

    private static List<Channel> channels(PackNode node) {
        var channels = new ArrayList<Channel>();
        for (var item : node.items(CHANNELS.size())) {
            var word = item.oneOf(CHANNELS);
            if (CHANNELS.contains(word)) {
                channels.add(Channel.of(word));
            }
        }
        if (channels.stream().distinct().count() < channels.size()) {
            node.refuse("each channel once");
        }
        return List.copyOf(channels);
    }
}
