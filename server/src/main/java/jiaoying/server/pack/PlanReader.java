package jiaoying.server.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.call.Ladder.Rung;
import jiaoying.duty.call.QuietHours;
import jiaoying.duty.call.SetRule;
import jiaoying.duty.call.Terms;
import jiaoying.duty.call.Trunk;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.SignalColor;

/** Reads {@code plan.yaml}: which signals are called and by which rounds (叫应预案). */
final class PlanReader {
    private static final List<String> TARGETS = List.of("self", "deputy", "superior");
    private static final List<String> CHANNELS = List.of("text", "voice", "mail", "chat", "speaker");
    private static final int ROUNDS_MAX = 20;
    private static final int LINES_MAX = 10_000;
    private static final int DUTIES_MAX = 50;
    private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Duration DAY = Duration.ofHours(24);

    private final PackHead head;
    private final Fields fields;
    private final Sources sources;

    private PlanReader(PackHead head, PackNode root) {
        this.head = head;
        fields = root.fields(List.of("ladders", "test", "trunk", "quiet_hours", "spacing", "sources"));
        sources = new Sources(fields.need("sources"));
    }

    /** @param texts messages by language */
    static Map<String, CallPlan> read(PackHead head, PackNode root, Map<String, Map<String, String>> texts) {
        return new PlanReader(head, root).read(texts);
    }

    private Map<String, CallPlan> read(Map<String, Map<String, String>> texts) {
        var all = new LinkedHashSet<String>();
        var quiet = find("quiet_hours").map(node -> quiet(node, all));
        var spacing = find("spacing").map(node -> spacing(node, all));
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        ladders(all).forEach((color, ladder) -> ladders.put(color, with(ladder, color, quiet, spacing)));
        var trunk = find("trunk").map(node -> trunk(node, all));
        var test = find("test").map(node -> ladder(node, all));
        var source = Sources.line(head, all);
        var plans = new TreeMap<String, CallPlan>();
        texts.forEach((language, messages) -> plans.put(
                language,
                new CallPlan(
                        head.name(),
                        head.version(),
                        Map.copyOf(ladders),
                        test.orElseGet(() -> CallPlan.usualTest(source)),
                        trunk,
                        messages,
                        source)));
        return plans;
    }

    private Optional<PackNode> find(String key) {
        return Optional.ofNullable(fields.all().get(key));
    }

    /** What holds for all colours but those that pass it. */
    private record Passed<T>(T value, List<SignalColor> passes) {
        Optional<T> of(SignalColor color) {
            return Optional.of(value).filter(v -> !passes.contains(color));
        }
    }

    private static Ladder with(
            Ladder ladder, SignalColor color, Optional<Passed<QuietHours>> quiet, Optional<Passed<Duration>> spacing) {
        var terms = ladder.terms();
        return ladder.with(new Terms(
                terms.rule(),
                terms.report(),
                quiet.flatMap(hours -> hours.of(color)),
                spacing.flatMap(gap -> gap.of(color)).orElse(Duration.ZERO),
                terms.first()));
    }

    /** Red always passes: nobody sleeps through it because of a setting. */
    private static List<SignalColor> passes(PackNode node) {
        var colors = node.items(CriteriaReader.COLORS.size()).stream()
                .map(item -> item.oneOf(CriteriaReader.COLORS))
                .filter(CriteriaReader.COLORS::contains)
                .map(CriteriaReader::color)
                .toList();
        if (!colors.isEmpty() && !colors.contains(SignalColor.RED)) {
            node.refuse("a list with red in it");
        }
        return colors;
    }

    private Passed<QuietHours> quiet(PackNode node, Set<String> all) {
        var hours = node.fields(List.of("from", "to", "holds", "passes", "source"));
        all.add(sources.cited(hours.need("source")));
        return new Passed<>(
                new QuietHours(minute(hours.need("from")), minute(hours.need("to")), channels(hours.need("holds")), ""),
                passes(hours.need("passes")));
    }

    private static int minute(PackNode node) {
        var text = node.text(CLOCK, "a time of day like 22:00");
        return CLOCK.matcher(text).matches()
                ? Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3))
                : 0;
    }

    private Passed<Duration> spacing(PackNode node, Set<String> all) {
        var spacing = node.fields(List.of("gap", "passes", "source"));
        all.add(sources.cited(spacing.need("source")));
        return new Passed<>(
                spacing.need("gap").span(Duration.ofSeconds(1), Duration.ofHours(1)), passes(spacing.need("passes")));
    }

    private Trunk trunk(PackNode node, Set<String> all) {
        var trunk = node.fields(List.of("lines", "answered", "ringing", "share", "source"));
        var source = sources.find(trunk.need("source"));
        all.add(source.line());
        return new Trunk(
                Math.max(1, trunk.need("lines").count(LINES_MAX)),
                trunk.need("answered").span(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                trunk.need("ringing").span(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                Math.max(1, trunk.need("share").percent()),
                source.zh(),
                source.en());
    }

    private Map<SignalColor, Ladder> ladders(Set<String> all) {
        var node = fields.need("ladders");
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        var colors = node.fields(CriteriaReader.COLORS);
        colors.all().forEach((word, ladder) -> ladders.put(CriteriaReader.color(word), ladder(ladder, all)));
        if (ladders.isEmpty() && colors.read()) {
            node.refuse(Sentence.of("no-ladder"), Sentence.of("a-ladder"));
        }
        return Map.copyOf(ladders);
    }

    private Ladder ladder(PackNode node, Set<String> all) {
        var ladder = node.fields(List.of("rounds", "give_up", "rule", "report", "first"));
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
            end.need("after").refuse(Sentence.of("after-last-round"));
        }
        all.addAll(cited);
        return new Ladder(List.copyOf(rungs), giveUp, terms(ladder, cited), Sources.line(head, cited));
    }

    private Terms terms(Fields ladder, Set<String> cited) {
        var values = ladder.all();
        return new Terms(
                Optional.ofNullable(values.get("rule")).map(node -> rule(node, cited)),
                Optional.ofNullable(values.get("report")).map(node -> report(node, cited)),
                Optional.empty(),
                Duration.ZERO,
                Optional.ofNullable(values.get("first")).map(PlanReader::duties).orElse(List.of()));
    }

    private SetRule rule(PackNode node, Set<String> cited) {
        var rule = node.fields(List.of("within", "people", "areas", "must", "source"));
        var source = sources.cited(rule.need("source"));
        cited.add(source);
        return new SetRule(
                rule.need("within").span(Duration.ofSeconds(1), DAY),
                Optional.ofNullable(rule.all().get("people"))
                        .map(PackNode::percent)
                        .orElse(0),
                Optional.ofNullable(rule.all().get("areas"))
                        .map(PackNode::percent)
                        .orElse(0),
                Optional.ofNullable(rule.all().get("must"))
                        .map(PlanReader::duties)
                        .orElse(List.of()),
                source);
    }

    private Duration report(PackNode node, Set<String> cited) {
        var report = node.fields(List.of("within", "source"));
        cited.add(sources.cited(report.need("source")));
        return report.need("within").span(Duration.ofSeconds(1), DAY);
    }

    private static List<String> duties(PackNode node) {
        return node.items(DUTIES_MAX).stream()
                .map(PackNode::text)
                .filter(duty -> !duty.isEmpty())
                .toList();
    }

    private Rung rung(PackNode item, List<Rung> before, Set<String> cited) {
        var rung = item.fields(List.of("after", "to", "channels", "source"));
        var after = rung.need("after").span(Duration.ZERO, DAY);
        var to = rung.need("to").oneOf(TARGETS);
        cited.add(sources.cited(rung.need("source")));
        if (before.isEmpty() && !to.isEmpty() && !to.equals("self")) {
            rung.need("to").refuse(Sentence.of("self-first"));
        }
        if (!before.isEmpty()
                && !after.isZero()
                && after.compareTo(before.getLast().after()) <= 0) {
            rung.need("after").refuse(Sentence.of("after-round"));
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
            node.refuse(Sentence.of("channel-once"));
        }
        return List.copyOf(channels);
    }
}
