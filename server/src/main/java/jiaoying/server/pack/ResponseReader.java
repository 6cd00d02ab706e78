package jiaoying.server.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.respond.ResponsePlan.Action;
import jiaoying.duty.respond.ResponsePlan.Clock;
import jiaoying.duty.respond.ResponsePlan.Department;
import jiaoying.duty.respond.ResponsePlan.Late;
import jiaoying.duty.respond.ResponsePlan.Trigger;

/** Reads {@code response.yaml}: which warning proposes which response, by when, and what is done then (响应预案). */
final class ResponseReader {
    private static final List<String> LEVELS = List.of("I", "II", "III", "IV");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern BODY = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST = 100;

    private final PackHead head;
    private final Fields fields;
    private final Sources sources;
    private final Set<String> cited = new LinkedHashSet<>();

    private ResponseReader(PackHead head, PackNode root) {
        this.head = head;
        fields = root.fields(List.of("triggers", "decide", "leader", "actions", "late", "sources"));
        sources = new Sources(fields.need("sources"));
    }

    static ResponsePlan read(PackHead head, PackNode root) {
        return new ResponseReader(head, root).read();
    }

    private ResponsePlan read() {
        var triggers =
                fields.need("triggers").items(MOST).stream().map(this::trigger).toList();
        var clocks = fields.need("decide").items(LEVELS.size()).stream()
                .map(this::clock)
                .toList();
        var leader = fields.need("leader").fields(List.of("duty", "message"));
        var duty = leader.need("duty").text();
        var message = leader.need("message").text();
        var actions = actions();
        var late = fields.find("late").map(this::late).orElse(Late.NOBODY);
        return new ResponsePlan(
                head.name(), head.version(), triggers, clocks, actions, duty, message, late, Sources.line(head, cited));
    }

    /** Who is told of an action that nobody reported in time. */
    private Late late(PackNode node) {
        var late = node.fields(List.of("remind", "leader"));
        var remind = late.need("remind").fields(List.of("duties", "message"));
        var duties =
                remind.need("duties").items(MOST).stream().map(PackNode::text).toList();
        var reminder = remind.need("message").text();
        var leader = late.find("leader").map(it -> it.fields(List.of("after", "message", "source")));
        leader.ifPresent(it -> cited.add(sources.cited(it.need("source"))));
        return new Late(
                duties,
                reminder,
                leader.map(it -> it.need("after").span(Duration.ofMinutes(1), DAY)),
                leader.map(it -> it.need("message").text()).orElse(""));
    }

    private Trigger trigger(PackNode node) {
        var trigger = node.fields(List.of("hazard", "color", "level", "source"));
        cited.add(sources.cited(trigger.need("source")));
        var color = trigger.need("color").oneOf(CriteriaReader.COLORS);
        return new Trigger(
                trigger.need("hazard").text(ID, Sentence.of("a-hazard")),
                SignalColor.find(color).orElse(SignalColor.NONE),
                level(trigger.need("level")));
    }

    private Clock clock(PackNode node) {
        var clock = node.fields(List.of("level", "within", "source"));
        cited.add(sources.cited(clock.need("source")));
        return new Clock(level(clock.need("level")), clock.need("within").span(Duration.ofSeconds(30), DAY));
    }

    private List<Action> actions() {
        var actions = new ArrayList<Action>();
        var ids = new HashSet<String>();
        for (var node : fields.need("actions").items(MOST)) {
            var action = node.fields(List.of("id", "level", "department", "zh", "en", "within", "source"));
            cited.add(sources.cited(action.need("source")));
            var id = action.need("id").text(ID, Sentence.of("small-name"));
            if (!id.isEmpty() && !ids.add(id)) {
                action.need("id").refuse(Sentence.of("action-once"));
            }
            actions.add(new Action(
                    id,
                    level(action.need("level")),
                    department(action.need("department")),
                    action.need("zh").text(),
                    action.need("en").text(),
                    action.need("within").span(Duration.ofMinutes(1), Duration.ofHours(72))));
        }
        return List.copyOf(actions);
    }

    /** Whose action: words of the plan, with a body of the register or a kind of bodies behind them. */
    private static Department department(PackNode node) {
        var department = node.fields(List.of("zh", "en", "body", "each"));
        var body = department.find("body").map(it -> it.text(BODY, Sentence.of("body-id")));
        var each = department.find("each").map(it -> it.text(ID, Sentence.of("small-name")));
        if (body.isPresent() && each.isPresent()) {
            department.need("each").refuse(Sentence.of("body-or-each"));
        }
        return new Department(
                body.orElse(""),
                each.orElse(""),
                department.need("zh").text(),
                department.need("en").text());
    }

    private static int level(PackNode node) {
        return Math.max(LEVELS.indexOf(node.oneOf(LEVELS)), 0) + 1;
    }
}
