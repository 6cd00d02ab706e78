package jiaoying.server.door.sl651;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jiaoying.server.door.DoorHealth;
import jiaoying.wire.sl651.Command;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.StationAddress;

/** What the door knows of each station since the start: serial, clock, gaps, and what it is to be asked. Thread-safe. */
final class StationBook {
    private static final int MOST = 20_000;
    private static final int SERIAL_LAST = 65_535;
    private static final Duration ASK_AGAIN = Duration.ofHours(1);
    private static final int HOURS_MOST = 24;
    static final Duration CLOCK_OFF = Duration.ofMinutes(5);

    private final Map<StationAddress, Page> pages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StationAddress, Page> eldest) {
            return size() > MOST;
        }
    };

    /** What is to be asked, with the words that the record keeps. */
    record Question(Command command, String words) {}

    private static final class Page {
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
        private final ArrayDeque<Question> questions = new ArrayDeque<>();
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

    /** Notes serial and observation of a report; a gap before it becomes a question, at most one an hour. */
    synchronized void follow(
            StationAddress address, KnownStation station, int serial, Optional<LocalDateTime> observed, Instant now) {
        var page = page(address);
        var skipped = page.serial.isPresent() && skipped(page.serial.getAsInt(), serial);
        var late = page.observed.isPresent()
                && observed.isPresent()
                && Duration.between(page.observed.get(), observed.get())
                                .compareTo(Duration.ofMinutes(2L * station.intervalMin()))
                        > 0;
        if ((skipped || late)
                && observed.isPresent()
                && page.observed.isPresent()
                && observed.get().isAfter(page.observed.get())
                && Duration.between(page.askedAt, now).compareTo(ASK_AGAIN) >= 0) {
            page.askedAt = now;
            page.questions.add(gap(station, page.observed.get(), observed.get()));
        }
        page.serial = OptionalInt.of(serial);
        page.observed = observed.isPresent()
                        && page.observed
                                .filter(before -> !observed.get().isAfter(before))
                                .isEmpty()
                ? observed
                : page.observed;
    }

    /** Serials count from 1 to 65535 and begin again (§6.6.2.4); the same or an older one is a resent frame. */
    static boolean skipped(int before, int now) {
        var ahead = Math.floorMod(now - before, SERIAL_LAST);
        return ahead > 1 && ahead < SERIAL_LAST / 2;
    }

    private static Question gap(KnownStation station, LocalDateTime from, LocalDateTime to) {
        var begin = from.isBefore(to.minusHours(HOURS_MOST)) ? to.minusHours(HOURS_MOST) : from;
        var rain = station.kind().equals("rain");
        var end = to.getMinute() == 0 ? to : to.plusHours(1);
        var command = Command.queryPeriod(
                begin, end, rain ? Group.Step.minutes(5) : Group.Step.hours(1), ElementId.of(rain ? "DRP" : "Z"));
        return new Question(
                command,
                "SL 651 38H → " + station.station() + "：补要 " + begin + " 至 " + to + " 的时段数据 / asked for the data from "
                        + begin + " to " + to);
    }

    /** Its clock is to be set at its next contact (4AH); set again once if it is still off (§6.6.4.24). */
    synchronized boolean askClock(String station, String by) {
        for (var page : pages.values()) {
            if (page.station.filter(station::equals).isPresent()) {
                page.clockTries = 2;
                page.questions.addFirst(clock(station, by));
                return true;
            }
        }
        return false;
    }

    private static Question clock(String station, String by) {
        return new Question(
                Command.setClock(), "SL 651 4AH → " + station + "：校时（" + by + "） / clock set on request of " + by);
    }

    /** The station answered 4AH; when its clock is still off it is set once more. */
    synchronized void clockAnswered(StationAddress address) {
        var page = page(address);
        page.clockTries--;
        if (page.clockTries > 0
                && page.drift.filter(it -> it.abs().compareTo(CLOCK_OFF) > 0).isPresent()) {
            page.questions.addFirst(clock(page.station.orElse(address.hex()), "§6.6.4.24"));
        }
    }

    synchronized Optional<Question> nextQuestion(StationAddress address) {
        return Optional.ofNullable(pages.get(address)).map(page -> page.questions.peek());
    }

    synchronized void asked(StationAddress address, Question question) {
        Optional.ofNullable(pages.get(address)).ifPresent(page -> page.questions.remove(question));
    }

    synchronized List<DoorHealth.Station> stations() {
        var all = new ArrayList<DoorHealth.Station>(pages.size());
        pages.forEach((address, page) -> all.add(new DoorHealth.Station(
                address.hex(), page.station, page.lastAt, page.frames, page.missing, page.drift, page.voltage)));
        all.sort(Comparator.comparing(DoorHealth.Station::lastAt).reversed());
        return all;
    }
}
