package jiaoying.server.door.sl651;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jiaoying.server.door.DoorHealth;
import jiaoying.server.door.sl651.StationMemory.Kind;
import jiaoying.server.door.sl651.StationMemory.Wish;
import jiaoying.wire.sl651.Command;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.StationAddress;

/**
 * What the door knows of each station since the start: serial, clock, gaps, its last frames, and what it is to be asked; this
 * and where the journal ended are known from before. Thread-safe.
 */
final class StationBook {
    private static final int MOST = 20_000;
    private static final int SERIAL_LAST = 65_535;
    private static final Duration ASK_AGAIN = Duration.ofHours(1);
    private static final int HOURS_MOST = 24;
    private static final int CLOCK_TRIES = 2;
    static final Duration CLOCK_OFF = Duration.ofMinutes(5);

    private final Map<StationAddress, Page> pages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StationAddress, Page> eldest) {
            return size() > MOST;
        }
    };

    /** What is to be asked, with the words that the record keeps. */
    record Question(Wish wish, Command command, String words) {}

    private final StationSettings.Limits limits;
    private final Map<String, LocalDateTime> before = new HashMap<>();

    StationBook(StationMemory memory, StationSettings.Limits limits) {
        this.limits = limits;
        memory.wishes().forEach(wish -> {
            var page = page(StationAddress.of(wish.address()));
            page.station = Optional.of(wish.station());
            page.clockTries = wish.kind() == Kind.CLOCK ? CLOCK_TRIES : page.clockTries;
            page.wishes.add(wish);
        });
        memory.lastObserved()
                .forEach((station, at) -> before.put(station, LocalDateTime.ofInstant(at, ElementMap.BEIJING)));
    }

    private final class Page {
        private Optional<String> station = Optional.empty();
        private Instant lastAt = Instant.EPOCH;
        private long frames;
        private long missing;
        private Optional<Duration> drift = Optional.empty();
        private String voltage = "";
        private OptionalInt serial = OptionalInt.empty();
        private Optional<LocalDateTime> observed = Optional.empty();
        private Instant askedAt = Instant.EPOCH;
        private int clockTries;
        private final ArrayDeque<Wish> wishes = new ArrayDeque<>();
        private final Recent recent = new Recent();
        private final Allowance allowance =
                new Allowance(limits.frames(), limits.framesAMinute() / 60.0, System.nanoTime());
        private Instant toldAt = Instant.EPOCH;
    }

    private Page page(StationAddress address) {
        return pages.computeIfAbsent(address, _ -> new Page());
    }

    synchronized void heard(
            StationAddress address, Optional<KnownStation> station, Instant at, Optional<Duration> drift) {
        var page = page(address);
        page.station = station.map(KnownStation::station);
        page.lastAt = at;
        page.frames++;
        page.drift = drift.or(() -> page.drift);
        if (page.clockTries > 0
                && drift.filter(it -> it.abs().compareTo(CLOCK_OFF) <= 0).isPresent()) {
            page.clockTries = 0;
        }
    }

    synchronized void measured(StationAddress address, int missing, String voltage) {
        var page = page(address);
        page.missing += missing;
        page.voltage = voltage.isEmpty() ? page.voltage : voltage;
    }

    /** Notes serial and observation of a report. @return what a gap before it makes us ask, at most once an hour; to be kept */
    synchronized Optional<Wish> follow(
            StationAddress address, KnownStation station, int serial, Optional<LocalDateTime> observed, Instant now) {
        Optional<Wish> wish = Optional.empty();
        var page = page(address);
        var last = page.observed.or(() -> Optional.ofNullable(before.get(station.station())));
        var skipped = page.serial.isPresent() && skipped(page.serial.getAsInt(), serial);
        var late = last.isPresent()
                && observed.isPresent()
                && Duration.between(last.get(), observed.get())
                                .compareTo(Duration.ofMinutes(2L * station.intervalMin()))
                        > 0;
        if ((skipped || late)
                && observed.isPresent()
                && last.isPresent()
                && observed.get().isAfter(last.get())
                && Duration.between(page.askedAt, now).compareTo(ASK_AGAIN) >= 0) {
            page.askedAt = now;
            wish = wish(page, gap(address, station, last.get(), observed.get()), false);
        }
        page.serial = OptionalInt.of(serial);
        page.observed = observed.isPresent()
                        && last.filter(it -> !observed.get().isAfter(it)).isEmpty()
                ? observed
                : last;
        return wish;
    }

    private static Optional<Wish> wish(Page page, Wish wish, boolean first) {
        if (page.wishes.contains(wish)) {
            return Optional.empty();
        }
        if (first) {
            page.wishes.addFirst(wish);
        } else {
            page.wishes.add(wish);
        }
        return Optional.of(wish);
    }

    /** What the frame is beside the last ones of its station. */
    synchronized Recent.Look look(Frame frame, Instant now) {
        return page(frame.header().station()).recent.look(frame, now);
    }

    synchronized void durable(Frame frame, Instant now) {
        page(frame.header().station()).recent.durable(frame, now);
    }

    /** One frame more of a station. @return how long it has to wait because the station sends too many */
    synchronized Duration pace(StationAddress address) {
        return page(address).allowance.take(1, System.nanoTime());
    }

    /** Whether a finding about the conduct of a station is due: one an hour. */
    synchronized boolean mayTell(StationAddress address, Instant now) {
        var page = page(address);
        if (Duration.between(page.toldAt, now).compareTo(ASK_AGAIN) < 0) {
            return false;
        }
        page.toldAt = now;
        return true;
    }

    /** Serials count from 1 to 65535 and begin again (§6.6.2.4); the same or an older one is a resent frame. */
    static boolean skipped(int before, int now) {
        var ahead = Math.floorMod(now - before, SERIAL_LAST);
        return ahead > 1 && ahead < SERIAL_LAST / 2;
    }

    private static Wish gap(StationAddress address, KnownStation station, LocalDateTime from, LocalDateTime to) {
        var begin = from.isBefore(to.minusHours(HOURS_MOST)) ? to.minusHours(HOURS_MOST) : from;
        var kind = station.kind().equals("rain") ? Kind.RAIN : Kind.LEVEL;
        return new Wish(address.hex(), station.station(), kind, begin, to, "");
    }

    private static Question question(Wish wish) {
        return switch (wish.kind()) {
            case CLOCK ->
                new Question(
                        wish,
                        Command.setClock(),
                        "SL 651 4AH → " + wish.station() + "：校时（" + wish.by() + "） / clock set on request of "
                                + wish.by());
            case RAIN -> period(wish, Group.Step.minutes(5), "DRP");
            case LEVEL -> period(wish, Group.Step.hours(1), "Z");
        };
    }

    private static Question period(Wish wish, Group.Step step, String element) {
        var end = wish.to().getMinute() == 0 ? wish.to() : wish.to().plusHours(1);
        return new Question(
                wish,
                Command.queryPeriod(wish.from(), end, step, ElementId.of(element)),
                "SL 651 38H → " + wish.station() + "：补要 " + wish.from() + " 至 " + wish.to()
                        + " 的时段数据 / asked for the data from " + wish.from() + " to " + wish.to());
    }

    /** Its clock is to be set at its next contact (4AH); set again once if it is still off (§6.6.4.24). @return what is to be kept; empty when it was never heard */
    synchronized Optional<Wish> askClock(String station, String by, LocalDateTime now) {
        for (var entry : pages.entrySet()) {
            if (entry.getValue().station.filter(station::equals).isPresent()) {
                entry.getValue().clockTries = CLOCK_TRIES;
                return wish(entry.getValue(), clock(entry.getKey(), station, by, now), true);
            }
        }
        return Optional.empty();
    }

    private static Wish clock(StationAddress address, String station, String by, LocalDateTime now) {
        return new Wish(address.hex(), station, Kind.CLOCK, now, now, by);
    }

    /** The station answered 4AH; when its clock is still off it is set once more. @return what is to be kept */
    synchronized Optional<Wish> clockAnswered(StationAddress address, LocalDateTime now) {
        var page = page(address);
        page.clockTries--;
        if (page.clockTries > 0
                && page.drift.filter(it -> it.abs().compareTo(CLOCK_OFF) > 0).isPresent()) {
            return wish(page, clock(address, page.station.orElse(address.hex()), "§6.6.4.24", now), true);
        }
        return Optional.empty();
    }

    synchronized Optional<Question> nextQuestion(StationAddress address) {
        return Optional.ofNullable(pages.get(address))
                .flatMap(page -> Optional.ofNullable(page.wishes.peek()))
                .map(StationBook::question);
    }

    synchronized void asked(StationAddress address, Question question) {
        Optional.ofNullable(pages.get(address)).ifPresent(page -> page.wishes.remove(question.wish()));
    }

    synchronized List<DoorHealth.Station> stations() {
        var all = new ArrayList<DoorHealth.Station>(pages.size());
        pages.forEach((address, page) -> all.add(new DoorHealth.Station(
                address.hex(), page.station, page.lastAt, page.frames, page.missing, page.drift, page.voltage)));
        all.sort(Comparator.comparing(DoorHealth.Station::lastAt).reversed());
        return all;
    }
}
