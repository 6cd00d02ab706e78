package jiaoying.server.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.room.Arrival;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.sim.carrier.Dispatch;
import jiaoying.sim.carrier.Happening;
import jiaoying.sim.carrier.Happening.LinkPosted;
import jiaoying.sim.carrier.Happening.Receipt;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.carrier.SimulatedCarrier;

/** A simulated carrier inside the replay: takes parcels at once and brings what follows at its virtual time. */
final class ReplayCarrier implements Carrier {
    private final Line line;
    private final SimulatedCarrier carrier;
    private final ReplayTally tally;
    private final Replay world;
    private final Map<String, String> refs = new HashMap<>();

    ReplayCarrier(Line line, SimulatedCarrier carrier, ReplayTally tally, Replay world) {
        this.line = line;
        this.carrier = carrier;
        this.tally = tally;
        this.world = world;
    }

    @Override
    public String name() {
        return line.carrier();
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.valueOf(line.name()));
    }

    @Override
    public boolean keepsKey() {
        return true;
    }

    @Override
    public boolean loopback() {
        return true;
    }

    @Override
    public int window() {
        return 500;
    }

    @Override
    public Submission submit(Parcel parcel) {
        return new Submission.Taken(refs.computeIfAbsent(parcel.key(), _ -> take(parcel)));
    }

    private String take(Parcel parcel) {
        tally.submitted(parcel.key());
        var order = tally.findErrand(parcel.key()).map(Errand::order).orElse("");
        var dispatch = new Dispatch(
                parcel.key(),
                order,
                line,
                parcel.purpose() == Purpose.CALL,
                parcel.person(),
                parcel.address(),
                parcel.message());
        carrier.follow(dispatch, world.now())
                .forEach(happening -> world.later(happening.at(), () -> world.put(arrival(happening))));
        return carrier.ref(dispatch);
    }

    private Arrival arrival(Happening happening) {
        return switch (happening) {
            case Receipt receipt ->
                new Arrival.CarrierEvents(List.of(new CarrierEvent(
                        name(),
                        receipt.event(),
                        receipt.key(),
                        CarrierEvent.Kind.valueOf(receipt.kind().name()),
                        receipt.detail())));
            case LinkPosted link -> new Arrival.LinkAnswered(link.key(), false);
        };
    }
}
