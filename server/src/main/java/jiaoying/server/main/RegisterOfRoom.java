package jiaoying.server.main;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.call.LineSizing;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival.RegisterChanged;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.server.register.Register;
import jiaoying.server.register.RegisterDesk;
import jiaoying.server.register.RegisterImport.Ground;
import jiaoying.server.reply.Problem;
import jiaoying.server.store.RegisterStore;

/** Opens the city register of a room for {@code ./jiaoying register}, whether its server runs or not. */
final class RegisterOfRoom implements RegisterDesk {
    /** Duties for which nobody is called in a storm. */
    private static final Set<String> NOT_CALLED = Set.of(Roster.HEAD_RECIPIENT, Roster.DRILL_PARTICIPANT);

    private final Words words;

    RegisterOfRoom(Words words) {
        this.words = words;
    }

    @Override
    public Open open(Optional<Path> data, Optional<String> room) {
        var choice = new RoomChoice();
        choice.data = data.orElse(null);
        choice.databaseUrl = System.getenv("JIAOYING_DATABASE_URL");
        var rooms = choice.open();
        try {
            return new OpenRegister(rooms, rooms.room(room).id());
        } catch (RuntimeException e) {
            rooms.close();
            throw e;
        }
    }

    private final class OpenRegister implements Open {
        private final OpenRooms rooms;
        private final String room;

        OpenRegister(OpenRooms rooms, String room) {
            this.rooms = rooms;
            this.room = room;
        }

        @Override
        public Register present() {
            var store = new RegisterStore(rooms.database());
            var rows = new ArrayList<Fact>();
            rows.addAll(store.areas(room));
            rows.addAll(store.bodies(room));
            rows.addAll(store.persons(room));
            rows.addAll(store.contacts(room));
            rows.addAll(store.duties(room));
            rows.addAll(store.stations(room));
            rows.addAll(store.thresholds(room));
            rows.addAll(store.sites(room));
            rows.addAll(store.shifts(room));
            return Register.of(rows);
        }

        @Override
        public Optional<Ground> ground() {
            return rooms.directory().kind() == DataDirectory.Kind.REAL
                    ? Optional.of(new Ground(boundaries().find()))
                    : Optional.empty();
        }

        private Boundaries boundaries() {
            return Boundaries.of(rooms.directory().path());
        }

        /** A demonstration keeps the sketch it came with. */
        @Override
        public Answer change(RegisterChanged change, Optional<String> brought) {
            var taken = brought.filter(text -> ground().isPresent());
            taken.ifPresent(boundaries()::prepare);
            var answer = change.rows().isEmpty() ? new Answer(true, words.say("register.same", room)) : answer(change);
            if (taken.isPresent()) {
                if (answer.done()) {
                    boundaries().takeOver();
                } else {
                    boundaries().discard();
                }
            }
            return answer;
        }

        private Answer answer(RegisterChanged change) {
            try {
                var outcome = rooms.put(room, change);
                return new Answer(outcome instanceof Outcome.Done || outcome instanceof Outcome.Stored, said(outcome));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refusal("room.busy", room, "-");
            }
        }

        private String said(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Done done -> words.say("register.done", room) + lines();
                case Outcome.Stored stored -> words.say("register.done", room);
                case Outcome.Refused no -> refused(Problem.Words.refused(words.texts(), no));
                case Outcome.SetAside aside -> words.say("register.aside", room, aside.problem());
            };
        }

        /** Says so at once when the telephone lines of the plan cannot ring everybody of this register in the plan's minutes. */
        private String lines() {
            var plan = rooms.directory().plan().read().plan(words.tag());
            var people = Map.of(SignalColor.RED, withPhones());
            return plan.trunk()
                    .flatMap(trunk -> {
                        var sizing = new LineSizing(plan.ladders(), trunk);
                        return sizing.play(people).stream()
                                .filter(row -> row.people() > 0 && !row.kept())
                                .findFirst()
                                .map(row -> words.say(
                                        "register.lines",
                                        row.people(),
                                        trunk.lines(),
                                        LinesCommand.minutes(row.allRung().toSeconds()),
                                        LinesCommand.minutes(row.nextDue().toSeconds()),
                                        sizing.linesNeeded(people, LinesCommand.LINES_MAX)));
                    })
                    .map("\n"::concat)
                    .orElse("");
        }

        /** People with a duty who have a telephone. */
        private int withPhones() {
            var store = new RegisterStore(rooms.database());
            var called = store.duties(room).stream()
                    .filter(duty -> !NOT_CALLED.contains(duty.duty()))
                    .map(DutyAssigned::person)
                    .collect(Collectors.toSet());
            return (int) store.contacts(room).stream()
                    .filter(contact -> contact.channel().equals(Channel.VOICE.word()))
                    .map(ContactRegistered::person)
                    .distinct()
                    .filter(called::contains)
                    .count();
        }

        private String refused(Problem.Words no) {
            return words.say("register.refused", room, no.what(), no.value(), no.allowed(), no.todo());
        }

        @Override
        public void close() {
            rooms.close();
        }
    }
}
