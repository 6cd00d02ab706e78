package jiaoying.server.demo;

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

/** A carrier of the demonstration: hands parcels to the simulated carriers over a loopback wire and nowhere else. */
final class WireCarrier implements Carrier {
    /** In a demonstration people have one habit for all orders, so that the story is the same whenever it is told. */
    private static final String EVERY_ORDER = "";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Line line;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    WireCarrier(Line line, URI address) {
        if (!address.getHost().equals("127.0.0.1")) {
            throw new IllegalArgumentException("carrier %s: a demonstration reaches 127.0.0.1 only, not %s"
                    .formatted(line.carrier(), address.getHost()));
        }
        this.line = line;
        this.address = address;
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
        return 16;
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var dispatch = new Dispatch(
                parcel.key(),
                EVERY_ORDER,
                line,
                parcel.purpose() == Purpose.CALL,
                parcel.person(),
                parcel.address(),
                parcel.message());
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(SubmissionForm.write(dispatch)))
                .build();
        var reply = client.send(request, BodyHandlers.ofString());
        return switch (reply.statusCode()) {
            case 200 -> new Submission.Taken(reply.body());
            case 422, 413 -> new Submission.Turned(reply.body());
            default -> throw new IOException("simulated carrier answered " + reply.statusCode());
        };
    }
}
