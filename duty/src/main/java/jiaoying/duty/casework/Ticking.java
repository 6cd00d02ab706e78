package jiaoying.duty.casework;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Started;
import jiaoying.duty.casework.CaseFact.Stopped;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.programme.Cell;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Deadline;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Kind.ClockRule;
import jiaoying.duty.programme.Row;
import jiaoying.duty.programme.Term;
import jiaoying.duty.programme.WorkingCalendar;

/** When clocks run out (时限). A term of days ends with its last day, local time; hours, minutes and a moment that is given end at their moment. */
final class Ticking {
    private static final LocalTime OFFICE_OPENS = LocalTime.of(8, 30);
    private static final LocalTime OFFICE_CLOSES = LocalTime.of(17, 30);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final WorkingCalendar calendar;
    private final ZoneId zone;

    Ticking(WorkingCalendar calendar, ZoneId zone) {
        this.calendar = calendar;
        this.zone = zone;
    }

    /** Empty when the clock goes by a day that nobody has set. */
    Optional<Started> start(String item, Kind kind, ClockRule rule, Row row, Instant at) {
        if (rule.term().isPresent()) {
            return Optional.of(start(item, kind, rule.id(), rule.term().get(), at, at));
        }
        return switch (row.cell(rule.until())) {
            case Cell.Day day ->
                Optional.of(started(item, kind, rule.id(), endOf(day.value()), !calendar.planned(day.value()), at));
            case Cell.Word moment -> moment(moment.value()).map(due -> started(item, kind, rule.id(), due, false, at));
            case Cell.Num number -> Optional.empty();
            case Cell.Flag flag -> Optional.empty();
            case Cell.Missing missing -> Optional.empty();
        };
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Started start(String item, Kind kind, String clock, Term term, Instant from, Instant at) {
        var local = from.atZone(zone).toLocalDateTime();
        if (!term.unit().endsInADay()) {
            return started(item, kind, clock, term.from(local).atZone(zone).toInstant(), false, at);
        }
        var end = term.from(local.toLocalDate(), calendar);
        return started(item, kind, clock, endOf(end.day()), end.provisional(), at);
    }

    /** The moment at which a decision is due. */
    Instant due(Term term, Instant at) {
        var local = at.atZone(zone).toLocalDateTime();
        return term.unit().endsInADay()
                ? endOf(term.from(local.toLocalDate(), calendar).day())
                : term.from(local).atZone(zone).toInstant();
    }

    /** Goes on with what was left when it was paused. */
    Started resume(String item, Kind kind, Clock paused, Instant at) {
        var rule = kind.findClock(paused.name()).orElseThrow();
        var since = paused.endedAt().orElseThrow();
        var unit = rule.term().map(Term::unit).orElse(Term.Unit.DAYS);
        if (!unit.endsInADay()) {
            return started(
                    item,
                    kind,
                    paused.name(),
                    at.plus(Duration.between(since, paused.dueAt())),
                    paused.provisional(),
                    at);
        }
        var from = since.atZone(zone).toLocalDate();
        var last = lastDay(paused.dueAt());
        var working = unit == Term.Unit.WORKING_DAYS;
        var left = working
                ? (int) from.datesUntil(last.plusDays(1))
                        .skip(1)
                        .filter(calendar::worked)
                        .count()
                : (int) Math.max(0, last.toEpochDay() - from.toEpochDay());
        var roll = rule.term().map(Term::roll).orElse(false);
        var term = new Term(left, working ? Term.Unit.WORKING_DAYS : Term.Unit.DAYS, roll);
        return start(item, kind, paused.name(), term, at, at);
    }

    /** So many days more than before. */
    Started extended(String item, Kind kind, Clock clock, int days, Instant at) {
        var end = new Deadline(lastDay(clock.dueAt()).plusDays(days), clock.provisional());
        return started(
                item, kind, clock.name(), endOf(end.day()), end.provisional() || !calendar.planned(end.day()), at);
    }

    private LocalDate lastDay(Instant due) {
        return due.minusNanos(1).atZone(zone).toLocalDate();
    }

    Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** The clock's end, and the steps of supervision before and after it; a reminder whose day is past is left out. */
    private static Started started(String item, Kind kind, String clock, Instant due, boolean provisional, Instant at) {
        var timers = new ArrayList<Timer>();
        timers.add(new Timer(CaseFact.clockTimer(item, clock), due));
        for (var rung : kind.ladder()) {
            var when = due.plus(Duration.ofDays(rung.offset()));
            if (rung.clock().equals(clock) && (rung.offset() >= 0 || when.isAfter(at))) {
                timers.add(new Timer(CaseFact.rungTimer(item, rung.id()), when));
            }
        }
        return new Started(clock, due, provisional, List.copyOf(timers));
    }

    /** Names of the timers of a clock and its steps. */
    static List<String> timers(String item, Kind kind, String clock) {
        var ids = new ArrayList<String>();
        ids.add(CaseFact.clockTimer(item, clock));
        kind.ladder().stream()
                .filter(rung -> rung.clock().equals(clock))
                .forEach(rung -> ids.add(CaseFact.rungTimer(item, rung.id())));
        return List.copyOf(ids);
    }

    /**
     * When a message about work goes out: at a whole minute in office hours, half a minute from now at the earliest, so that those
     * that fall due together go together.
     */
    Instant workMessage(Instant at) {
        var minute = at.plus(HALF_A_MINUTE).truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        return inOfficeHours(minute);
    }

    /** The same in office hours, else when the office opens next. */
    private Instant inOfficeHours(Instant at) {
        var local = at.atZone(zone);
        var day = local.toLocalDate();
        if (calendar.worked(day)) {
            if (local.toLocalTime().isBefore(OFFICE_OPENS)) {
                return day.atTime(OFFICE_OPENS).atZone(zone).toInstant();
            }
            if (local.toLocalTime().isBefore(OFFICE_CLOSES)) {
                return at;
            }
        }
        do {
            day = day.plusDays(1);
        } while (!calendar.worked(day));
        return day.atTime(OFFICE_OPENS).atZone(zone).toInstant();
    }

    /**
     * What is sent back after it was reported back is owed again: each clock that the report had stopped counts anew, and ends where it
     * ended before when the law gives it, or when those who have to do the work took it back themselves.
     *
     * @param own     taken back by a body that leads or led the item
     * @param started with the same step already
     */
    List<Started> startedAgain(
            Item item, String stage, List<Entry> fields, boolean own, List<Started> started, Instant at) {
        var from = item.kind().stage(item.stage()).core();
        var back = item.kind().loop()
                && item.kind().stage(stage).core() == CoreState.IN_HAND
                && (from == CoreState.VERIFYING || from == CoreState.REOPENED);
        if (!back) {
            return List.of();
        }
        var row = item.with(fields);
        var again = new ArrayList<Started>();
        for (var rule : item.kind().clocks()) {
            var counts = item.clocks().containsKey(rule.id())
                    || started.stream().anyMatch(one -> one.clock().equals(rule.id()));
            var reported =
                    rule.stop().stream().anyMatch(one -> item.kind().stage(one).core() == CoreState.SUBMITTED);
            if (reported && !counts && rule.when().holds(row, CaseStep.NO_PERIOD)) {
                item.endedLast(rule.id())
                        .ifPresent(last -> again.addAll(
                                own || rule.basis().kind().equals("law")
                                        ? List.of(started(
                                                item.id(),
                                                item.kind(),
                                                rule.id(),
                                                last.dueAt(),
                                                last.provisional(),
                                                at))
                                        : start(item.id(), item.kind(), rule, row, at).stream()
                                                .toList()));
            }
        }
        return again;
    }

    /** Clocks that an item's coming to a stage starts. @param stopped with the same step */
    List<Started> startedAt(Item item, String stage, List<Entry> fields, List<Stopped> stopped, Instant at) {
        var row = item.with(fields);
        return item.kind().clocks().stream()
                .filter(rule -> rule.start().equals(stage) && rule.when().holds(row, CaseStep.NO_PERIOD))
                .filter(rule -> !item.clocks().containsKey(rule.id())
                        || stopped.stream().anyMatch(one -> one.clock().equals(rule.id())))
                .flatMap(rule -> start(item.id(), item.kind(), rule, row, at).stream())
                .toList();
    }
}
