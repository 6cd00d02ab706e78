package jiaoying.duty.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind.Extension;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Kind.Separation;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Role;

/**
 * Who may do what (职责分离). Some of it is the pack's; that nobody closes what he or, for more than the lowest level, his body
 * answers for is not, and no pack can take it away.
 */
final class Guards {
    private final Programme programme;
    private final Item item;
    private final Directory directory;

    Guards(Programme programme, Item item, Directory directory) {
        this.programme = programme;
        this.item = item;
        this.directory = directory;
    }

    /** The person in the first of the roles that he holds, or is the deputy for, and that fits the item's bodies. */
    Actor actor(String person, String onBehalfOf, String role, List<String> roles) {
        var principal = onBehalfOf.isEmpty() ? person : onBehalfOf;
        var body = directory.bodyOf(principal);
        if (!onBehalfOf.isEmpty() && !directory.bodyOf(person).equals(body)) {
            throw new Refused(No.NOT_YOUR_ROLE, person, body);
        }
        return roles.stream()
                .filter(one -> role.isEmpty() || one.equals(role))
                .filter(one -> directory.holds(principal, programme.name(), one))
                .filter(one -> onBehalfOf.isEmpty() || directory.deputizes(person, onBehalfOf, programme.name(), one))
                .filter(one -> fits(one, body))
                .findFirst()
                .map(one -> new Actor(person, directory.bodyOf(person), one, onBehalfOf))
                .orElseThrow(() -> new Refused(No.NOT_YOUR_ROLE, person, names(roles)));
    }

    /** Anybody who has a role in the item's programme that fits. */
    Actor anybody(String person, String onBehalfOf, String role) {
        return actor(
                person,
                onBehalfOf,
                role,
                programme.roles().stream().map(Role::id).toList());
    }

    /** Somebody of the supervising body, never of the lead's. */
    Actor supervisor(String person, String role) {
        var actor = actor(person, "", role, supervising());
        if (item.led(actor.body()) || actor.body().isEmpty()) {
            throw new Refused(No.OWN_ITEM, person, actor.body());
        }
        return actor;
    }

    /** Whoever agrees to a step: nobody of a body that led the item. */
    Actor approver(String person, String role, Move move) {
        var actor = actor(person, "", role, List.of(move.approval()));
        if (item.kind().loop() && item.led(actor.body())) {
            throw new Refused(No.OWN_ITEM, person, actor.body());
        }
        return actor;
    }

    /** Who asks for more time: the lead body. */
    Actor asker(String person, String role) {
        var actor = anybody(person, "", role);
        if (!item.lead().equals(actor.body())) {
            throw new Refused(No.NOT_YOUR_ROLE, person, item.lead());
        }
        return actor;
    }

    /** Who decides on more time: neither the body that asked nor one that led the item. */
    Actor decider(String person, String role, Extension rule, String askedBy) {
        var actor = actor(person, "", role, rule.by());
        if (actor.body().isEmpty() || actor.body().equals(askedBy) || item.led(actor.body())) {
            throw new Refused(No.OWN_ITEM, person, actor.body());
        }
        return actor;
    }

    /** More time is asked for while the clock still counts. */
    static void inTime(String clock, boolean running, Instant dueAt, Instant at) {
        if (!running || !at.isBefore(dueAt)) {
            throw new Refused(No.TOO_LATE, clock, dueAt.toString());
        }
    }

    /** More time is given so many times, and so many days in all. @param granted days of each time so far */
    static void moreLeft(String clock, List<Integer> granted, Extension rule) {
        if (granted.size() >= rule.times() || rule.left(granted) < 1) {
            throw new Refused(No.TOO_OFTEN, clock, Integer.toString(rule.times()));
        }
    }

    /** Who answers a card: somebody to whom it went. */
    static void addressed(String person, List<String> persons) {
        if (!persons.contains(person)) {
            throw new Refused(No.NOT_YOUR_ROLE, person, String.join(", ", persons));
        }
    }

    private boolean fits(String role, String body) {
        return switch (programme.findRole(role).map(Role::body).orElse(Role.ANY)) {
            case Role.LEAD -> item.lead().isEmpty() || item.lead().equals(body);
            case Role.SUPERVISING ->
                item.supervising().isEmpty() || item.supervising().equals(body);
            default -> true;
        };
    }

    private String names(List<String> roles) {
        return String.join(
                ", ",
                roles.stream()
                        .map(role -> programme
                                .findRole(role)
                                .map(one -> one.name().zh())
                                .orElse(role))
                        .toList());
    }

    /** Separation by the pack and by the house, over the whole history. */
    void separate(Move move, Actor actor, int levelNow) {
        if (item.kind().loop() && !item.open() && !item.takenFrom().isEmpty()) {
            throw new Refused(No.ENDED_ELSEWHERE, item.opened().number(), item.takenFrom());
        }
        var highest = Math.max(item.highestLevel(), levelNow);
        for (var rule : item.kind().separations()) {
            if (rule.move().equals(move.id()) && holds(rule, highest)) {
                apart(rule, actor);
            }
        }
        var from = item.kind().stage(move.from()).core();
        var to = item.kind().stage(move.to()).core();
        if (item.kind().loop() && to == CoreState.CLOSED) {
            ownWork(actor);
            if (highest > 0) {
                ownBody(actor);
            }
        }
        if (item.kind().loop() && (to == CoreState.VOID || to == CoreState.TRANSFERRED) && from != CoreState.DRAFT) {
            ownBody(actor);
        }
    }

    private boolean holds(Separation rule, int highest) {
        return rule.strict().isEmpty()
                || item.kind()
                        .findField(item.kind().level())
                        .filter(field -> rule.strict().stream().anyMatch(level -> field.rank(level) <= highest))
                        .isPresent();
    }

    private void apart(Separation rule, Actor actor) {
        for (var act : item.acts()) {
            if (rule.notBy().contains(act.move())) {
                if (same(act.by(), actor)) {
                    throw new Refused(No.SEPARATION, actor.person(), act.move());
                }
                if (rule.body() && bodies(act.by()).stream().anyMatch(bodies(actor)::contains)) {
                    throw new Refused(No.SEPARATION, actor.body(), act.move());
                }
            }
        }
        if (rule.notBy().contains(Separation.LEAD)) {
            ownBody(actor);
        }
    }

    private static boolean same(Actor one, Actor other) {
        return people(one).stream().anyMatch(people(other)::contains);
    }

    private static List<String> people(Actor actor) {
        var people = new ArrayList<String>();
        Optional.of(actor.person()).filter(one -> !one.isEmpty()).ifPresent(people::add);
        Optional.of(actor.onBehalfOf()).filter(one -> !one.isEmpty()).ifPresent(people::add);
        return people;
    }

    private List<String> bodies(Actor actor) {
        var bodies = new ArrayList<String>();
        Optional.of(actor.body()).filter(one -> !one.isEmpty()).ifPresent(bodies::add);
        if (!actor.onBehalfOf().isEmpty()) {
            Optional.of(directory.bodyOf(actor.onBehalfOf()))
                    .filter(one -> !one.isEmpty())
                    .ifPresent(bodies::add);
        }
        return bodies;
    }

    /** What was done in a part of the item was done for the whole: who did it does not close the whole. */
    void separateFromPart(Item part, Actor actor) {
        var guards = new Guards(programme, part, directory);
        guards.ownWork(actor);
        if (item.highestLevel() > 0 && part.core() == CoreState.CLOSED) {
            guards.ownBody(actor);
        }
    }

    /** Whoever had a hand in rectifying or reporting back, or showed the evidence of it, does not close. */
    private void ownWork(Actor actor) {
        for (var act : item.acts()) {
            var work = !act.from().isEmpty()
                    && (item.kind().stage(act.to()).core() == CoreState.SUBMITTED
                            || item.kind().stage(act.from()).core() == CoreState.ACCEPTED
                            || item.kind().stage(act.to()).core() == CoreState.ACCEPTED);
            if (work && same(act.by(), actor)) {
                throw new Refused(No.SEPARATION, actor.person(), act.move());
            }
        }
        var closing = item.indexOfLast(CoreState.VERIFYING);
        for (var kept : item.proofs()) {
            if (kept.steps() <= closing
                    && same(kept.by(), actor)
                    && item.worked(kept.by().body())) {
                throw new Refused(No.SEPARATION, actor.person(), kept.proof().need());
            }
        }
    }

    private void ownBody(Actor actor) {
        bodies(actor).stream().filter(item::led).findFirst().ifPresent(body -> {
            throw new Refused(No.OWN_ITEM, actor.person(), body);
        });
        if (actor.body().isEmpty() && !actor.equals(Actor.CLOCK)) {
            throw new Refused(No.OWN_ITEM, actor.person(), "");
        }
    }

    /** Closed only after the four acts: discovered, supervised, rectified, reported back. */
    void fourActs() {
        if (!item.kind().loop()) {
            return;
        }
        var registered =
                item.last(CoreState.REGISTERED).filter(act -> !act.by().person().isEmpty());
        var assigned = item.last(CoreState.ASSIGNED);
        var inHand = item.indexOfLast(CoreState.IN_HAND);
        var submitted = item.indexOfLast(CoreState.SUBMITTED);
        if (registered.isEmpty()) {
            throw new Refused(No.ACT_MISSING, item.id(), CoreState.REGISTERED.name());
        }
        if (assigned.isEmpty()
                || item.lead().isEmpty()
                || item.supervising().isEmpty()
                || item.lead().equals(item.supervising())) {
            throw new Refused(No.ACT_MISSING, item.id(), CoreState.ASSIGNED.name());
        }
        if (inHand < 0 || submitted < inHand) {
            throw new Refused(No.ACT_MISSING, item.id(), CoreState.SUBMITTED.name());
        }
        if (item.indexOfLast(CoreState.VERIFYING) < submitted) {
            throw new Refused(No.ACT_MISSING, item.id(), CoreState.VERIFYING.name());
        }
    }

    /** A step that may be taken only so often. */
    void oftenEnough(Move move) {
        var taken =
                item.acts().stream().filter(act -> act.move().equals(move.id())).count();
        if (move.most() > 0 && taken >= move.most()) {
            throw new Refused(No.TOO_OFTEN, move.id(), Integer.toString(move.most()));
        }
    }

    /** Another person has agreed since the item came to this stage. */
    void approved(Move move, Actor actor) {
        if (!move.approval().isEmpty()) {
            var by = item.approval(move.id())
                    .orElseThrow(() -> new Refused(No.NOT_APPROVED, move.id(), names(List.of(move.approval()))));
            if (by.person().equals(actor.person()) || by.person().equals(actor.onBehalfOf())) {
                throw new Refused(No.NOT_APPROVED, by.person(), names(List.of(move.approval())));
            }
        }
    }

    /** Each entry is a value of a field of the kind, set by whom it may be set. */
    void fields(List<Entry> entries, Actor actor) {
        for (var entry : entries) {
            var field = item.kind()
                    .findField(entry.field())
                    .orElseThrow(() -> new Refused(
                            No.BAD_FIELD,
                            entry.field(),
                            String.join(
                                    ", ",
                                    item.kind().fields().stream().map(Field::id).toList())));
            if (!field.takes(entry.value()) || entry.value().isEmpty() && field.required()) {
                throw new Refused(
                        No.BAD_FIELD,
                        entry.field() + " = " + entry.value(),
                        field.type().word());
            }
            if (!field.offers(entry.value()) && !item.field(entry.field()).equals(entry.value())) {
                throw new Refused(
                        No.BAD_FIELD, entry.field() + " = " + entry.value(), String.join(", ", field.offered()));
            }
            if (measuresEvidence(field) && !item.field(field.id()).isEmpty() && led(actor)) {
                throw new Refused(No.NOT_YOUR_FIELD, entry.field(), names(supervising()));
            }
            if (!field.setBy().isEmpty() && !directory.holds(principal(actor), programme.name(), field.setBy())) {
                throw new Refused(No.NOT_YOUR_FIELD, entry.field(), names(List.of(field.setBy())));
            }
        }
    }

    /** By the place, and by the moment of discovery, evidence is judged: who has to bring it does not move them. */
    private boolean measuresEvidence(Field field) {
        return item.kind().loop()
                && (field.type() == Field.Type.PLACE
                        || item.kind().evidence().stream()
                                .anyMatch(need -> need.afterField().equals(field.id())));
    }

    private boolean led(Actor actor) {
        return bodies(actor).stream().anyMatch(item::led);
    }

    private List<String> supervising() {
        return programme.roles().stream()
                .filter(role -> role.body().equals(Role.SUPERVISING))
                .map(Role::id)
                .toList();
    }

    private static String principal(Actor actor) {
        return actor.onBehalfOf().isEmpty() ? actor.person() : actor.onBehalfOf();
    }
}
