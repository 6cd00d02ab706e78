package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jiaoying.duty.errand.Channel;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.page.VisitorPhone.Heard;
import jiaoying.server.page.VisitorPhone.Phone;
import jiaoying.server.scratch.Scratch;
import jiaoying.server.security.Account;
import jiaoying.server.security.Accounts;
import jiaoying.server.security.DoorTokens;
import jiaoying.server.security.Passwords;
import jiaoying.server.security.Role;
import jiaoying.server.security.SignInLinks;
import org.springframework.context.ConfigurableApplicationContext;

/** One real web server on a free port for all tests of pages and doors, over a room in memory. */
final class House {
    static final String PASSWORD = "Tide-Table-7";
    private static final House ONLY = new House(new MemoryRoom());

    final MemoryRoom room;
    final MemoryCredentials credentials = new MemoryCredentials();
    final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-07-01T10:00:00Z"));
    final SignInLinks links = new SignInLinks(() -> credentials, wallClock::get);
    final DoorTokens doors = new DoorTokens(() -> credentials, wallClock::get);
    final List<String> pressed = new ArrayList<>();
    private final Scratch scratch;
    final ConfigurableApplicationContext context;
    final String address;
    private final Map<Role, Visitor> signedIn = new EnumMap<>(Role.class);
    private final Passwords passwords = new Passwords(4);
    private volatile boolean ready = true;

    private House(MemoryRoom room) {
        this.room = room;
        var setup = new WebBeans.Setup(
                new RoomInfo(
                        "pinghu",
                        new RoomInfo.Criteria("rainstorm-cma16", "1.0", "标准", "Criteria", false),
                        () -> new RoomInfo.Banner("哈维降雨移植演示", "Harvey rain 2017"),
                        () -> 12,
                        Optional::empty,
                        List::of),
                wallClock::get,
                4,
                Duration.ofMillis(10),
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                new VisitorPhone(this::phone, (_, call, key) -> pressed.add(call + key)),
                () -> ready);
        scratch = scratch();
        context = ServerApplication.of(
                        "127.0.0.1", 0, new WebBeans(room.beans(credentials), setup), scratch.path(), Map.of())
                .run();
        address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        for (var role : Role.values()) {
            open(nameOf(role), EnumSet.of(role), List.of(MemoryRoom.CITY));
        }
        open("officer", EnumSet.of(Role.DUTY_OFFICER), List.of());
        open("leader", EnumSet.of(Role.DUTY_LEADER), List.of());
        open("admin", EnumSet.of(Role.SYSTEM_ADMINISTRATOR), List.of());
        open("zhapu", EnumSet.of(Role.TOWN), List.of(MemoryRoom.ZHAPU));
        open("xindai", EnumSet.of(Role.TOWN), List.of(MemoryRoom.XINDAI));
        open("waishan", EnumSet.of(Role.VILLAGE), List.of(MemoryRoom.ZHAPU_VILLAGE));
    }

    static House open() {
        return ONLY;
    }

    /** One more web server, over a room of its own; to be closed. */
    static House over(MemoryRoom room) {
        return new House(room);
    }

    private static Scratch scratch() {
        try {
            return Scratch.make("house");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        context.close();
        try {
            scratch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Visitor anybody() {
        return new Visitor(address);
    }

    Visitor signIn(String name) {
        var visitor = anybody();
        var reply = visitor.post("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}");
        if (reply.status() != 200) {
            throw new AssertionError(name + " cannot sign in: " + reply.body());
        }
        return visitor;
    }

    /** An account that has this role only and sees the whole city by its code. */
    Visitor withRole(Role role) {
        return signedIn.computeIfAbsent(role, wanted -> signIn(nameOf(wanted)));
    }

    void open(String name, EnumSet<Role> roles, List<String> areas) {
        new Accounts(() -> credentials, passwords).open(new Account(name, roles, areas), PASSWORD);
    }

    /** An account that acts for a person of the register. */
    Visitor signInFor(String person, EnumSet<Role> roles, List<String> areas) {
        var name = "for-" + person;
        open(name, roles, areas);
        new Accounts(() -> credentials, passwords).tie(name, person);
        return signIn(name);
    }

    void ready(boolean isReady) {
        ready = isReady;
    }

    private Optional<Phone> phone(String token) {
        return token.equals("visitor")
                ? Optional.of(new Phone(
                        "李二",
                        List.of(
                                new Heard(room.now(), Channel.VOICE, "乍浦镇红色", Optional.of("call-7")),
                                new Heard(
                                        room.now(),
                                        Channel.TEXT,
                                        "请应答 http://somewhere:1/a/t-123 <b>",
                                        Optional.empty()))))
                : Optional.empty();
    }

    private static String nameOf(Role role) {
        return "only-" + role.word();
    }
}
