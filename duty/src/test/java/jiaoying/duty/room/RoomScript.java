package jiaoying.duty.room;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import jiaoying.duty.call.Attempt;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.call.QuietHours;
import jiaoying.duty.call.SetRule;
import jiaoying.duty.call.Terms;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.forecast.ForecastFact;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.ForecastResult;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.warn.WarnFact;

/**
 * Plays a transcript: lines in, the same lines out with what followed under each as {@code -> time consequence}. Timers
 * and minutes that come due before a line are rung first; with {@code !} behind the time the program was down until then. A line without consequences shows that nothing happened.
 */
final class RoomScript {
    private static final Instant DAY = Instant.parse("2023-09-05T00:00:00Z");

    private Rules rules = rules();
    private DutyRoom room = new DutyRoom(rules);
    private final StringBuilder out = new StringBuilder();
    private final List<Fact> facts = new ArrayList<>();
    private Instant now = DAY;
    private Instant minute = DAY;
    private long number;

    static String play(String script) {
        var play = new RoomScript();
        for (var line : script.lines().toList()) {
            if (!line.startsWith("->")) {
                play.line(line);
            }
        }
        return play.out.toString();
    }

    static Rules rules() {
        var rules = List.of(
                new RainCriteria.Rule(SignalColor.BLUE, 12, 50_000),
                new RainCriteria.Rule(SignalColor.YELLOW, 6, 50_000),
                new RainCriteria.Rule(SignalColor.ORANGE, 3, 50_000),
                new RainCriteria.Rule(SignalColor.RED, 3, 100_000));
        var gross = List.of(
                new Quality.GrossLimit(1, 38_000),
                new Quality.GrossLimit(5, 63_000),
                new Quality.GrossLimit(60, 401_000));
        var criteria = new RainCriteria(
                "test", "1", "rainstorm", rules, 1000, Duration.ofMinutes(30), 80, Duration.ofMinutes(60), "CMA 16");
        var level = new WaterCriteria(
                "test",
                "1",
                "water-level",
                Quantity.LEVEL,
                List.of(
                        new WaterCriteria.Rule(SignalColor.ORANGE, WaterCriteria.Base.WARNING, 0),
                        new WaterCriteria.Rule(SignalColor.RED, WaterCriteria.Base.GUARANTEED, 0)),
                List.of(),
                0,
                30,
                Duration.ofMinutes(30),
                "test");
        var only = Quality.only(gross, Duration.ofMinutes(30));
        var quality = new Quality(
                "test",
                "1",
                gross,
                only.silentAfter(),
                only.lateAfter(),
                only.lagAfter(),
                only.dumpMilli(),
                only.wrapsMilli(),
                only.rainStuck(),
                only.neighbours(),
                only.dry(),
                only.outlier(),
                new Quality.Water(
                        Quality.Gross.ANY,
                        500,
                        300,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(30),
                        Duration.ofHours(6),
                        30_000),
                only.depth(),
                "test");
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        ladders.put(
                SignalColor.RED,
                ladder("0 self text,voice", "100 self voice", "300 deputy text,voice", "420 superior text,voice"));
        ladders.put(
                SignalColor.ORANGE, ladder("0 self text", "120 self voice", "600 deputy text", "900 superior text"));
        var messages = new TreeMap<>(Map.of(
                "call", "{exercise}{area}{color}{text}，{items} {link}",
                "call-by-alert", "{area}实况{color} {link}",
                "deputy-ask", "请接手{items} {link}",
                "superior-ask", "请派人{items} {link}",
                "lifted", "{area}解除",
                "downgraded", "{area}降为{color}",
                "retracted", "{area}撤回",
                "corrected", "{area}更正：{text}",
                "phrase.sent-again", "(重发){message}",
                "phrase.and-more", "{items}等{count}处"));
        messages.put("word.exercise", "【演练】");
        messages.put("drill-ended", "演练结束");
        messages.put("answer-test", "应答测试 {link}");
        messages.put("downgraded-still-called", "{area}降为{color}，请继续");
        messages.put("deputy-ask-by-alert", "实况请接手{items} {link}");
        messages.put("superior-ask-by-alert", "实况请派人{items} {link}");
        messages.put("call-by-forecast", "{area}预计{color} {link}");
        messages.put("deputy-ask-by-forecast", "预计请接手{items} {link}");
        messages.put("superior-ask-by-forecast", "预计请派人{items} {link}");
        return new Rules(List.of(criteria, level), quality, new CallPlan("test", "1", ladders, messages, "test"));
    }

    private static Ladder ladder(String... rungs) {
        var rounds = Arrays.stream(rungs)
                .map(rung -> rung.split(" "))
                .map(part -> new Ladder.Rung(
                        Duration.ofSeconds(Long.parseLong(part[0])),
                        part[1],
                        Arrays.stream(part[2].split(",")).map(Channel::of).toList()))
                .toList();
        return new Ladder(rounds, rounds.getLast().after().plusSeconds(180), "test");
    }

    private void line(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            out.append(line).append('\n');
            return;
        }
        var word = line.split(" +");
        if (Character.isDigit(word[0].charAt(0))) {
            var at = time(word[0].replace("!", ""));
            if (word[0].endsWith("!")) {
                now = at;
                minute = at.minusSeconds(60);
            }
            ring(at);
            now = at;
            out.append(line).append('\n');
            event(Arrays.copyOfRange(word, 1, word.length));
        } else {
            out.append(line).append('\n');
            set(word);
        }
    }

    private static Instant time(String text) {
        var part = text.split(":");
        return DAY.plusSeconds(Long.parseLong(part[0]) * 3600
                + Long.parseLong(part[1]) * 60
                + (part.length > 2 ? Long.parseLong(part[2]) : 0));
    }

    private void ring(Instant until) {
        while (true) {
            var timer = room.openTimers().stream()
                    .filter(t -> !t.dueAt().isAfter(until))
                    .min(java.util.Comparator.comparing(jiaoying.duty.errand.Timer::dueAt)
                            .thenComparing(jiaoying.duty.errand.Timer::id));
            var nextMinute = minute.plusSeconds(60);
            if (timer.isPresent() && !timer.get().dueAt().isAfter(nextMinute)) {
                now = timer.get().dueAt().isAfter(now) ? timer.get().dueAt() : now;
                arrive(new Arrival.TimerDue(timer.get().id(), timer.get().dueAt()));
            } else if (!nextMinute.isAfter(until)) {
                minute = nextMinute;
                now = nextMinute.isAfter(now) ? nextMinute : now;
                arrive(new Arrival.MinuteEnded());
            } else {
                return;
            }
        }
    }

    private void set(String[] word) {
        switch (word[0]) {
            case "plan" -> plan(word);
            case "depths" -> depths();
            case "site" ->
                register(
                        new StationFact.SiteRegistered(word[1], word[1], word[1], "underpass", word[2], 121, 30.7, ""));
            case "forecasts" ->
                arrive(new Arrival.ForecastsWanted(
                        "script",
                        has(word, "none")
                                ? Optional.empty()
                                : Optional.of(new ForecastPlan(
                                        "示意圩区",
                                        true,
                                        Duration.ofMinutes(10),
                                        Duration.ofMinutes(60),
                                        Duration.ofMinutes(10),
                                        Duration.ofMinutes(8),
                                        Duration.ofMinutes(60),
                                        150))));
            case "room" ->
                arrive(new Arrival.RoomSet(
                        "script",
                        new Settings(
                                "R",
                                "平湖值守",
                                Settings.Issuer.valueOf(word[1].toUpperCase(java.util.Locale.ROOT)
                                        .replace('-', '_')),
                                !has(word, "real"),
                                has(word, "exercise"),
                                Duration.ofMinutes(5),
                                has(word, "automatic") ? Optional.of(Duration.ofMinutes(2)) : Optional.empty(),
                                "Asia/Shanghai")));
            case "area" ->
                register(new RosterFact.AreaRegistered(
                        word[1], word[2], word[2], word[3], word.length > 4 ? word[4] : "", has(word, "schematic")));
            case "person" -> {
                register(new RosterFact.PersonRegistered(
                        word[1], new Personal(word[1], word[1]), "B", "责任人", "officer"));
                for (var i = 2; i < word.length; i++) {
                    var contact = word[i].split("=");
                    register(new RosterFact.ContactRegistered(
                            word[1], contact[0], new Personal(word[1], contact.length > 1 ? contact[1] : "000")));
                }
            }
            case "shift" ->
                register(new RosterFact.ShiftPlanned(word[1] + word[2], time(word[2]), time(word[3]), "", word[1]));
            case "duty" ->
                register(new RosterFact.DutyAssigned(
                        word[1] + "@" + word[2],
                        word[1],
                        option(word, "of").orElse("防汛责任人"),
                        word[2],
                        option(word, "deputy").map(List::of).orElse(List.of()),
                        option(word, "superior").orElse("")));
            case "station" ->
                register(new StationFact.StationRegistered(
                        word[1], word[1], word.length > 3 ? word[3] : "rain", 121, 30.7, word[2], 5));
            case "thresholds" ->
                register(new StationFact.ThresholdsSet(word[1], milli(word[2]), milli(word[3]), "test", 0, "test"));
            default -> throw new IllegalArgumentException("No such line: " + String.join(" ", word));
        }
    }

    /** Before anything else: {@code plan COLOR report=S within=S people=% areas=% must=DUTY quiet=MIN-MIN spacing=S first=DUTY speaker}. */
    private void plan(String[] word) {
        var color = SignalColor.find(word[1]).orElseThrow();
        var plan = rules.plan();
        var ladders = new EnumMap<SignalColor, Ladder>(plan.ladders());
        var like = java.util.Objects.requireNonNull(
                plan.ladders().containsKey(color)
                        ? plan.ladders().get(color)
                        : plan.ladders().get(SignalColor.ORANGE));
        var must = option(word, "must").map(List::of).orElse(List.of());
        var ladder = has(word, "speaker") ? loud(like) : like;
        ladders.put(
                color,
                ladder.with(new Terms(
                        seconds(word, "within")
                                .map(within -> new SetRule(
                                        within, percent(word, "people"), percent(word, "areas"), must, "test")),
                        seconds(word, "report"),
                        option(word, "quiet")
                                .map(hours -> hours.split("-"))
                                .map(part -> new QuietHours(
                                        Integer.parseInt(part[0]),
                                        Integer.parseInt(part[1]),
                                        List.of(Channel.VOICE),
                                        "")),
                        seconds(word, "spacing").orElse(Duration.ZERO),
                        option(word, "first").map(List::of).orElse(List.of()))));
        rules = new Rules(
                rules.criteria(),
                rules.quality(),
                new CallPlan(plan.name(), plan.version(), ladders, plan.messages(), plan.source()));
        room = new DutyRoom(rules);
    }

    /** The first round goes by loudspeaker too. */
    private static Ladder loud(Ladder ladder) {
        var rounds = new ArrayList<>(ladder.rounds());
        var first = rounds.getFirst();
        var channels = new ArrayList<>(first.channels());
        channels.add(Channel.SPEAKER);
        rounds.set(0, new Ladder.Rung(first.after(), first.to(), channels));
        return new Ladder(rounds, ladder.giveUp(), ladder.source());
    }

    /** Before anything else: the room has criteria for depths too. */
    private void depths() {
        var criteria = new ArrayList<>(rules.criteria());
        criteria.add(new WaterCriteria(
                "wet",
                "1",
                "waterlogging",
                Quantity.DEPTH,
                List.of(
                        new WaterCriteria.Rule(SignalColor.YELLOW, WaterCriteria.Base.GROUND, 150_000),
                        new WaterCriteria.Rule(SignalColor.RED, WaterCriteria.Base.GROUND, 500_000)),
                List.of(),
                0,
                20_000,
                Duration.ofMinutes(15),
                "test"));
        rules = new Rules(criteria, rules.quality(), rules.plan());
        room = new DutyRoom(rules);
    }

    /** What came of the run asked for last: {@code S=0,50,120}, mm; the last depth stays. */
    private void forecast(String[] values) {
        var asked = last(ForecastFact.ForecastAsked.class, f -> true);
        var sites = Arrays.stream(values)
                .map(value -> value.split("="))
                .map(part -> new ForecastResult.SiteDepths(part[0], depths(part[1].split(","))))
                .toList();
        arrive(new Arrival.ForecastCame(
                asked.run(), new ForecastResult("dry", asked.start().minusSeconds(600), 100, 5, sites)));
    }

    private static List<Integer> depths(String[] given) {
        return java.util.stream.IntStream.range(0, 7)
                .mapToObj(i -> Integer.valueOf(given[Math.min(i, given.length - 1)]))
                .toList();
    }

    private void forecastReport(CourierReport.Kind kind, String why) {
        var key = last(ForecastFact.ForecastAsked.class, f -> true).errand().key();
        arrive(new Arrival.CourierReports(List.of(new CourierReport(key, kind, "internal", "", why))));
    }

    private static Optional<Duration> seconds(String[] word, String name) {
        return option(word, name).map(Long::parseLong).map(Duration::ofSeconds);
    }

    private static int percent(String[] word, String name) {
        return option(word, name).map(Integer::parseInt).orElse(0);
    }

    private static long milli(String value) {
        return new BigDecimal(value).movePointRight(3).longValueExact();
    }

    private void register(Fact row) {
        arrive(new Arrival.RegisterChanged("script", List.of(row)));
    }

    private void event(String[] word) {
        switch (word[0]) {
            case "rain" -> rain(Arrays.copyOfRange(word, 1, word.length), now);
            case "late" -> rain(Arrays.copyOfRange(word, 2, word.length), time(word[1]));
            case "minute" -> {}
            case "forecast" -> forecast(Arrays.copyOfRange(word, 1, word.length));
            case "forecast-done" -> forecastReport(CourierReport.Kind.SUBMITTED, "");
            case "forecast-broke" -> forecastReport(CourierReport.Kind.FAILED, word[1]);
            case "signal" ->
                arrive(new Arrival.SignalReceived(
                        "气象台",
                        "office",
                        option(word, "hazard").orElse("rainstorm"),
                        word[2],
                        SignalColor.find(word[1]).orElseThrow(),
                        option(word, "text").orElse(""),
                        ""));
            case "submitted" -> reports(word[1], CourierReport.Kind.SUBMITTED, word.length > 2 ? word[2] : "");
            case "slipped" -> slipped(word[1], word[2], CourierReport.Kind.SUBMITTED);
            case "lapsed" -> slipped(word[1], word[2], CourierReport.Kind.AMBIGUOUS);
            case "failed" -> reports(word[1], CourierReport.Kind.FAILED, word.length > 2 ? word[2] : "");
            case "unknown" -> reports(word[1], CourierReport.Kind.AMBIGUOUS, word.length > 2 ? word[2] : "");
            case "confirmed", "in-place", "delivered", "no-answer", "not-me", "busy", "connected", "heard-to-end" ->
                arrive(new Arrival.CarrierEvents(List.of(new CarrierEvent(
                        "c", option(word, "event").orElse("e" + number), key(word[1], word[2]), kind(word[0]), ""))));
            case "link" ->
                arrive(new Arrival.LinkAnswered(key(word[1], word[2]), has(word, "not-me"), has(word, "in-place")));
            case "act" -> arrive(new Arrival.Act(word[1], deed(Arrays.copyOfRange(word, 2, word.length))));
            case "carrier" -> carrier(word);
            case "restored" -> arrive(new Arrival.Restored("backup"));
            default -> throw new IllegalArgumentException("No such event: " + String.join(" ", word));
        }
    }

    /** {@code carrier NAME down|up CHANNELS out=CHANNELS}. */
    private void carrier(String[] word) {
        arrive(new Arrival.CarrierChanged(
                word[1],
                channels(word[3]),
                word[2].equals("up"),
                word[2].equals("up") ? "" : "cannot be reached",
                option(word, "out").map(RoomScript::channels).orElse(List.of())));
    }

    private static List<Channel> channels(String words) {
        return Arrays.stream(words.split(",")).map(Channel::of).toList();
    }

    private static CarrierEvent.Kind kind(String word) {
        return CarrierEvent.Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    private Deed deed(String[] word) {
        return switch (word[0]) {
            case "desk" -> new Deed.ReachedByDesk(order(), word[1], word[2]);
            case "hand" ->
                new Deed.ReachedByHand(
                        order(),
                        word[1],
                        word[2],
                        word[3],
                        option(word, "witness").orElse(""));
            case "take-over" -> new Deed.TakeOver(order(), word[1], word[2]);
            case "in-place" -> new Deed.ReportedInPlace(order(), word[1], word[2]);
            case "drill" ->
                new Deed.StartDrill(
                        "rainstorm",
                        word[2],
                        SignalColor.find(word[1]).orElseThrow(),
                        option(word, "text").orElse(""),
                        option(word, "people").map(p -> List.of(p.split(","))).orElse(List.of()));
            case "test" -> new Deed.TestAnswers(word[1]);
            case "end-drill" ->
                new Deed.EndDrill(last(CallFact.CallOrderOpened.class, f -> f.aim() != CallFact.Aim.WARNING)
                        .order());
            case "again" -> new Deed.CallAgain(order(), word[1]);
            case "escalate" -> new Deed.Escalate(order(), word[1]);
            case "enter" ->
                new Deed.EnterSignal(
                        "rainstorm",
                        word[2],
                        SignalColor.find(word[1]).orElseThrow(),
                        "电话",
                        option(word, "text").orElse(""));
            case "decide" -> new Deed.DecideAlert(alert(), word[1], "");
            case "approve" -> new Deed.ApproveProposal(alert(), "");
            case "retract" -> new Deed.RetractSignal(signal(), word[1]);
            case "correct" -> new Deed.CorrectSignal(signal(), word[1], "");
            case "note" -> new Deed.WriteNote(word[1]);
            case "overrule" ->
                new Deed.OverruleDoubt(word[1], word[2], option(word, "reason").orElse(""));
            case "accept" ->
                new Deed.AcceptReading(
                        word[1], time(word[2]), option(word, "reason").orElse(""));
            case "what-if" ->
                new Deed.TryForecast(new WhatIf(
                        option(word, "rain").map(Integer::parseInt).orElse(100),
                        has(word, "pumps-off"),
                        option(word, "tide").map(Integer::parseInt).orElse(0),
                        has(word, "similar-storm")));
            case "release" -> new Deed.ReleaseRoom();
            case "erase" -> new Deed.ErasePerson(word[1]);
            default -> throw new IllegalArgumentException("No such deed: " + String.join(" ", word));
        };
    }

    private String order() {
        return last(CallFact.CallOrderOpened.class, f -> true).order();
    }

    private String alert() {
        return last(WarnFact.ThresholdAlertRaised.class, f -> true).alert();
    }

    private String signal() {
        return last(WarnFact.SignalIssued.class, f -> true).signal();
    }

    private <F extends Fact> F last(Class<F> kind, Predicate<F> which) {
        return facts.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .findFirst()
                .orElseThrow();
    }

    /** Key of the latest errand of a channel to a person, on whosever ladder it stands. */
    private String key(String person, String channel) {
        return room.calls().listOrders().stream()
                .flatMap(o -> o.callees().stream())
                .flatMap(c -> c.attempts().stream())
                .map(Attempt::errand)
                .filter(e -> e.to().equals(person) && e.channel() == Channel.of(channel))
                .reduce((a, b) -> b)
                .orElseThrow()
                .key();
    }

    private void reports(String person, CourierReport.Kind kind, String channel) {
        var reports = room.calls().listOrders().stream()
                .flatMap(o -> o.callees().stream())
                .flatMap(c -> c.attempts().stream())
                .filter(a -> a.state() == Attempt.State.PLANNED)
                .map(Attempt::errand)
                .filter(e -> e.to().equals(person) && (channel.isEmpty() || e.channel() == Channel.of(channel)))
                .map(e -> new CourierReport(e.key(), kind, "c", "", ""))
                .toList();
        arrive(new Arrival.CourierReports(reports));
    }

    /** A courier had handed over a call in the moment in which it was withdrawn, or died after it; whatever is known by then. */
    private void slipped(String person, String channel, CourierReport.Kind kind) {
        var errand = key(person, channel);
        arrive(new Arrival.CourierReports(List.of(new CourierReport(errand, kind, "c", "", ""))));
    }

    private void rain(String[] values, Instant observedAt) {
        var readings = new ArrayList<Reading>();
        for (var value : values) {
            var part = value.split("=");
            var quantity = part[0].startsWith("level:")
                    ? Quantity.LEVEL
                    : part[0].startsWith("depth:") ? Quantity.DEPTH : Quantity.RAIN;
            readings.add(new Reading(
                    part[0].replaceFirst("(level|depth):", ""), quantity, milli(part[1]), observedAt, false));
        }
        arrive(new Arrival.Readings("gauges", readings, List.of()));
    }

    private void arrive(Arrival arrival) {
        number++;
        var step = room.take(number, now, arrival);
        room.apply(now, step.journal());
        for (var fact : step.facts()) {
            room.apply(now, fact);
            facts.add(fact);
            room.touched(fact).forEach(room::view);
            say(fact);
        }
        if (step.outcome() instanceof Outcome.Refused refused) {
            says("refused " + refused.why().code() + " " + refused.value()
                    + (refused.allowed().isEmpty() ? "" : ", allowed: " + refused.allowed()));
        }
    }

    private void say(Fact fact) {
        switch (fact) {
            case MonitorFact.AreaLevelMoved m
            when m.to().level() == m.from().level() ->
                says(m.to().fallingSince().isPresent() ? "falling " + m.area() : "steady " + m.area());
            case MonitorFact.AreaLevelMoved m ->
                says("level " + place(m.hazard(), m.area()) + " "
                        + m.to().level().word() + (m.single() ? " (one gauge only)" : "") + basis(m));
            case MonitorFact.ReadingsQuestioned q ->
                q.findings()
                        .forEach(f -> says("finding " + (f.station() + " " + f.field() + " " + f.value()).strip()
                                + ", allowed: " + f.allowed()));
            case MonitorFact.StationDoubted d ->
                says("doubted " + d.station() + " " + d.check().word() + ": " + d.evidence());
            case MonitorFact.StationTrusted d ->
                says("trusted " + d.station() + " " + d.check().word() + (d.by().isEmpty() ? "" : " by " + d.by())
                        + ": " + d.reason());
            case MonitorFact.SuspectWouldRaise w ->
                says("would raise " + place(w.hazard(), w.area()) + " to "
                        + w.color().word() + " by " + w.station() + " "
                        + w.check().word());
            case MonitorFact.ReadingAccepted a -> says("accepted " + a.station() + " by " + a.by());
            case MonitorFact.StationFellSilent s -> says("silent " + s.station());
            case MonitorFact.StationHeardAgain s -> says("heard again " + s.station());
            case WarnFact.ThresholdAlertRaised a ->
                says("alert " + place(a.hazard(), a.area()) + " " + a.color().word()
                        + (a.byForecast()
                                ? " by forecast"
                                        + a.decideBy()
                                                .map(due -> " decide by " + clock(due))
                                                .orElse("")
                                : ""));
            case ForecastFact f -> forecast(f);
            case WarnFact.ThresholdAlertDecided d ->
                says("alert " + d.decision() + (d.by().isEmpty() ? "" : " by " + d.by()));
            case WarnFact.SignalIssued s ->
                says("signal " + place(s.hazard(), s.area()) + " " + s.color().word() + " " + s.action());
            case WarnFact.SignalLifted s -> says("lifted");
            case WarnFact.SignalCorrected s -> says("corrected by " + s.by());
            case WarnFact.SignalRetracted s -> says("retracted by " + s.by());
            case CallFact.CallOrderOpened o ->
                says("order " + place(o.hazard(), o.area()) + " " + o.color().word()
                        + (o.aim() == CallFact.Aim.WARNING ? "" : " " + o.reason())
                        + (o.supersedes().isEmpty() ? "" : " supersedes") + " \""
                        + o.messages().self() + "\"");
            case CallFact.CalleeListed l ->
                says("calls " + l.person() + " for "
                        + String.join(
                                ",", l.items().stream().map(CallFact.Item::area).toList()));
            case CallFact.RoundStarted r ->
                says("round " + (r.round() + 1) + " " + r.person() + " " + r.target() + " "
                        + String.join(
                                ",",
                                r.errands().stream()
                                        .map(e -> e.channel().word() + ">" + e.to()
                                                + (e.notBefore().isAfter(now) ? " at " + clock(e.notBefore()) : ""))
                                        .toList())
                        + " next " + clock(r.nextDue()));
            case CallFact.SpeakerShared s ->
                says("round " + (s.round() + 1) + " " + s.person() + " speaker>" + s.to() + " with "
                        + room.calls()
                                .findAttempt(s.key())
                                .orElseThrow()
                                .errand()
                                .callee());
            case CallFact.RoundPutOff r ->
                says("round " + (r.round() + 1) + " " + r.person() + " waits until " + clock(r.until()));
            case CallFact.CallOrderContinues c -> says("more to list");
            case CallFact.CallOrderListed l -> says("all listed");
            case CallFact.InPlaceReported p -> says("in place " + p.person() + " by " + p.by() + " " + p.channel());
            case CallFact.AnswerExpired a -> says("answer of " + a.person() + " expired");
            case CallFact.RuleJudged r ->
                says((r.met() ? "rule met " : "rule not met ") + r.reached() + "/" + r.called() + " people "
                        + r.areasReached() + "/" + r.areas() + " areas"
                        + (r.missing().isEmpty() ? "" : " missing " + String.join(",", r.missing())));
            case CallFact.CalleeExhausted e -> says("exhausted " + e.person());
            case CallFact.CalleeSettled s ->
                says("settled " + s.person() + " " + s.how().name().toLowerCase(java.util.Locale.ROOT)
                        + (s.channel().isEmpty() ? "" : " by " + s.by() + " " + s.channel())
                        + (s.witness().isEmpty() ? "" : " witness " + s.witness())
                        + s.reportBy().map(due -> " report by " + clock(due)).orElse("")
                        + (s.withdrawnKeys().isEmpty()
                                ? ""
                                : " withdraws " + s.withdrawnKeys().size()));
            case CallFact.AttemptReported r ->
                says("report " + r.person() + " " + r.report().kind().name().toLowerCase(java.util.Locale.ROOT)
                        + r.again()
                                .map(e -> " again \"" + e.message() + "\""
                                        + (e.notBefore().isAfter(now) ? " at " + clock(e.notBefore()) : ""))
                                .orElse(""));
            case CallFact.EvidenceHeard e ->
                says("evidence " + e.person() + " " + e.event().kind().name().toLowerCase(java.util.Locale.ROOT));
            case CallFact.RepeatStopped s -> says("not again " + s.person());
            case CallFact.NoticeSent n ->
                says("notice " + n.kind() + " to "
                        + String.join(
                                ",",
                                n.errands().stream()
                                        .map(e -> e.channel().word() + ">" + e.to())
                                        .toList())
                        + (n.errands().isEmpty() || !n.message().startsWith("【演练】") ? "" : " \"" + n.message() + "\""));
            case CallFact.CallOrderReworded r ->
                says("says now \"" + r.messages().self() + "\"");
            case CallFact.CallOrderClosed c ->
                says("closed " + c.reason()
                        + (c.withdrawnKeys().isEmpty()
                                ? ""
                                : " withdraws " + c.withdrawnKeys().size()));
            case RoomFact.JournalSealed s -> {}
            case RosterFact r
            when r instanceof RosterFact.ContactDisputed d -> says("disputed " + d.person() + " " + d.channel());
            case RosterFact r when r instanceof RosterFact.Erased e -> says("erased " + e.person());
            case RosterFact r -> {}
            case StationFact s -> {}
            case RoomFact.RoomConfigured c -> {}
            case RoomFact.CarrierChanged c ->
                says("carrier " + c.carrier() + (c.well() ? " is back" : " is out") + ", out: "
                        + c.out().stream().map(Channel::word).collect(java.util.stream.Collectors.joining(",")));
            default -> says(fact.getClass().getSimpleName());
        }
    }

    private void forecast(ForecastFact fact) {
        switch (fact) {
            case ForecastFact.ForecastsSet s ->
                says("forecasts over " + s.plan().ground() + ", next " + clock(s.next()));
            case ForecastFact.ForecastsEnded e -> says("no forecasts any more");
            case ForecastFact.ForecastAsked a ->
                says("forecast " + (a.whatIf().live() ? "" : "if " + a.whatIf() + " ") + "asked"
                        + (a.by().isEmpty() ? "" : " by " + a.by()) + " from " + clock(a.start()) + " until "
                        + clock(a.until()) + " rain "
                        + String.join(
                                " ",
                                a.rain().stream()
                                        .map(r -> r.station() + "=" + r.milliPerHour() / 1000.0)
                                        .toList())
                        + " deadline " + clock(a.deadline())
                        + a.next().map(next -> " next " + clock(next)).orElse(""));
            case ForecastFact.ForecastMade m ->
                says("forecast "
                        + String.join(
                                "; ",
                                m.sites().stream()
                                        .map(s -> s.site() + " peak " + s.peakMm() + " mm at " + clock(s.peakAt())
                                                + s.floodsAt()
                                                        .map(at -> " floods " + clock(at))
                                                        .orElse(""))
                                        .toList()));
            case ForecastFact.ForecastFailed f -> says("forecast FAILED " + f.why() + " in a row " + f.inARow());
            case ForecastFact.ForecastsScored s ->
                s.now()
                        .forEach(n -> says("scored " + n.leadMin() + " min " + n.basis() + " hits " + n.hits()
                                + " misses " + n.misses() + " false " + n.falseAlarms() + " calm " + n.calm() + " bias "
                                + n.biasSumMm() + "/" + n.wet()));
            case ForecastFact.ExpectedLevelMoved m
            when m.to().level() == m.from().level() -> says("expected " + m.area() + " may fall");
            case ForecastFact.ExpectedLevelMoved m ->
                says("expected " + place(m.hazard(), m.area()) + " "
                        + m.to().level().word());
        }
    }

    /** The area; and the hazard, when it is not the usual one. */
    private static String place(String hazard, String area) {
        return hazard.equals(Rules.RAINSTORM) ? area : area + " " + hazard;
    }

    private static String basis(MonitorFact.AreaLevelMoved m) {
        var text = new StringBuilder();
        for (var b : m.basis()) {
            text.append(' ')
                    .append(b.station())
                    .append(' ')
                    .append(BigDecimal.valueOf(b.sumMilli(), 3)
                            .stripTrailingZeros()
                            .toPlainString())
                    .append(' ')
                    .append(b.quantity().unit())
                    .append(b.windowH() == 0 ? "" : "/" + b.windowH() + " h");
        }
        return text.toString();
    }

    private void says(String text) {
        out.append("-> ").append(clock(now)).append(' ').append(text).append('\n');
    }

    private static String clock(Instant at) {
        return at.toString().substring(11, 19);
    }

    private static boolean has(String[] word, String which) {
        return Arrays.asList(word).contains(which);
    }

    private static Optional<String> option(String[] word, String name) {
        return Arrays.stream(word)
                .filter(w -> w.startsWith(name + "="))
                .map(w -> w.substring(name.length() + 1))
                .findFirst();
    }
}
