package jiaoying.server.forecaster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.View.ForecastView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.courier.Inside;
import jiaoying.server.store.Database;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.ViewStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the flood model for errands (预报演算), one after the other on one thread of its own, and brings each result by the front
 * door. It begins with nothing: ground and thread are there once the first errand is. A forecast by the clock overtakes the one
 * before it. Killed in a run it leaves nothing half done: the errand's lease runs out and it goes again. The room's process only
 * gathers what a run needs and hears what came of it; see {@link Model}.
 */
public final class Forecaster implements Inside, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forecaster.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(1);

    /** Wall time after which a run is given up, whatever the room's clock says. */
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final String room;
    private final ForecasterSettings settings;
    private final ViewStore views;
    private final RegisterStore register;
    private final JournalStore journal;
    private final RunFiles files;
    private final Function<Arrival, CompletableFuture<Long>> inbox;
    private final ThreadPoolExecutor thread;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Path data;
    private final Model model;
    private volatile Optional<Box> box = Optional.empty();
    private final Map<String, Job> jobs = new HashMap<>();

    /** @param inbox completes with the arrival's number once it is durable; model: who computes */
    public Forecaster(
            Database db,
            String room,
            ForecasterSettings settings,
            Path data,
            Model model,
            Function<Arrival, CompletableFuture<Long>> inbox) {
        this.room = room;
        this.settings = settings;
        this.data = data;
        this.model = model;
        this.inbox = inbox;
        views = new ViewStore(db);
        register = new RegisterStore(db);
        journal = new JournalStore(db);
        files = new RunFiles(data);
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("forecaster-" + room)
                        .priority(Thread.MIN_PRIORITY)
                        .unstarted(work));
        thread.allowCoreThreadTimeOut(true);
    }

    /** The room is open: what waits may be computed; before, a start needs the machine for itself. */
    public void begin() {
        begun.countDown();
    }

    public ForecasterSettings settings() {
        return settings;
    }

    /** The inner loops of its runs, see {@link Model#kernel}. */
    public String kernel() {
        return model.kernel();
    }

    public RunFiles files() {
        return files;
    }

    /** The outline of the ground; empty before the first run has read it. */
    public Optional<Box> box() {
        return box;
    }

    /** Its south-western and north-eastern corners, and the side of a cell in metres. */
    public record Box(ForecasterSettings.LonLat southWest, ForecasterSettings.LonLat northEast, double cell_m) {}

    @Override
    public Purpose purpose() {
        return Purpose.FORECAST;
    }

    @Override
    public void work(String run) throws Undone, InterruptedException {
        var view = views.find(room, new ViewKey("forecast", run), Long.MAX_VALUE)
                .filter(ForecastView.class::isInstance)
                .map(ForecastView.class::cast)
                .filter(found -> found.state().equals("asked"));
        if (view.isPresent()) {
            begun(view.get()).await();
        }
    }

    /** The job of a run; one that is under way already is waited for, whose lease was lost meanwhile. */
    private synchronized Job begun(ForecastView view) {
        var known = jobs.get(view.run());
        if (known != null) {
            return known;
        }
        if (view.whatIf().live()) {
            jobs.values().stream()
                    .filter(job -> job.view.whatIf().live())
                    .forEach(job -> job.stop("overtaken " + view.run()));
        }
        var job = new Job(view);
        jobs.put(view.run(), job);
        thread.execute(job.task);
        return job;
    }

    private ModelOrder order(ForecastView run) throws Undone {
        var from = run.start().minus(ModelRun.rainBefore());
        var rain = new RainOfRun(room, register, journal, views, settings.plan(), run);
        return new ModelOrder(
                run.run(),
                run.start(),
                run.whatIf(),
                settings,
                data,
                register.sites(room),
                register.stations(room).stream()
                        .filter(station -> station.kind().equals(Quantity.DEPTH.word()))
                        .map(station -> new ModelOrder.Spot(station.station(), station.lon(), station.lat()))
                        .toList(),
                from,
                rain.from(from));
    }

    /** One errand. */
    private final class Job {
        final ForecastView view;
        final FutureTask<Boolean> task;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private volatile String why = "";

        Job(ForecastView view) {
            this.view = view;
            task = new FutureTask<>(() -> {
                compute();
                return true;
            });
        }

        void stop(String reason) {
            why = why.isEmpty() ? reason : why;
            stopped.set(true);
        }

        void await() throws Undone, InterruptedException {
            try {
                task.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw undone(e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException e) {
                stop("time " + LONGEST.toMinutes());
                throw new Undone("time " + LONGEST.toMinutes());
            } catch (InterruptedException e) {
                stop("stopping");
                throw e;
            } finally {
                done(this);
            }
        }

        private Undone undone(Throwable cause) throws InterruptedException {
            return switch (cause) {
                case Undone known -> known;
                case InterruptedException interrupted -> {
                    if (why.isEmpty() || why.equals("stopping")) {
                        throw interrupted;
                    }
                    yield new Undone(why);
                }
                case OutOfMemoryError memory -> new Undone("memory");
                default -> {
                    LOG.error("Room {}: run {} broke", room, view.run(), cause);
                    yield new Undone("bug " + cause.getClass().getSimpleName());
                }
            };
        }

        private void compute() throws Exception {
            begun.await();
            var from = System.nanoTime();
            var outcome = model.run(order(view), stopped::get);
            box = outcome.box().or(() -> box);
            var result = outcome.result()
                    .orElseThrow(() -> new Undone(outcome.undone()))
                    .took(Duration.ofNanos(System.nanoTime() - from));
            try {
                inbox.apply(new Arrival.ForecastCame(view.run(), result))
                        .get(TAKEN_WITHIN.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException | CompletionException e) {
                throw new Undone("inbox " + e.getMessage());
            }
        }
    }

    private synchronized void done(Job job) {
        jobs.remove(job.view.run(), job);
    }

    /** Ends what runs; its errand goes again later. */
    @Override
    public void close() {
        synchronized (this) {
            jobs.values().forEach(job -> job.stop("stopping"));
        }
        thread.shutdownNow();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        model.close();
    }
}
