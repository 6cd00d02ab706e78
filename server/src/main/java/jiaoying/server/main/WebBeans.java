package jiaoying.server.main;

import jakarta.servlet.MultipartConfigElement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.BulletinView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.warn.SignalText;
import jiaoying.server.cap.CapDesk;
import jiaoying.server.cap.CapFeeds;
import jiaoying.server.cap.CapOut;
import jiaoying.server.door.ActsDoor;
import jiaoying.server.door.ArrivalsController;
import jiaoying.server.door.CapDoor;
import jiaoying.server.door.CarriersController;
import jiaoying.server.door.CarriersDoor;
import jiaoying.server.door.DoorCount;
import jiaoying.server.door.Doors;
import jiaoying.server.door.DoorsController;
import jiaoying.server.door.EvidenceDoor;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.door.ReadingsDoor;
import jiaoying.server.door.SignalsDoor;
import jiaoying.server.door.sensorthings.Journal;
import jiaoying.server.door.sensorthings.SensorThingsDoor;
import jiaoying.server.page.AnswerController;
import jiaoying.server.page.AnswerReads;
import jiaoying.server.page.Boards;
import jiaoying.server.page.Changes;
import jiaoying.server.page.CityRegister;
import jiaoying.server.page.CoverageController;
import jiaoying.server.page.DocumentsController;
import jiaoying.server.page.ErrorReplies;
import jiaoying.server.page.EvidenceController;
import jiaoying.server.page.FeedController;
import jiaoying.server.page.ForecastController;
import jiaoying.server.page.ForecastReads;
import jiaoying.server.page.HealthController;
import jiaoying.server.page.HealthController.Health;
import jiaoying.server.page.ItemsController;
import jiaoying.server.page.LedgerController;
import jiaoying.server.page.LimitsController;
import jiaoying.server.page.LinkTarget;
import jiaoying.server.page.MapController;
import jiaoying.server.page.MeController;
import jiaoying.server.page.Open311Controller;
import jiaoying.server.page.PeopleController;
import jiaoying.server.page.PersonController;
import jiaoying.server.page.PhoneController;
import jiaoying.server.page.PhoneEntries;
import jiaoying.server.page.Places;
import jiaoying.server.page.Reads;
import jiaoying.server.page.RecordingsController;
import jiaoying.server.page.RefusalNames;
import jiaoying.server.page.ReportController;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.SettingsController;
import jiaoying.server.page.StartingGate;
import jiaoying.server.page.StaticPages;
import jiaoying.server.page.StationController;
import jiaoying.server.page.TraceController;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.page.WarnController;
import jiaoying.server.page.WatchController;
import jiaoying.server.register.AreaLocator;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Account;
import jiaoying.server.security.AccountController;
import jiaoying.server.security.Accounts;
import jiaoying.server.security.Caller;
import jiaoying.server.security.DoorTokens;
import jiaoying.server.security.Passwords;
import jiaoying.server.security.SessionController;
import jiaoying.server.security.Sessions;
import jiaoying.server.security.SignIn;
import jiaoying.server.security.SignInLinks;
import jiaoying.server.security.SmallBodies;
import jiaoying.server.store.Credentials;
import jiaoying.server.store.Evidence;
import jiaoying.server.store.RecordingStore;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CharacterEncodingFilter;

/** Puts the pages and doors over one room into the web server. */
final class WebBeans implements ApplicationContextInitializer<GenericApplicationContext> {
    private final Room room;
    private final Setup setup;

    WebBeans(Room room, Setup setup) {
        this.room = room;
        this.setup = setup;
    }

    /**
     * One room as the web server sees it.
     *
     * @param inbox    completes with the arrival's number once it is durable
     * @param outcomes of an arrival, waited for at most that long
     * @param targets  of the token of a person's link
     * @param outlines GeoJSON of the areas
     * @param credentials asked for when they are used
     * @param doors   those that are open beside the web server's own
     * @param carriers how each of them does
     * @param cap      what is spoken with other warning centres
     * @param published our own messages
     * @param warn      what only the Warn screen reads
     * @param answers   what only the Answer screen reads
     * @param programmes that the room carries; asked for when the pages are made
     * @param forecasts what only the Foresee screen reads
     * @param evidence  files that prove items
     * @param recordings of what called people said
     * @param ledger    for traces
     */
    record Room(
            Reads reads,
            Function<Arrival, CompletableFuture<Long>> inbox,
            BiFunction<Long, Duration, Optional<Outcome>> outcomes,
            Function<String, Optional<LinkTarget>> targets,
            Supplier<String> outlines,
            Supplier<Health> health,
            Changes changes,
            Supplier<Credentials> credentials,
            Doors doors,
            Supplier<List<CarriersController.Row>> carriers,
            Journal journal,
            CapDesk cap,
            Supplier<Optional<CapOut>> published,
            WarnSide warn,
            AnswerReads answers,
            Supplier<List<Programme>> programmes,
            ForecastReads forecasts,
            Supplier<Evidence> evidence,
            RecordingStore recordings,
            TraceController.Ledger ledger) {}

    /** What only Warn and the page of a station read. @param called colours with a ladder; criteria: by which the room decides */
    record WarnSide(
            Supplier<List<DutyAssigned>> duties,
            Supplier<Set<SignalColor>> called,
            Supplier<List<Criteria>> criteria,
            Function<Texts, List<CapFeeds.State>> feeds) {}

    /**
     * @param clock        the wall clock, for sessions and locks, however fast the room's clock runs
     * @param passwordCost BCrypt work factor
     * @param patience     how long a door waits for an outcome
     * @param idle         after which a session ends
     * @param ready        false while the database and the loop are starting
     */
    record Setup(
            RoomInfo info,
            InstantSource clock,
            int passwordCost,
            Duration patience,
            Duration idle,
            Duration longestSession,
            VisitorPhone phones,
            BooleanSupplier ready) {}

    @Override
    public void initialize(GenericApplicationContext context) {
        var credentials = room.credentials();
        var passwords = new Passwords(setup.passwordCost());
        var sessions = new Sessions(credentials, setup.clock(), setup.idle(), setup.longestSession());
        var signIn = new SignIn(credentials, passwords, setup.clock());
        var links = new SignInLinks(credentials, setup.clock());
        var door = new FrontDoor(room.inbox(), room.outcomes(), setup.patience());
        var boards = new Boards(room.reads());

        gate(context);
        utf8(context);
        put(context, Sessions.class, sessions);
        var tokens = new DoorTokens(credentials, setup.clock());
        put(context, DoorTokens.class, tokens);
        put(context, RawRefusals.class, new RawRefusals());
        Function<Account, Object> welcome =
                account -> context.getBean(MeController.class).me(account);
        put(context, SessionController.class, new SessionController(signIn, links, sessions, door::note, welcome));
        put(
                context,
                AccountController.class,
                new AccountController(
                        new Accounts(credentials, passwords),
                        signIn,
                        links,
                        door::note,
                        this::knowsArea,
                        this::knowsPerson));
        var readings = new DoorCount("http", "/api/readings", setup.clock());
        room.doors().add(readings::health);
        put(context, ReadingsDoor.class, new ReadingsDoor(door, readings));
        put(context, CarriersController.class, new CarriersController(room.carriers()));
        put(context, DoorsController.class, new DoorsController(room.doors(), tokens, door, this::knowsStation));
        var things = new DoorCount("sensorthings", "/v1.1", setup.clock());
        room.doors().add(things::health);
        put(
                context,
                SensorThingsDoor.class,
                new SensorThingsDoor(
                        () -> room.reads().register().get().stations(),
                        caller -> sees(boards, caller),
                        room.journal(),
                        door,
                        things,
                        room.reads().clock()));
        put(context, SignalsDoor.class, new SignalsDoor(door, this::knowsArea));
        var messages = new DoorCount("cap", "/api/cap", setup.clock());
        room.doors().add(messages::health);
        put(context, CapDoor.class, new CapDoor(door, room.cap().intake(), this::bulletin, messages));
        late(
                context,
                WarnController.class,
                () -> new WarnController(
                        boards,
                        room.warn().duties(),
                        room.warn().called().get(),
                        room.warn().criteria().get(),
                        room.warn().feeds(),
                        room.cap().settings().out().map(out -> new SignalText(out.nameZh(), out.nameEn()))));
        put(context, PeopleController.class, new PeopleController(boards));
        put(context, AnswerController.class, new AnswerController(boards, room.answers()));
        put(
                context,
                CoverageController.class,
                new CoverageController(boards, room.answers(), new DrawnAreas(room.outlines())));
        late(
                context,
                StationController.class,
                () -> new StationController(boards, room.warn().criteria().get(), room.doors()::pictures));
        late(
                context,
                ItemsController.class,
                () -> new ItemsController(boards, room.programmes().get(), room.evidence()));
        late(
                context,
                ReportController.class,
                () -> new ReportController(boards, room.programmes().get()));
        put(context, DocumentsController.class, new DocumentsController(boards, door, room.evidence()));
        late(
                context,
                SettingsController.class,
                () -> new SettingsController(boards, room.programmes().get()));
        late(
                context,
                LimitsController.class,
                () -> new LimitsController(boards, room.programmes().get()));
        late(
                context,
                Open311Controller.class,
                () -> new Open311Controller(boards, room.programmes().get(), door, this::areaAt));
        late(
                context,
                LedgerController.class,
                () -> new LedgerController(boards, room.programmes().get(), door));
        put(context, ForecastController.class, new ForecastController(boards, room.forecasts()));
        late(
                context,
                TraceController.class,
                () -> new TraceController(boards, room.programmes().get(), room.ledger()));
        put(context, EvidenceController.class, new EvidenceController(boards, room.evidence()));
        put(context, RecordingsController.class, new RecordingsController(boards, room.recordings()));
        var photos =
                new EvidenceDoor(room.evidence(), boards::zone, room.reads().clock());
        put(context, EvidenceDoor.class, photos);
        put(context, MultipartConfigElement.class, inMemory());
        late(
                context,
                RefusalNames.class,
                () -> new RefusalNames(boards, room.programmes().get()));
        put(context, FeedController.class, new FeedController(room.published()));
        put(context, CarriersDoor.class, new CarriersDoor(door));
        put(context, ArrivalsController.class, new ArrivalsController(door));
        late(
                context,
                ActsDoor.class,
                () -> new ActsDoor(
                        door,
                        new Places(room.reads(), room.programmes().get())::of,
                        boards::scope,
                        this::isKept,
                        context.getBean(RefusalNames.class)::named));
        late(
                context,
                MeController.class,
                () -> new MeController(boards, setup.info(), room.programmes().get()));
        put(context, WatchController.class, new WatchController(boards, setup.info(), room.changes(), sessions));
        put(context, MapController.class, new MapController(boards, room.outlines()));
        late(
                context,
                PersonController.class,
                () -> new PersonController(
                        boards, room.targets(), door, room.programmes().get(), photos));
        late(
                context,
                PhoneEntries.class,
                () -> new PhoneEntries(boards, room.targets(), door, photos, context.getBean(RefusalNames.class)));
        put(context, PhoneController.class, new PhoneController(boards, setup.phones()));
        put(context, HealthController.class, new HealthController(room.health(), room.doors()::healths));
        put(context, ErrorReplies.class, new ErrorReplies());
        put(context, StaticPages.class, new StaticPages());
    }

    private Optional<BulletinView> bulletin(String key) {
        var reads = room.reads();
        return reads.find()
                .find(
                        new ViewKey("bulletin", key),
                        reads.factAt().applyAsLong(reads.clock().instant()))
                .map(BulletinView.class::cast);
    }

    /** By the outlines as they are drawn now. */
    private Optional<String> areaAt(double lon, double lat) {
        try {
            return AreaLocator.of(room.outlines().get()).areaOf(lon, lat);
        } catch (AreaLocator.Undrawn e) {
            return Optional.empty();
        }
    }

    private boolean knowsArea(String area) {
        CityRegister register = room.reads().register().get();
        return register.knowsArea(area);
    }

    /** Photos of forms stay in memory until they are enciphered: nothing of them lies about in a folder for passing files. */
    private static MultipartConfigElement inMemory() {
        return new MultipartConfigElement(
                "", EvidenceDoor.MOST_BYTES, SmallBodies.PHOTOS_MOST_BYTES, (int) SmallBodies.PHOTOS_MOST_BYTES);
    }

    private boolean isKept(String sha256) {
        return room.evidence().get().find(sha256).isPresent();
    }

    private boolean knowsPerson(String person) {
        return room.reads().register().get().persons().containsKey(person);
    }

    /** Machines see the whole room, people their areas. */
    private static Predicate<String> sees(Boards boards, Caller caller) {
        return switch (caller) {
            case Caller.Machine _ -> _ -> true;
            case Caller.Person person -> boards.scope(person.account().areas())::covers;
        };
    }

    private boolean knowsStation(String station) {
        return room.reads().register().get().stations().containsKey(station);
    }

    private void gate(GenericApplicationContext context) {
        var gate = new FilterRegistrationBean<>(new StartingGate(setup.ready()));
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
        context.registerBean("startingGate", FilterRegistrationBean.class, () -> gate);
    }

    /** Forms of web views do not say in what they are written: always UTF-8. Read as Latin they would be kept garbled. */
    private static void utf8(GenericApplicationContext context) {
        var filter = new FilterRegistrationBean<>(new CharacterEncodingFilter("UTF-8", true, false));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        context.registerBean("utf8", FilterRegistrationBean.class, () -> filter);
    }

    private static <T> void put(GenericApplicationContext context, Class<T> type, T bean) {
        late(context, type, () -> bean);
    }

    /** Made when the web server is nearly up: what it takes from the packs is still being read while that starts. */
    private static <T> void late(GenericApplicationContext context, Class<T> type, Supplier<T> bean) {
        context.registerBean(type, bean);
    }
}
