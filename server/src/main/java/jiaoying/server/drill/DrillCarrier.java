package jiaoying.server.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.sim.carrier.Dispatch;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.carrier.SubmissionForm;

/** A carrier of the program that is drilled: hands parcels over a loopback wire to the {@link Exchange} in another process. */
public final class DrillCarrier implements Carrier {
    /** Texts go to a carrier that keeps our keys, calls and mails to such that do not. */
    static final Set<Line> KEEP_KEYS = Set.of(Line.TEXT);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int WINDOW = 20;

    private final Line line;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param exchange where parcels are taken, on this machine */
    public DrillCarrier(Line line, URI exchange) {
        if (!exchange.getHost().equals("127.0.0.1")) {
            throw new IllegalArgumentException(
                    "carrier %s: a drill reaches 127.0.0.1 only, not %s".formatted(line.carrier(), exchange.getHost()));
        }
        this.line = line;
        this.address = exchange;
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
        return KEEP_KEYS.contains(line);
    }

    @Override
    public boolean loopback() {
        return true;
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var dispatch = new Dispatch(
                parcel.key(),
                "",
                line,
                parcel.purpose() == Purpose.CALL,
                parcel.person(),
                parcel.address(),
                parcel.message());
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(SubmissionForm.write(dispatch)))
                .build();
        var reply = client.send(request, BodyHandlers.ofString());
        if (reply.statusCode() != 200) {
            throw new IOException("the exchange answered " + reply.statusCode());
        }
        return new Submission.Taken(reply.body());
    }
}
