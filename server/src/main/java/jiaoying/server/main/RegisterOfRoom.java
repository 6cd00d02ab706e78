package jiaoying.server.main;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival.RegisterChanged;
import jiaoying.duty.room.Outcome;
import jiaoying.server.register.Register;
import jiaoying.server.register.RegisterDesk;
import jiaoying.server.store.RegisterStore;

/** Opens the city register of a room for {@code ./jiaoying register}, whether its server runs or not. */
final class RegisterOfRoom implements RegisterDesk {
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
            rows.addAll(store.sites(room));
            rows.addAll(store.shifts(room));
            return Register.of(rows);
        }

        @Override
        public String change(RegisterChanged change) {
            try {
                return said(rooms.put(room, change));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refusal("room.busy", room, "-");
            }
        }

        private String said(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Done done -> words.say("register.done", room);
                case Outcome.Stored stored -> words.say("register.done", room);
                case Outcome.Refused no ->
                    words.say("register.refused", room, no.what(), no.value(), no.allowed(), no.todo());
                case Outcome.SetAside aside -> words.say("register.aside", room, aside.problem());
            };
        }

        @Override
        public void close() {
            rooms.close();
        }
    }
}
