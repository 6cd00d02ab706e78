package jiaoying.server.courier.web;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.errand.Channel;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;

/**
 * Writes into a group of a work chat by its robot (工作群). Robots may send only so many messages a minute, so what waits goes
 * together in one; each person's words have that person's link, and only what is posted there answers.
 */
public final class RobotCarrier implements Carrier {
    private static final int WINDOW = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Robot robot;
    private final InstantSource clock;
    private final Duration step;
    private final Http http = new Http(PATIENCE);
    private final LinkedBlockingDeque<Waiting> waiting = new LinkedBlockingDeque<>();
    private volatile boolean open = true;
    private volatile String trouble = "";
    private Optional<Thread> sender = Optional.empty();

    public RobotCarrier(String name, Robot robot, InstantSource clock) {
        this(name, robot, clock, Duration.ofMinutes(1).dividedBy(robot.perMinute()));
    }

    /** @param step between two messages */
    RobotCarrier(String name, Robot robot, InstantSource clock, Duration step) {
        this.name = name;
        this.robot = robot;
        this.clock = clock;
        this.step = step;
    }

    /** A parcel on its way into a message. */
    private record Waiting(Letter.Part part, CompletableFuture<Submission> outcome) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.CHAT);
    }

    @Override
    public boolean keepsKey() {
        return false;
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public boolean loopback() {
        return false;
    }

    @Override
    public boolean serves(String address) {
        return ChatAddress.find(address).filter(at -> at.robot().equals(name)).isPresent();
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public void start(Post post) {
        begin();
    }

    synchronized void begin() {
        sender = Optional.of(Thread.ofVirtual().name("robot-" + name).start(this::send));
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var at =
                ChatAddress.find(parcel.address()).filter(found -> found.robot().equals(name));
        if (at.isEmpty()) {
            return new Submission.Turned("no group with a robot of that name");
        }
        var part = new Letter.Part(
                at.get().words(parcel.message()), at.get().name(), at.get().id());
        if (part.bytes() > robot.bytesMost()) {
            return new Submission.Turned("longer than the " + robot.bytesMost() + " bytes of one message");
        }
        var mine = new Waiting(part, new CompletableFuture<>());
        waiting.add(mine);
        if (!open) {
            stop();
        }
        try {
            return mine.outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException unknown ? unknown : new IOException(e.getCause());
        }
    }

    /** How many wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    private void send() {
        try {
            while (open) {
                var first = waiting.take();
                var batch = batch(first);
                send(batch);
                TimeUnit.NANOSECONDS.sleep(step.toNanos());
            }
        } catch (InterruptedException e) {
            open = false;
        }
    }

    /** The first and as many after it as one message holds. */
    private List<Waiting> batch(Waiting first) {
        var batch = new ArrayList<Waiting>(List.of(first));
        var size = first.part.bytes();
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            size += Letter.BETWEEN.length() + next.part.bytes();
            if (size > robot.bytesMost()) {
                waiting.addFirst(next);
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void send(List<Waiting> batch) throws InterruptedException {
        var letter = new Letter(batch.stream().map(Waiting::part).toList());
        var call = robot.call(letter, clock.instant());
        try {
            var outcome = outcome(http.post(call.place(), java.util.Map.of(), call.json()));
            batch.forEach(one -> one.outcome.complete(outcome));
        } catch (Http.Unreached e) {
            trouble = String.valueOf(e.getMessage());
            batch.forEach(one -> one.outcome.complete(new Submission.NotNow(trouble)));
        } catch (IOException e) {
            batch.forEach(one -> one.outcome.completeExceptionally(e));
        } catch (InterruptedException e) {
            batch.forEach(one -> one.outcome.completeExceptionally(new IOException("stopped while it was sent")));
            throw e;
        }
    }

    private Submission outcome(Http.Answer answer) {
        if (answer.status() != 200) {
            trouble = "the chat answers " + answer.status();
            return new Submission.NotNow(trouble);
        }
        var verdict = robot.read(answer.body());
        trouble = verdict.kind() == Robot.Kind.SETTINGS ? "the chat refuses the robot with " + verdict.code() : "";
        return switch (verdict.kind()) {
            case TAKEN -> new Submission.Taken("");
            case TOO_OFTEN -> new Submission.NotNow("the chat takes no more from the robot, " + verdict.code());
            case SETTINGS -> new Submission.NotNow(trouble);
            case REFUSED -> new Submission.Turned("the chat refuses it with " + verdict.code());
        };
    }

    @Override
    public void stop() {
        open = false;
        sender.ifPresent(Thread::interrupt);
        for (var one = waiting.poll(); one != null; one = waiting.poll()) {
            one.outcome.complete(new Submission.NotNow("stopped"));
        }
    }
}
