package jiaoying.duty.casework;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

    /** From the mildest up; the last goes to the leader and owes no answer. */
    private static final List<String> LEVELS = List.of("blue", "yellow", "red", "interview", "report");

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
    private final String mark;

    CardStep(
            Instant at,
            Item item,
            Programme programme,
            Directory directory,
            Ticking ticking,
            Predicate<String> inStorm,
            String mark) {
        this.at = at;
        this.item = item;
        this.programme = programme;
        this.directory = directory;
        this.ticking = ticking;
        this.inStorm = inStorm;
        this.mark = mark;
    }

    /** A step that its clock brings; nothing when the clock has been met, or is paused. */
    List<CaseFact> rung(String name) {
        var rung = item.kind().ladder().stream()
                .filter(one -> one.id().equals(name))
                .findFirst();
        var clock = rung.flatMap(one -> Optional.ofNullable(item.clocks().get(one.clock())));
        if (clock.isEmpty() || !item.open() || !rung.get().when().holds(item.with(List.of()), NO_PERIOD)) {
            return List.of();
        }
        var rule = item.kind().findClock(clock.get().name());
        var watched = rule.filter(ClockRule::watchOnly).isPresent();
        var due = clock.get().dueAt();
        var reason = rule.map(one -> one.name().zh()).orElse("");
        return watched ? liaison(rung.get(), reason, due) : issue(rung.get(), reason, due, List.of());
    }

    /** Whoever keeps the clock is outside: those inside who follow it are reminded, and nobody is carded. */
    private List<CaseFact> liaison(Rung rung, String reason, Instant due) {
        var persons = people(programme.roles().stream()
                .filter(role -> role.body().equals(Role.SUPERVISING) && !role.outside())
                .map(Role::id)
                .toList());
        return List.of(card(rung, "blue", persons, reason, due, Optional.empty()));
    }

    /** @param more people beside the holders of the step's roles */
    List<CaseFact> issue(Rung rung, String reason, Instant due, List<String> more) {
        var persons = new ArrayList<>(people(rung.to()));
        more.stream().filter(person -> !persons.contains(person)).forEach(persons::add);
        if (!rung.urgent() && persons.stream().anyMatch(inStorm)) {
            return List.of(new CaseFact.CardHeld(item.id(), rung.id(), at.plus(STORM)));
        }
        return List.of(card(rung, rung.level(), persons, reason, due, rung.answer()));
    }

    /** What the leaders are told without an answer being owed. */
    CaseFact report(String id, String name, String reason) {
        var leaders = people(
                programme.roles().stream().filter(Role::leader).map(Role::id).toList());
        var sent = ticking.inOfficeHours(at);
        var card = "K" + (item.cards().size() + 1);
        var message = mark + "【" + name + "】" + item.opened().number() + " " + title() + "：" + reason;
        return new CaseFact.CardIssued(
                item.id(),
                card,
                id,
                "report",
                leaders,
                reason,
                at,
                Optional.empty(),
                errands(false, card, leaders, message, sent));
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
        var sent = rung.urgent() ? at : ticking.inOfficeHours(at);
        var message = mark + "【" + rung.name().zh() + "】" + item.opened().number() + " " + title() + "：" + reason;
        return new CaseFact.CardIssued(
                item.id(),
                id,
                rung.id(),
                level,
                List.copyOf(persons),
                reason,
                due,
                answer.map(sent::plus),
                errands(rung.urgent(), id, persons, message, sent));
    }

    /** The first field of the kind names its items. */
    private String title() {
        return item.kind().fields().isEmpty()
                ? ""
                : item.field(item.kind().fields().getFirst().id());
    }

    /** Life: a call and a text. Work: one message in office hours. */
    private List<Errand> errands(boolean urgent, String card, List<String> persons, String message, Instant sent) {
        var errands = new ArrayList<Errand>();
        for (var person : persons) {
            var ways = urgent ? List.of(Channel.VOICE, Channel.TEXT) : List.of(Channel.TEXT, Channel.MAIL);
            for (var way : ways) {
                if (directory.reachableBy(person, way.word())) {
                    errands.add(new Errand(
                            ErrandKey.of(item.id(), card, person, way.word()),
                            way,
                            Purpose.CARD,
                            urgent ? PRIORITY_LIFE : PRIORITY_WORK,
                            sent,
                            "",
                            "",
                            person,
                            message));
                    if (!urgent) {
                        break;
                    }
                }
            }
        }
        return List.copyOf(errands);
    }

    /** An unanswered card goes one level up, to the leaders too. */
    List<CaseFact> unanswered(String id) {
        var card = item.cards().get(id);
        if (card == null || !card.how().equals("open")) {
            return List.of();
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
