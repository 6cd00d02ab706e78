package jiaoying.server.courier;

import java.util.Set;
import java.util.stream.Stream;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.Arrival;
import jiaoying.server.store.Database;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.RegisterStore;

/** What carriers tell afterwards (回执), without the contacts that may stand in it. May be used from any thread. */
public final class Receipts {
    private final String room;
    private final ErrandStore errands;
    private final RegisterStore register;

    public Receipts(Database db, String room) {
        this.room = room;
        errands = new ErrandStore(db, room);
        register = new RegisterStore(db);
    }

    /** The same arrival, fit for the ledger. */
    public Arrival fit(Arrival arrival) {
        return arrival instanceof Arrival.CarrierEvents(var events)
                ? new Arrival.CarrierEvents(events.stream().map(this::fit).toList())
                : arrival;
    }

    private CarrierEvent fit(CarrierEvent event) {
        if (event.detail().isEmpty()) {
            return event;
        }
        var detail = errands.findPerson(event.key())
                .map(person -> hide(person, event.detail()))
                .orElse(event.detail());
        return new CarrierEvent(event.carrier(), event.event(), event.key(), event.kind(), detail);
    }

    private String hide(String person, String detail) {
        var contacts = Stream.of(Channel.TEXT, Channel.VOICE, Channel.MAIL)
                .flatMap(channel -> register.addresses(room, channel, Set.of(person)).values().stream())
                .toList();
        var hidden = detail;
        for (var contact : contacts) {
            hidden = ContactValue.hide(contact, hidden);
        }
        return hidden;
    }
}
