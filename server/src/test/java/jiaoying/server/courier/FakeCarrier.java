package jiaoying.server.courier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import jiaoying.duty.errand.Channel;

/** A carrier that remembers what it was handed and answers as it is told. */
class FakeCarrier implements Carrier {
    final List<Parcel> parcels = new ArrayList<>();
    final boolean keepsKey;
    String name = "fake";
    int window = 10;
    boolean loopback = true;
    Function<Parcel, Answer> answers = parcel -> Answer.TAKES;
    Runnable meanwhile = () -> {};

    enum Answer {
        TAKES,
        TURNS_DOWN,
        BREAKS,
        IS_BUSY
    }

    FakeCarrier(boolean keepsKey) {
        this.keepsKey = keepsKey;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.TEXT);
    }

    @Override
    public boolean keepsKey() {
        return keepsKey;
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public boolean loopback() {
        return loopback;
    }

    @Override
    public synchronized Submission submit(Parcel parcel) throws IOException {
        parcels.add(parcel);
        meanwhile.run();
        return switch (answers.apply(parcel)) {
            case TAKES -> new Submission.Taken("ref" + parcels.size());
            case TURNS_DOWN -> new Submission.Turned("number not in use");
            case IS_BUSY -> new Submission.NotNow("come back later");
            case BREAKS -> throw new IOException("connection reset");
        };
    }
}
