package jiaoying.duty.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallStep;
import jiaoying.duty.call.Calls;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.Cases;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.forecast.ForecastFact;
import jiaoying.duty.forecast.ForecastFact.ForecastAsked;
import jiaoying.duty.forecast.Forecasts;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Monitor;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.respond.RespondFact;
import jiaoying.duty.respond.Responses;
import jiaoying.duty.room.RoomFact.AccountOpened;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.room.RoomFact.CarrierChanged;
import jiaoying.duty.room.RoomFact.ErrandReported;
import jiaoying.duty.room.RoomFact.HeadDue;
import jiaoying.duty.room.RoomFact.HeadSentOut;
import jiaoying.duty.room.RoomFact.HeadSigned;
import jiaoying.duty.room.RoomFact.JournalSealed;
import jiaoying.duty.room.RoomFact.NoteWritten;
import jiaoying.duty.room.RoomFact.PlanChosen;
import jiaoying.duty.room.RoomFact.RoomConfigured;
import jiaoying.duty.room.RoomFact.RoomHeld;
import jiaoying.duty.room.RoomFact.RoomReleased;
import jiaoying.duty.room.RoomFact.SignedIn;
import jiaoying.duty.room.RoomFact.SignedOut;
import jiaoying.duty.room.RoomFact.SoundArmed;
import jiaoying.duty.room.RoomFact.TimerLapsed;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.duty.station.Stations;
import jiaoying.duty.warn.BulletinFact;
import jiaoying.duty.warn.Bulletins;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.Warnings;

/**
 * The duty room of one jurisdiction.
 *
 * <p>{@link #take} only reads and returns what follows; the state changes by {@link #apply} alone, the same code that a
 * rebuild uses. An arrival goes one way through: monitor, then warn, then call. Each part decides on its own state and on
 * the facts of the part before it. Not thread-safe: a room has one writer.
 */
public final class DutyRoom {
    /** The duty of the outside recipients of the signed head. */
    public static final String HEAD_RECIPIENT = Roster.HEAD_RECIPIENT;

    /** How long what has ended is held in memory. */
    private static final Duration MEMORY = Duration.ofHours(48);

    private final Rules rules;
    private final Stations stations = new Stations();
    private final Roster roster;
    private final Monitor monitor;
    private final Forecasts forecasts = new Forecasts();
    private final Warnings warnings = new Warnings();
    private final Bulletins bulletins = new Bulletins();
    private final Responses responses = new Responses();
    private final Calls calls = new Calls();
    private final Cases cases;
    private final Directory directory;
    private final Diary diary = new Diary();
    private final CarrierLog carriers = new CarrierLog();
    private final Papers papers = new Papers();
    private final Limits limits;
    private final Amendments amendments;
    private final StationLog stationLog = new StationLog();
    private final StillMatters stillMatters = new StillMatters();
    private final Map<String, Instant> timers = new HashMap<>();
    private Settings settings = Settings.unset();
    private boolean held;
    private View.PlanView plan = View.PlanView.USUAL;
    private View.ShiftView shift = new View.ShiftView("", Instant.EPOCH, false);
    private Optional<LocalDate> headDay = Optional.empty();
    private List<String> anchors = List.of();
    private long facts;
    private long journalCount;
    private byte[] journalDigest = new byte[32];
    private long sealedCount;

    public DutyRoom(Rules rules) {
        this.rules = rules;
        this.roster = new Roster(rules.loop().duties());
        this.monitor = new Monitor(rules.criteria(), rules.quality());
        this.cases = new Cases(rules.loop().byName());
        this.limits = new Limits(cases);
        this.amendments = new Amendments(cases);
        this.directory = new RosterDirectory(roster, rules.loop().byName());
    }

    /**
     * Decides; only reads.
     *
     * @param number the arrival's number, gapless and rising
     * @param at     when it is recorded; never before the previous one
     */
    public Step take(long number, Instant at, Arrival arrival) {
        var proposed = new ResponseStep(this, number, at).follow(decide(number, at, arrival));
        return proposed.facts().stream().anyMatch(fact -> fact instanceof WarnFact || fact instanceof StationDoubted)
                ? new CaseDesk(this, number, at).follow(proposed)
                : proposed;
    }

    private Step decide(long number, Instant at, Arrival arrival) {
        return switch (arrival) {
            case Arrival.Readings readings -> readings(number, at, readings);
            case Arrival.MinuteEnded() -> minute(number, at);
            case Arrival.TimerDue due -> timer(number, at, due);
            case Arrival.CourierReports reports -> reports(at, reports.reports());
            case Arrival.CarrierEvents events -> events(at, events.events());
            case Arrival.CarrierChanged changed -> carrier(at, changed);
            case Arrival.LinkAnswered answer -> link(at, answer.errand(), answer.said(), "");
            case Arrival.LinkActed acted ->
                linked(acted.errand(), person -> new CaseDesk(this, number, at).act(person, acted.deed()));
            case Arrival.PhoneAnswered answer ->
                link(at, answer.errand(), answer.said(), answer.enteredAt().toString());
            case Arrival.PhoneActed acted ->
                linked(acted.errand(), person -> new CaseDesk(this, number, at).sent(person, acted));
            case Arrival.SignalReceived signal -> new Response(this, number, at).signal(signal);
            case Arrival.BulletinReceived bulletin -> new BulletinStep(this, number, at).take(bulletin);
            case Arrival.Act act -> new Deeds(this, number, at, act.actor()).step(act.deed());
            case Arrival.RegisterChanged register -> register(at, register);
            case Arrival.RoomSet set -> Step.of(List.of(new RoomConfigured(set.settings(), set.by())));
            case Arrival.ForecastsWanted wanted -> new ForecastStep(this, number, at).set(wanted);
            case Arrival.ForecastCame came -> new ForecastStep(this, number, at).came(came);
            case Arrival.Restored restored -> Step.of(List.of(new RoomHeld(restored.from())));
        };
    }

    private Step readings(long number, Instant at, Arrival.Readings arrival) {
        var checked = monitor.check(at, arrival.readings(), stations);
        var findings = new ArrayList<Finding>(arrival.malformed());
        findings.addAll(checked.findings());
        var facts = new ArrayList<Fact>();
        if (!findings.isEmpty()) {
            facts.add(new ReadingsQuestioned(arrival.source(), List.copyOf(findings)));
        }
        facts.addAll(follow(number, at, monitor.hear(at, checked, stations, roster, this::decides)));
        var stored = checked.accepted().size() + checked.repeated();
        return new Step(checked.accepted(), List.copyOf(facts), new Outcome.Stored(stored, List.copyOf(findings)));
    }

    private Step minute(long number, Instant at) {
        var facts = new ArrayList<>(follow(number, at, monitor.minute(at, this::decides)));
        if (journalCount > sealedCount) {
            facts.add(new JournalSealed(journalCount, HexFormat.of().formatHex(journalDigest)));
        }
        var today = LocalDate.ofInstant(at, ZoneId.of(settings.zone()));
        headDay.filter(today::isAfter)
                .ifPresent(day -> facts.add(new HeadDue(today.toString(), List.of(signHead(day, at)))));
        return Step.of(facts);
    }

    private static Errand signHead(LocalDate day, Instant at) {
        return new Errand(
                ErrandKey.of("head", day.toString()),
                Channel.INTERNAL,
                Purpose.SIGN_HEAD,
                90,
                at,
                "",
                "",
                "",
                day.toString());
    }

    /** What follows from facts of the monitor: a level that moved becomes an alert. */
    private List<Fact> follow(long number, Instant at, List<MonitorFact> noticed) {
        var response = new Response(this, number, at);
        var facts = new ArrayList<Fact>(noticed);
        for (var fact : noticed) {
            if (fact instanceof AreaLevelMoved moved
                    && moved.to().level() != moved.from().level()) {
                var criteria = rules.criteria(moved.hazard());
                var rises = moved.to().level().above(moved.from().level());
                var within = switch (settings.issuer()) {
                    case HEADQUARTERS ->
                        Optional.of(settings.decideWithin())
                                .filter(d ->
                                        rises && response.isCalled(moved.to().level()));
                    case WEATHER_OFFICE -> settings.approveAfter();
                };
                facts.addAll(warnings.raise(
                        id("T", number, moved.hazard(), moved.area()),
                        at,
                        moved,
                        criteria.name() + " " + criteria.version(),
                        within));
            }
        }
        return facts;
    }

    /** What began with this arrival for this hazard in this area; a slash would part the names of timers and views. */
    static String id(String kind, long number, String hazard, String area) {
        var place = kind + number + "-" + area.replace("/", "%2F");
        return hazard.equals(Rules.RAINSTORM) ? place : place + "-" + hazard.replace("/", "%2F");
    }

    private Step timer(long number, Instant at, Arrival.TimerDue due) {
        var set = timers.get(due.timer());
        if (set == null) {
            return Step.of(List.of(new TimerLapsed(due.timer())));
        }
        if (due.due().isAfter(at)) {
            return Step.of(List.of()); // it rang by a clock that was ahead of this one, and will ring again
        }
        if (set.isAfter(due.due())) {
            return Step.of(List.of()); // it was set again since it rang, and will ring again
        }
        var part = due.timer().split("/", 3);
        var facts = switch (part[0]) {
            case "round", "report", "rule", "slice" -> callDue(part, at);
            case "alert" -> alertDue(number, at, part[1]);
            case "response" -> new ResponseStep(this, number, at).due(part[1]);
            case "action" -> new ResponseStep(this, number, at).actionsDue(part[1]);
            case "late" -> new ResponseStep(this, number, at).actionsLate(part[1]);
            case "clock", "rung", "card", "control", "extension" -> new CaseDesk(this, number, at).due(part);
            case "bulletin" -> new BulletinStep(this, number, at).due(part[1]);
            case "begin" -> new BulletinStep(this, number, at).begin(part[1]);
            case "forecast" -> new ForecastStep(this, number, at).due(part[1]);
            default -> List.<Fact>of();
        };
        return Step.of(facts.isEmpty() ? List.of(new TimerLapsed(due.timer())) : facts);
    }

    private List<Fact> callDue(String[] part, Instant at) {
        var step = new CallStep(at, calls, roster);
        switch (part[0]) {
            case "round" -> step.due(part[1], part[2]);
            case "report" -> step.reportDue(part[1], part[2]);
            case "rule" -> step.judge(part[1], roster.leadersAt(at));
            default -> step.slice(part[1]);
        }
        return step.facts();
    }

    /** Nobody decided in time: a proposal is issued, a threshold alert opens the call order by plan and calls the leader. */
    private List<Fact> alertDue(long number, Instant at, String alert) {
        var open = warnings.findAlert(alert).filter(Warnings.Alert::open);
        if (open.isEmpty()) {
            return List.of();
        }
        var raised = open.get().raised();
        var response = new Response(this, number, at);
        if (settings.issuer() == Settings.Issuer.WEATHER_OFFICE) {
            return response.approve(
                    raised,
                    "",
                    "issued automatically after " + settings.approveAfter().orElseThrow(),
                    "");
        }
        var facts = new ArrayList<Fact>();
        facts.add(new ThresholdAlertDecided(alert, "overdue", "", "undecided for " + settings.decideWithin()));
        facts.addAll(response.callByAlert(raised, roster.leadersAt(at)));
        return facts;
    }

    private Step reports(Instant at, List<CourierReport> reports) {
        var step = new CallStep(at, calls, roster);
        var facts = new ArrayList<Fact>();
        for (var report : reports) {
            var forecast = forecasts.findByErrand(report.key());
            if (calls.knows(report.key())) {
                step.report(report);
            } else if (forecast.isPresent()) {
                facts.addAll(ForecastStep.reported(forecasts, forecast.get(), report));
            } else if (report.kind() == CourierReport.Kind.SUBMITTED
                    && report.detail().startsWith("fact=")) {
                facts.addAll(headSigned(at, report));
            } else {
                facts.add(new ErrandReported(report));
            }
        }
        facts.addAll(step.facts());
        return Step.of(facts);
    }

    /** @param report its detail is {@code fact=<n>;head=<hex>;signature=<hex>} */
    private List<Fact> headSigned(Instant at, CourierReport report) {
        var parts = new HashMap<String, String>();
        for (var part : report.detail().split(";")) {
            var cut = part.indexOf('=');
            parts.put(part.substring(0, cut), part.substring(cut + 1));
        }
        var signed = new HeadSigned(
                Long.parseLong(parts.getOrDefault("fact", "0")),
                parts.getOrDefault("head", ""),
                parts.getOrDefault("signature", ""),
                report.key());
        var message = "Jiaoying " + settings.room() + " fact " + signed.fact() + " head " + signed.head()
                + " signature " + signed.signature();
        var errands = new ArrayList<Errand>();
        for (var person : roster.holders(HEAD_RECIPIENT)) {
            for (var channel : List.of(Channel.MAIL, Channel.TEXT)) {
                if (roster.reachableBy(person, channel.word())) {
                    errands.add(new Errand(
                            ErrandKey.of(report.key(), person, channel.word()),
                            channel,
                            Purpose.ANCHOR,
                            80,
                            at,
                            "",
                            "",
                            person,
                            message));
                    break;
                }
            }
        }
        return errands.isEmpty() ? List.of(signed) : List.of(signed, new HeadSentOut(signed.fact(), errands));
    }

    private Step events(Instant at, List<CarrierEvent> events) {
        var step = new CallStep(at, calls, roster);
        var unknown = new ArrayList<Finding>();
        for (var row = 0; row < events.size(); row++) {
            var event = events.get(row);
            if (calls.knows(event.key())) {
                step.hear(event);
            } else if (!anchored(event)
                    && !responses.knows(event.key())
                    && cases.findCarded(event.key()).isEmpty()) {
                unknown.add(Finding.unread(row, "key", event.key(), Sentence.of("key-known")));
            }
        }
        var facts = new ArrayList<Fact>(step.facts());
        if (!unknown.isEmpty()) {
            facts.add(new ReadingsQuestioned("carrier " + events.getFirst().carrier(), List.copyOf(unknown)));
        }
        return new Step(
                List.of(),
                List.copyOf(facts),
                new Outcome.Stored(events.size() - unknown.size(), List.copyOf(unknown)));
    }

    /** When a carrier is back, those are called again whom nothing reached meanwhile; whoever was entered by hand is not. */
    private Step carrier(Instant at, Arrival.CarrierChanged changed) {
        if (!carriers.isNews(changed.carrier(), changed.well(), changed.out())) {
            return Step.of(List.of());
        }
        var facts = new ArrayList<Fact>();
        facts.add(new CarrierChanged(
                changed.carrier(), changed.channels(), changed.well(), changed.why(), changed.out()));
        if (changed.well()) {
            var step = new CallStep(at, calls, roster);
            step.carriersBack(changed.channels());
            facts.addAll(step.facts());
        }
        return Step.of(List.copyOf(facts));
    }

    /** The last signed head has come to an outside recipient, as it should; that it has not is looked into. */
    private boolean anchored(CarrierEvent event) {
        return event.kind() == CarrierEvent.Kind.DELIVERED && anchors.contains(event.key());
    }

    /** @param entered when it was entered on a telephone that may have kept it, or empty */
    private Step link(Instant at, String errand, CarrierEvent.Kind said, String entered) {
        if (!calls.knows(errand)) {
            return Step.refused(Refusal.UNKNOWN_LINK, errand);
        }
        var step = new CallStep(at, calls, roster);
        step.linkAnswered(errand, said, entered);
        return Step.of(step.facts());
    }

    /** @param deed of the person whose link it was */
    private Step linked(String errand, Function<String, Step> deed) {
        return calls.findAttempt(errand)
                .map(attempt -> attempt.errand().to())
                .or(() -> cases.findCarded(errand))
                .map(deed)
                .orElseGet(() -> Step.refused(Refusal.UNKNOWN_LINK, errand));
    }

    /** An order goes by the register that stood when it was opened: people still to be listed are listed before it changes. */
    private Step register(Instant at, Arrival.RegisterChanged arrival) {
        for (var row : arrival.rows()) {
            if (!(row instanceof RosterFact) && !(row instanceof StationFact)) {
                return Step.refused(Refusal.NOT_A_REGISTER_ROW, row.getClass().getSimpleName());
            }
        }
        var listing = new CallStep(at, calls, roster);
        calls.listing().forEach(order -> listing.listRest(order.id()));
        var facts = new ArrayList<Fact>(listing.facts());
        facts.addAll(arrival.rows());
        arrival.rows().stream()
                .filter(StationFact.class::isInstance)
                .flatMap(row -> monitor.settled((StationFact) row).stream())
                .distinct()
                .forEach(facts::add);
        return Step.of(List.copyOf(facts));
    }

    /** Sketch cells never decide a warning in a real room. */
    boolean decides(String area) {
        return settings.demo()
                || roster.findArea(area).map(row -> !row.schematic()).orElse(false);
    }

    /** Keeps readings of one arrival: the windows move and the journal's digest grows. */
    public void apply(Instant at, List<Reading> journal) {
        if (journal.isEmpty()) {
            return;
        }
        monitor.apply(at, journal);
        journalCount += journal.size();
        journalDigest = Chain.next(journalDigest, bytes(journal));
    }

    /** Journal bytes of one arrival: per reading station, quantity, value, second and flag. */
    private static byte[] bytes(List<Reading> journal) {
        var size = journal.stream().mapToInt(r -> 4 * r.station().length() + 22).sum();
        var buffer = ByteBuffer.allocate(size);
        for (var reading : journal) {
            buffer.put(reading.station().getBytes(StandardCharsets.UTF_8))
                    .put((byte) 0)
                    .put((byte) reading.quantity().ordinal())
                    .putLong(reading.milli())
                    .putLong(reading.observedAt().getEpochSecond())
                    .put((byte) (reading.suspect() ? 1 : 0));
        }
        var bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** Changes the state; the same code that a rebuild uses. */
    public void apply(Instant at, Fact fact) {
        facts++;
        stillMatters.note(facts, fact);
        fold(at, fact);
        if (fact instanceof HeadDue) {
            forget(at.minus(MEMORY));
        }
        if (fact instanceof ForecastAsked) {
            forecasts.forget(at).forEach(run -> stillMatters.forget("forecast/" + run));
        }
    }

    /** What ended before then and owes nobody anything is held no longer; it stays in the ledger and the projections. */
    private void forget(Instant before) {
        calls.forget(before).forEach(order -> stillMatters.forget("order/" + order));
        warnings.forgetSignals(before).forEach(signal -> stillMatters.forget("signal/" + signal));
        responses.forget(before).forEach(response -> stillMatters.forget("response/" + response));
        bulletins
                .forget(before.plus(MEMORY).minus(BulletinStep.MEMORY))
                .forEach(key -> stillMatters.forget("bulletin/" + key));
        warnings.forgetAlerts(before).forEach(alert -> stillMatters.forget("alert/" + alert));
        stillMatters.forgetAccepted(before);
    }

    /** Where the room stands now. @param at when its last fact was recorded */
    public Snapshot snapshot(Instant at) {
        return new Snapshot(facts, at, journalCount, HexFormat.of().formatHex(journalDigest), stillMatters.numbers());
    }

    /**
     * Brings a fresh room to where a snapshot was taken.
     *
     * @param matters the facts of {@link Snapshot#matters} in the same order
     * @param refill  readings recorded in the 25 h before the snapshot, by the instant at which they were recorded, rising
     */
    public void restore(Snapshot snapshot, List<Dated> matters, SortedMap<Instant, List<Reading>> refill) {
        assert facts == 0 && matters.size() == snapshot.matters().size()
                : "a snapshot fills a fresh room, with all of its facts";
        refill.forEach(monitor::apply);
        for (var i = 0; i < matters.size(); i++) {
            var dated = matters.get(i);
            facts = snapshot.matters().get(i);
            stillMatters.note(facts, dated.fact());
            fold(dated.at(), dated.fact());
        }
        facts = snapshot.fact();
        journalCount = snapshot.journalCount();
        journalDigest = HexFormat.of().parseHex(snapshot.journalDigest());
    }

    private void fold(Instant at, Fact fact) {
        switch (fact) {
            case RosterFact roster -> applyRoster(at, roster);
            case StationFact station -> {
                stations.apply(station);
                if (station instanceof StationRegistered registered) {
                    monitor.watch(at, registered, roster.warningArea(registered.area()));
                }
                if (station instanceof ThresholdsSet set) {
                    monitor.watch(at, set);
                }
            }
            case MonitorFact noticed -> {
                monitor.apply(noticed);
                stationLog.write(facts, at, noticed);
                if (noticed instanceof ReadingsQuestioned questioned) {
                    diary.question(facts, at, questioned);
                }
                if (noticed instanceof SuspectWouldRaise would) {
                    diary.ask(facts, at, would);
                }
            }
            case ForecastFact forecast -> forecasts.apply(at, forecast);
            case WarnFact warned -> warnings.apply(at, warned);
            case BulletinFact heard -> bulletins.apply(at, heard);
            case RespondFact responded -> responses.apply(at, responded);
            case CallFact called -> calls.apply(at, called);
            case CaseFact item -> cases.apply(at, item);
            case RoomFact own -> applyOwn(at, own);
            default -> throw new IllegalArgumentException("Bug: no part of the room knows " + fact.getClass());
        }
        if (fact instanceof ClearsTimer clears) {
            clears.clearedTimers().forEach(timers::remove);
        }
        if (fact instanceof SetsTimer sets) {
            sets.timers().forEach(timer -> timers.put(timer.id(), timer.dueAt()));
        }
    }

    private void applyRoster(Instant at, RosterFact fact) {
        roster.apply(fact);
        switch (fact) {
            case RosterFact.ShiftTaken taken -> shift = new View.ShiftView(taken.officer(), at, false);
            case RosterFact.ContactDisputed disputed -> diary.dispute(at, disputed);
            case RosterFact.ContactRegistered contact -> diary.renew(at, contact);
            case RosterFact.Erased erased -> diary.erase(at, erased);
            case RosterFact.AreaRegistered area -> {}
            case RosterFact.BodyRegistered body -> {}
            case RosterFact.PersonRegistered person -> {}
            case RosterFact.DutyAssigned duty -> {}
            case RosterFact.DutyEnded duty -> {}
            case RosterFact.ShiftPlanned planned -> {}
        }
    }

    private void applyOwn(Instant at, RoomFact fact) {
        switch (fact) {
            case RoomConfigured configured -> {
                settings = configured.settings();
                headDay = headDay.or(() -> Optional.of(LocalDate.ofInstant(at, ZoneId.of(settings.zone()))));
            }
            case PlanChosen chosen ->
                plan = new View.PlanView(
                        chosen.plan(), chosen.version(), chosen.digest(), chosen.by(), Optional.of(at));
            case CarrierChanged changed -> carriers.apply(at, changed);
            case ArrivalSetAside aside -> diary.setAside(facts, at, aside);
            case JournalSealed sealed -> sealedCount = sealed.count();
            case TimerLapsed lapsed -> {}
            case RoomFact.Limit limit -> limits.apply(at, limit);
            case RoomFact.Amending amending -> amendments.apply(at, amending);
            case RoomFact.Paper paper -> papers.apply(at, paper);
            case NoteWritten note -> diary.write(facts, at, note);
            case SoundArmed sound -> shift = new View.ShiftView(shift.officer(), shift.since(), sound.armed());
            case RoomHeld from -> held = true;
            case RoomReleased released -> held = false;
            case SignedIn in -> {}
            case SignedOut out -> {}
            case AccountOpened opened -> {}
            case RoomFact.Access access -> {}
            case HeadDue due -> headDay = Optional.of(LocalDate.parse(due.day()));
            case HeadSigned signed -> {}
            case HeadSentOut out ->
                anchors = out.errands().stream().map(Errand::key).toList();
            case ErrandReported reported -> {}
        }
    }

    public Settings settings() {
        return settings;
    }

    public boolean held() {
        return held;
    }

    /** Timers that are still to come due, for whoever rings them. */
    public List<Timer> openTimers() {
        return timers.entrySet().stream()
                .map(e -> new Timer(e.getKey(), e.getValue()))
                .toList();
    }

    /** The rows of the projections that a fact changed. */
    public Set<ViewKey> touched(Fact fact) {
        var keys = new LinkedHashSet<ViewKey>();
        new Views(this).touched(fact, keys);
        return keys;
    }

    /** One row of the projections as it is now. */
    public View view(ViewKey key) {
        return new Views(this).view(key);
    }

    Rules rules() {
        return rules;
    }

    Roster roster() {
        return roster;
    }

    Monitor monitor() {
        return monitor;
    }

    Stations stations() {
        return stations;
    }

    Forecasts forecasts() {
        return forecasts;
    }

    Warnings warnings() {
        return warnings;
    }

    Responses responses() {
        return responses;
    }

    Bulletins bulletins() {
        return bulletins;
    }

    Calls calls() {
        return calls;
    }

    StationLog stationLog() {
        return stationLog;
    }

    Cases cases() {
        return cases;
    }

    Directory directory() {
        return directory;
    }

    Diary diary() {
        return diary;
    }

    View.PlanView plan() {
        return plan;
    }

    Limits limits() {
        return limits;
    }

    Amendments amendments() {
        return amendments;
    }

    Papers papers() {
        return papers;
    }

    CarrierLog carriers() {
        return carriers;
    }

    View.ShiftView shift() {
        return shift;
    }
}
