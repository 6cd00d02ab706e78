package jiaoying.server.pack;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Kind.Separation;
import jiaoying.duty.programme.Programme.Role;

/** Whether the way of a kind can be gone at all: every stage reached and left, and no rule that nobody could satisfy. */
final class WayCheck {
    private final PackNode place;
    private final Fields written;
    private final Kind kind;
    private final List<Role> roles;

    private WayCheck(PackNode place, Fields written, Kind kind, List<Role> roles) {
        this.place = place;
        this.written = written;
        this.kind = kind;
        this.roles = roles;
    }

    static void check(PackNode place, Fields written, Kind kind, List<Role> roles) {
        if (kind.stages().isEmpty() || kind.moves().isEmpty()) {
            return; // said already
        }
        var check = new WayCheck(place, written, kind, roles);
        check.stages();
        check.moves();
        check.separations();
        check.clocks();
    }

    private void stages() {
        var reached = from(Set.of(kind.first().id()), move -> true);
        var nodes = items("stages");
        for (var i = 0; i < kind.stages().size() && i < nodes.size(); i++) {
            var stage = kind.stages().get(i);
            if (!reached.contains(stage.id())) {
                nodes.get(i).refuse("stage \"" + stage.id() + "\"", "a stage that a step leads to");
            } else if (stage.core().open()
                    && from(Set.of(stage.id()), move -> true).stream()
                            .noneMatch(to -> kind.findStage(to)
                                    .map(s -> !s.core().open())
                                    .orElse(true))) {
                nodes.get(i).refuse("stage \"" + stage.id() + "\"", "a stage from which an item can end");
            }
        }
        if (kind.loop()
                && kind.first().core() != CoreState.DRAFT
                && kind.first().core() != CoreState.REGISTERED) {
            place.refuse(
                    "first stage \"" + kind.first().id() + "\" tied to "
                            + kind.first().core(),
                    "a loop that begins with DRAFT or REGISTERED; a plain record says form: record");
        }
    }

    private Set<String> from(Set<String> starts, Predicate<Move> allowed) {
        var reached = new HashSet<>(starts);
        var open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            var at = open.remove();
            kind.moves().stream()
                    .filter(move -> move.from().equals(at) && allowed.test(move))
                    .map(Move::to)
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }

    private void moves() {
        var nodes = items("moves");
        for (var i = 0; i < kind.moves().size() && i < nodes.size(); i++) {
            var move = kind.moves().get(i);
            var from = kind.findStage(move.from());
            var to = kind.findStage(move.to());
            if (from.isPresent() && to.isPresent()) {
                arc(nodes.get(i), move, from.get().core(), to.get().core());
            }
            approval(nodes.get(i), move);
            fields(nodes.get(i), move);
        }
    }

    private void arc(PackNode node, Move move, CoreState from, CoreState to) {
        if (kind.loop() && !from.next().contains(to)) {
            node.refuse(
                    "step \"" + move.id() + "\" from " + from + " to " + to,
                    from.next().isEmpty()
                            ? "no step out of " + from
                            : "from " + from + " to one of "
                                    + String.join(
                                            ", ",
                                            from.next().stream()
                                                    .map(CoreState::name)
                                                    .toList()));
        }
        if (kind.loop() && to == CoreState.ASSIGNED && !move.bodies()) {
            node.refuse(
                    "step \"" + move.id() + "\" without bodies",
                    "bodies: yes, because an item is assigned to one lead body under another that supervises it");
        }
        if (kind.loop() && to == CoreState.SUBMITTED && move.evidence().isEmpty()) {
            node.refuse(
                    "step \"" + move.id() + "\" without evidence",
                    "evidence, because nothing is reported back without proof");
        }
        if (kind.loop()
                && from == CoreState.VERIFYING
                && to == CoreState.CLOSED
                && move.evidence().isEmpty()) {
            node.refuse("step \"" + move.id() + "\" without evidence", "evidence, because closing leaves a record");
        }
        if (to == CoreState.REOPENED && !move.reason()) {
            node.refuse("step \"" + move.id() + "\" without a reason", "reason: yes, because reopening always has one");
        }
    }

    /** Another person of the role must agree: whose role is outside the house cannot. */
    private void approval(PackNode node, Move move) {
        if (role(move.approval()).filter(Role::outside).isPresent()) {
            node.refuse("approval by \"" + move.approval() + "\", who is outside", "a role of the house");
        }
    }

    /** A field that only one role may set, needed where that role has nothing to do any more, nobody can fill. */
    private void fields(PackNode node, Move move) {
        for (var name : move.fields()) {
            var setter = kind.findField(name).map(Field::setBy).orElse("");
            var may = setter.isEmpty()
                    || earlier(move).stream().anyMatch(one -> one.by().contains(setter));
            if (!may) {
                node.refuse(
                        "field \"" + name + "\" that only \"" + setter + "\" may set",
                        "a field that somebody can fill before the step \"" + move.id() + "\"");
            }
        }
    }

    /** The step itself and those from which its beginning is reached. */
    private List<Move> earlier(Move move) {
        return kind.moves().stream()
                .filter(one -> one == move
                        || from(Set.of(one.to()), step -> true).contains(move.from())
                        || one.from().equals(move.from()))
                .toList();
    }

    private void separations() {
        var nodes = items("separation");
        for (var i = 0; i < kind.separations().size() && i < nodes.size(); i++) {
            var rule = kind.separations().get(i);
            var move = kind.findMove(rule.move());
            if (move.isEmpty()) {
                continue;
            }
            if (rule.notBy().contains(rule.move())) {
                nodes.get(i).refuse("step \"" + rule.move() + "\" kept apart from itself", "other steps");
            }
            for (var body : List.of(Role.LEAD, Role.SUPERVISING)) {
                if (shut(rule, body) && ofBody(move.get(), body)) {
                    nodes.get(i)
                            .refuse(
                                    "a rule that nobody could satisfy: \"" + rule.move() + "\" is done by "
                                            + String.join(", ", move.get().by()) + ", all of the " + body
                                            + " body, which the rule shuts out",
                                    "a role of another body for \"" + rule.move() + "\", or a rule between persons");
                }
            }
        }
    }

    /** Whether the rule shuts out a body of the item for certain. */
    private boolean shut(Separation rule, String body) {
        var lead = body.equals(Role.LEAD) && rule.notBy().contains(Separation.LEAD);
        return lead
                || rule.body()
                        && rule.notBy().stream()
                                .flatMap(move -> kind.findMove(move).stream())
                                .anyMatch(move -> ofBody(move, body));
    }

    private boolean ofBody(Move move, String body) {
        return !move.by().isEmpty()
                && move.by().stream()
                        .allMatch(by ->
                                role(by).map(role -> role.body().equals(body)).orElse(false));
    }

    private void clocks() {
        var nodes = items("clocks");
        for (var i = 0; i < kind.clocks().size() && i < nodes.size(); i++) {
            var at = i;
            var clock = kind.clocks().get(i);
            var after = from(Set.of(clock.start()), move -> true);
            clock.stop().stream()
                    .filter(stop -> !stop.isEmpty() && !after.contains(stop))
                    .forEach(stop -> nodes.get(at)
                            .refuse("stop \"" + stop + "\"", "a stage that comes after \"" + clock.start() + "\""));
            var taken = kind.findMove(clock.onMiss());
            if (taken.filter(move -> !after.contains(move.from())).isPresent()) {
                nodes.get(i)
                        .refuse(
                                "on_miss \"" + clock.onMiss() + "\"",
                                "a step that can be taken after \"" + clock.start() + "\"");
            }
        }
    }

    private java.util.Optional<Role> role(String id) {
        return roles.stream().filter(role -> role.id().equals(id)).findFirst();
    }

    private List<PackNode> items(String key) {
        return written.find(key).map(list -> list.items(ProgrammeReader.MOST)).orElse(List.of());
    }
}
