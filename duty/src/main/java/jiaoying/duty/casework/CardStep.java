package jiaoying.duty.casework;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.programme.Kind.ClockRule;
import jiaoying.duty.programme.Kind.Rung;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Role;

/** Steps of supervision (督办): who gets which card, and what follows when nobody answers it. */
final class CardStep {
    private static final Period NO_PERIOD =
            new Period(java.time.LocalDate.MIN, java.time.LocalDate.MAX, java.time.LocalDate.MAX);

    private static final List<String> LEVELS = Programme.CARD_LEVELS;

    /** How long a card about work waits while those concerned are called in a storm. */
    private static final Duration STORM = Duration.ofHours(1);

    private static final int PRIORITY_LIFE = 5;
    private static final int PRIORITY_WORK = 60;

    private final Instant at;
    private final Item item;
    private final Programme programme;
    private final Directory directory;
    private final Ticking ticking;
    private final Predicate<String> inStorm;
    private final Together together;
    private final String mark;

    CardStep(
            Instant at,
            Item item,
            Programme programme,
            Directory directory,
            Ticking ticking,
            Predicate<String> inStorm,
            Together together,
            String mark) {
        this.at = at;
        this.item = item;
        this.programme = programme;
        this.directory = directory;
        this.ticking = ticking;
        this.inStorm = inStorm;
        this.together = together;
        this.mark = mark;
    }

    /** A step that its clock brings; nothing when the clock has been met, or is paused. */
    List<CaseFact> rung(String name) {
        var rung = item.kind().ladder().stream()
                .filter(one -> one.id().equals(name))
                .findFirst();
        var clock = rung.flatMap(one -> Optional.ofNullable(item.clocks().get(one.clock()))
                .filter(running -> item.open())
                .or(() -> endedItem(one.clock())));
        if (clock.isEmpty() || !rung.get().when().holds(item.with(List.of()), NO_PERIOD)) {
            return List.of();
        }
        var rule = item.kind().findClock(clock.get().name());
        var watched = rule.filter(ClockRule::watchOnly).isPresent();
        var due = clock.get().dueAt();
        var reason = rule.map(one -> one.name().zh()).orElse("");
        return watched ? liaison(rung.get(), reason, due) : issue(rung.get(), reason, due, List.of());
    }

    /** Cards of the end of a clock whose missing ends the item, so that no later step can bring them. */
    List<CaseFact> atTheEnd(Clock clock) {
        var reason = item.kind()
                .findClock(clock.name())
                .map(rule -> rule.name().zh())
                .orElse("");
        return item.kind().ladder().stream()
                .filter(rung -> rung.clock().equals(clock.name()) && rung.offset() == 0)
                .filter(rung -> rung.when().holds(item.with(List.of()), NO_PERIOD))
                .flatMap(rung -> issue(rung, reason, clock.dueAt(), List.of()).stream())
                .toList();
    }

    /** A clock that was missed and ended the item by that: its card may have waited. */
    private Optional<Clock> endedItem(String clock) {
        var last = item.acts().getLast().move();
        return item.endedLast(clock)
                .filter(one -> one.state() == Clock.State.MISSED)
                .filter(one -> item.kind()
                        .findClock(clock)
                        .filter(rule ->
                                !rule.onMiss().isEmpty() && rule.onMiss().equals(last))
                        .isPresent());
    }

    /** Whoever keeps the clock is outside: those inside who follow it are reminded, and nobody is carded. */
    private List<CaseFact> liaison(Rung rung, String reason, Instant due) {
        var persons = people(supervising());
        return List.of(card(rung, "blue", persons, reason, due, Optional.empty()));
    }

    /** @param more people beside the holders of the step's roles */
    List<CaseFact> issue(Rung rung, String reason, Instant due, List<String> more) {
        var persons = inside(Stream.concat(people(rung.to()).stream(), more.stream()));
        if (!rung.urgent() && persons.stream().anyMatch(inStorm)) {
            return List.of(new CaseFact.CardHeld(item.id(), rung.id(), at.plus(STORM)));
        }
        return List.of(card(rung, rung.level(), persons, reason, due, rung.answer()));
    }

    /** What the leaders are told without an answer being owed. */
    CaseFact report(String id, String name, String reason) {
        var leaders = people(
                programme.roles().stream().filter(Role::leader).map(Role::id).toList());
        var sent = ticking.workMessage(at);
        var card = "K" + (item.cards().size() + 1);
        return new CaseFact.CardIssued(
                item.id(),
                card,
                id,
                "report",
                leaders,
                reason,
                at,
                Optional.empty(),
                leaders.stream()
                        .flatMap(person -> work(id, "report", name, reason, person, sent).stream())
                        .toList());
    }

    /** Where somebody outside would be carded, those who follow the item here are told instead. */
    private List<String> inside(Stream<String> persons) {
        var named = persons.distinct().toList();
        var inside = new ArrayList<>(
                named.stream().filter(person -> !outside(person)).toList());
        if (inside.size() < named.size()) {
            people(supervising()).stream()
                    .filter(person -> !inside.contains(person) && !outside(person))
                    .forEach(inside::add);
        }
        return inside;
    }

    private boolean outside(String person) {
        return directory.watchedOnly(directory.bodyOf(person));
    }

    private List<String> supervising() {
        return programme.roles().stream()
                .filter(role -> role.body().equals(Role.SUPERVISING) && !role.outside())
                .map(Role::id)
                .toList();
    }

    private List<String> people(List<String> roles) {
        return roles.stream()
                .flatMap(role -> programme.findRole(role).stream())
                .filter(role -> !role.outside())
                .flatMap(role -> directory.holders(programme.name(), role.id(), body(role)).stream())
                .distinct()
                .toList();
    }

    private String body(Role role) {
        return switch (role.body()) {
            case Role.LEAD -> item.lead();
            case Role.SUPERVISING -> item.supervising();
            default -> "";
        };
    }

    private CaseFact card(
            Rung rung, String level, List<String> persons, String reason, Instant due, Optional<Duration> answer) {
        var id = "K" + (item.cards().size() + 1);
        var sent = rung.urgent() ? at : ticking.workMessage(at);
        var called = rung.name().zh();
        var name = level.equals(rung.level()) ? called : programme.card(level).zh() + "：" + called;
        return new CaseFact.CardIssued(
                item.id(),
                id,
                rung.id(),
                level,
                List.copyOf(persons),
                reason,
                due,
                answer.map(sent::plus),
                persons.stream()
                        .flatMap(person -> rung.urgent()
                                ? life(id, name, reason, person)
                                : work(rung.id(), level, name, reason, person, sent).stream())
                        .toList());
    }

    /** Life: a call and a text, at once. */
    private Stream<Errand> life(String card, String name, String reason, String person) {
        var message = mark + Together.message(name, List.of(Together.line(item, reason)));
        return Stream.of(Channel.VOICE, Channel.TEXT)
                .filter(way -> directory.reachableBy(person, way.word()))
                .map(way -> errand(
                        ErrandKey.of(item.id(), card, person, way.word()), way, PRIORITY_LIFE, at, person, message));
    }

    /** Work: one message in office hours, with the other cards of the step that go to the person then. */
    private Optional<Errand> work(String rung, String level, String name, String reason, String person, Instant sent) {
        var step = Together.step(item, rung, level);
        var message = mark + Together.message(name, together.lines(step, person, sent, Together.line(item, reason)));
        return Stream.of(Channel.TEXT, Channel.MAIL)
                .filter(way -> directory.reachableBy(person, way.word()))
                .findFirst()
                .map(way -> errand(
                        ErrandKey.of(step, person, sent.toString(), way.word()),
                        way,
                        PRIORITY_WORK,
                        sent,
                        person,
                        message));
    }

    private static Errand errand(
            String key, Channel way, int priority, Instant notBefore, String person, String message) {
        return new Errand(key, way, Purpose.CARD, priority, notBefore, "", "", person, message);
    }

    /** An unanswered card goes one level up, to the leaders too; one about work waits with its people while they are called in a storm. */
    List<CaseFact> unanswered(String id) {
        var card = item.cards().get(id);
        if (card == null || !card.how().equals("open")) {
            return List.of();
        }
        var waits = item.kind().ladder().stream()
                .anyMatch(one -> one.id().equals(card.issued().rung()) && !one.urgent());
        if (waits && item.open() && card.issued().persons().stream().anyMatch(inStorm)) {
            return List.of(new CaseFact.AnswerHeld(item.id(), id, at.plus(STORM)));
        }
        var facts = new ArrayList<CaseFact>();
        facts.add(new CaseFact.CardUnanswered(item.id(), id));
        var next = LEVELS.indexOf(card.issued().level()) + 1;
        var rung = item.kind().ladder().stream()
                .filter(one -> one.id().equals(card.issued().rung()))
                .findFirst();
        if (rung.isPresent() && next < LEVELS.size() && item.open()) {
            var persons = new ArrayList<>(card.issued().persons());
            people(programme.roles().stream().filter(Role::leader).map(Role::id).toList()).stream()
                    .filter(person -> !persons.contains(person))
                    .forEach(persons::add);
            var last = next == LEVELS.size() - 1;
            facts.add(card(
                    rung.get(),
                    LEVELS.get(next),
                    persons,
                    card.issued().reason(),
                    card.issued().dueAt(),
                    last ? Optional.empty() : rung.get().answer()));
        }
        return facts;
    }
}
