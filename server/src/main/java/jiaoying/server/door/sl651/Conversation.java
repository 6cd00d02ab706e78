package jiaoying.server.door.sl651;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.server.reply.PlainText;
import jiaoying.wire.sl651.Acknowledgement;
import jiaoying.wire.sl651.Broken;
import jiaoying.wire.sl651.Content;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.Decoded;
import jiaoying.wire.sl651.Direction;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Frames;
import jiaoying.wire.sl651.FunctionCode;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.Incomplete;
import jiaoying.wire.sl651.LinkMode;
import jiaoying.wire.sl651.Message;
import jiaoying.wire.sl651.Octets;
import jiaoying.wire.sl651.Packet;
import jiaoying.wire.sl651.PacketAssembly;
import jiaoying.wire.sl651.Reading;
import jiaoying.wire.sl651.StationAddress;

/**
 * What is said with one peer (通信过程), §6.3: each good frame is kept, then answered; then the station is asked what it is to
 * be asked. For one thread.
 */
final class Conversation {
    private static final int ASK_AGAIN_MOST = 8;
    private static final int SHOWN = 1_000;
    private static final Duration PAUSE_MOST = Duration.ofSeconds(5);

    private final Sl651Door door;
    private final Out out;
    private final boolean waits;
    private final Map<StationAddress, PacketAssembly> assemblies = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StationAddress, PacketAssembly> eldest) {
            return size() > 4;
        }
    };
    private final ReentrantLock lock = new ReentrantLock();
    private int askedAgain;
    private long noise;
    private long good;
    private long known;

    /** Where answers go. */
    interface Out {
        void send(byte[] bytes) throws IOException;
    }

    /** @param waits whether a peer that sends too much can be made to wait; datagrams cannot */
    Conversation(Sl651Door door, Out out, boolean waits) {
        this.door = door;
        this.out = out;
        this.waits = waits;
    }

    /** Of datagrams, which come on many threads; a connection has one. */
    ReentrantLock lock() {
        return lock;
    }

    /** Bytes so far that were no frame. */
    long noise() {
        return noise;
    }

    /** Good frames so far of stations that are registered. */
    long known() {
        return known;
    }

    /** Good frames so far. */
    long good() {
        return good;
    }

    void take(Decoded decoded) throws IOException {
        switch (decoded) {
            case Frame frame -> take(frame);
            case Broken broken -> {
                noise += Math.max(1, broken.resync() - broken.at());
                door.faults().count(word(broken.reason()));
            }
            case Incomplete _ -> throw new IllegalStateException("Bug: a splitter gives whole frames");
        }
    }

    private static String word(Broken.Reason reason) {
        return switch (reason) {
            case NO_START -> "noise";
            case CRC -> "crc";
            case CUT_SHORT -> "cut-short";
            case DIRECTION, LENGTH, BODY_START, PACKET, BODY_END -> "frame";
        };
    }

    private void take(Frame frame) throws IOException {
        if (frame.direction() == Direction.DOWN) {
            door.faults().count("downlink");
            return;
        }
        if (!door.mayEnter(frame.header())) {
            door.faults().count("password-or-centre");
            return;
        }
        good++;
        if (isTooMuch(frame)) {
            return;
        }
        switch (frame.content()) {
            case Message message -> {
                if (wasHere(frame) || keep(frame, message)) {
                    answer(frame, message);
                }
            }
            case Content.Piece(var packet, var _) -> piece(frame, packet);
            case Content.Unreadable _ -> door.faults().count("body");
        }
    }

    /** A station that sends more frames than stations do is read slower; by datagrams it is not heard, and sends again. */
    private boolean isTooMuch(Frame frame) {
        var station = frame.header().station();
        if (door.find(station).isEmpty()) {
            return false;
        }
        known++;
        var wait = door.book().pace(station);
        if (wait.isZero()) {
            return false;
        }
        door.faults().count("too-many-frames");
        tell(frame, Sentence.of("sl651-too-many", door.settings().limits().framesAMinute()));
        if (waits) {
            LockSupport.parkNanos(Math.min(wait.toNanos(), PAUSE_MOST.toNanos()));
        }
        return !waits;
    }

    /** Puts odd conduct of a station on the record, once an hour. */
    private void tell(Frame frame, Sentence allowed) {
        var now = door.clock().instant();
        var station = door.find(frame.header().station()).stream().findFirst();
        if (door.book().mayTell(frame.header().station(), now)) {
            door.durable(new Arrival.Readings(
                    "sl651",
                    List.of(),
                    List.of(new Finding(
                            0,
                            Check.FORM,
                            station.map(KnownStation::station).orElse(""),
                            "station " + frame.header().station().hex(),
                            shown(Octets.of(Frames.encode(frame)).hex()),
                            allowed,
                            false))));
        }
    }

    private void piece(Frame frame, Packet packet) throws IOException {
        var assembly = assemblies.computeIfAbsent(
                frame.header().station(),
                _ -> new PacketAssembly(door.settings().limits().bodyBytes()));
        switch (assembly.take(frame)) {
            case PacketAssembly.State.Joined joined -> {
                askedAgain = 0;
                if (joined.content() instanceof Message message && keep(frame, message)) {
                    var question = question(frame);
                    send(PacketAssembly.acknowledge(frame, joined, line(question), now()));
                    ask(frame, question);
                }
            }
            case PacketAssembly.State.Waiting _ -> {
                var last = packet.number() == packet.total() || frame.end() == Control.ETX;
                if (last && askedAgain++ < ASK_AGAIN_MOST) {
                    for (var again : assembly.again(now()).stream().toList()) {
                        send(again);
                    }
                }
            }
            case PacketAssembly.State.Refused _ -> door.faults().count("packet");
        }
    }

    /** A frame that is durable already is answered again and not kept twice. */
    private boolean wasHere(Frame frame) {
        var look = isReport(frame) ? door.book().look(frame, door.clock().instant()) : Recent.Look.NEW;
        if (look == Recent.Look.REPLAYED) {
            door.faults().count("replayed");
            tell(frame, Sentence.of("sl651-replayed"));
        }
        return look != Recent.Look.NEW;
    }

    /** @return whether everything of it is durable now, so that the station may forget it */
    private boolean keep(Frame frame, Message message) {
        var receivedAt = door.clock().instant();
        var sender = frame.header().station();
        var readings = message.readings(sender);
        var byStation = new LinkedHashMap<StationAddress, List<Reading>>();
        byStation.put(sender, new ArrayList<>());
        readings.forEach(it ->
                byStation.computeIfAbsent(it.station(), _ -> new ArrayList<>()).add(it));
        var kept = new ArrayList<jiaoying.duty.measure.Reading>();
        var findings = new ArrayList<Finding>();
        var drift = drift(message, receivedAt);
        for (var entry : byStation.entrySet()) {
            var stations = door.find(entry.getKey());
            var station = stations.stream().findFirst();
            var own = entry.getKey().equals(sender);
            if (own || !entry.getValue().isEmpty()) {
                door.book().heard(entry.getKey(), station, receivedAt, own ? drift : Optional.empty());
            }
            if (station.isEmpty()) {
                if (own && byStation.size() > 1 && entry.getValue().isEmpty()) {
                    continue; // only a relay of others
                }
                door.faults().count("unknown-station");
                if (!door.mayKeepUnknown(receivedAt)) {
                    noise += Frames.size(frame);
                    return false;
                }
                findings.add(unknown(entry.getKey(), frame));
                continue;
            }
            if (frame.functionCode() == FunctionCode.TEST.code()) {
                continue; // stored apart by rule (§6.6.4.3); ours stand in the counts of the door only
            }
            for (var known : stations) {
                var mapped = door.map().map(known, entry.getValue());
                kept.addAll(mapped.readings());
                findings.addAll(mapped.findings());
                door.book()
                        .measured(
                                entry.getKey(),
                                mapped.missing(),
                                mapped.voltage().map(it -> it.toPlainString()).orElse(""));
            }
            if (isReport(frame)) {
                door.book()
                        .follow(entry.getKey(), station.get(), message.serial(), latest(entry.getValue()), receivedAt)
                        .ifPresent(door::remember);
            }
        }
        message.groups().forEach(group -> unread(group, sender, findings));
        if (!pictures(message, sender, receivedAt, findings)) {
            return false;
        }
        door.count(receivedAt);
        var durable =
                kept.isEmpty() && findings.isEmpty() || door.durable(new Arrival.Readings("sl651", kept, findings));
        if (durable
                && isReport(frame)
                && frame.packet().isEmpty()
                && !door.find(sender).isEmpty()) {
            door.book().durable(frame, receivedAt);
        }
        return durable;
    }

    /** Pictures are kept beside the ledger, which has their SHA-256. @return whether all of them are durable */
    private boolean pictures(Message message, StationAddress sender, Instant receivedAt, List<Finding> findings) {
        var address = sender;
        Optional<LocalDateTime> observedAt = Optional.empty();
        for (var group : message.groups()) {
            switch (group) {
                case Group.Station(var other, var _) -> address = other;
                case Group.Observed(var time) -> observedAt = time.dateTime();
                case Group.Picture(var jpeg) -> {
                    var station = door.find(address).stream().findFirst();
                    if (station.isEmpty() || jpeg.size() == 0) {
                        continue;
                    }
                    var sha256 = sha256(jpeg.toBytes());
                    if (!door.keep(new StationMemory.Picture(
                            station.get().station(), observedAt, receivedAt, sha256, jpeg.toBytes()))) {
                        return false;
                    }
                    findings.add(new Finding(
                            0,
                            Check.FORM,
                            station.get().station(),
                            address.hex() + " F3",
                            jpeg.size() + " B, SHA-256 " + sha256,
                            Sentence.of("sl651-picture"),
                            false));
                }
                default -> {}
            }
        }
        return true;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: each JDK has SHA-256", e);
        }
    }

    private static boolean isReport(Frame frame) {
        return frame.function().filter(FunctionCode::isSelfReport).isPresent();
    }

    private static Optional<LocalDateTime> latest(List<Reading> values) {
        return values.stream().flatMap(it -> it.observedAt().stream()).max(LocalDateTime::compareTo);
    }

    private static Optional<Duration> drift(Message message, Instant receivedAt) {
        return message.sent().dateTime().map(sent -> Duration.between(receivedAt, sent.toInstant(ElementMap.BEIJING)));
    }

    /** What has no quantity of ours is not thrown away silently. */
    private void unread(Group group, StationAddress sender, List<Finding> findings) {
        switch (group) {
            case Group.Raw(var octets, var why) -> {
                door.faults().count("partly-raw");
                findings.add(
                        Finding.unread(0, sender.hex() + " " + why, shown(octets.hex()), Sentence.of("sl651-groups")));
            }
            case Group.Manual(var text) ->
                findings.add(Finding.unread(0, sender.hex() + " F2", shown(text.hex()), Sentence.of("sl651-manual")));
            case Group.Picture _,
                    Group.Station _,
                    Group.Observed _,
                    Group.Step _,
                    Group.Element _,
                    Group.Series _,
                    Group.Wanted _,
                    Group.Setting _,
                    Group.WantedSetting _,
                    Group.Period _,
                    Group.Velocities _,
                    Group.Version _,
                    Group.Switches _,
                    Group.Gates _,
                    Group.Quota _,
                    Group.Events _ -> {}
        }
    }

    private static Finding unknown(StationAddress address, Frame frame) {
        return Finding.unread(
                0,
                "station " + address.hex(),
                shown(Octets.of(Frames.encode(frame)).hex()),
                Sentence.of("sl651-station", address.code()));
    }

    private static String shown(String text) {
        return PlainText.clip(text, SHOWN);
    }

    /** Whether the station is asked something is settled before it is answered, so that it stays for the question. */
    private void answer(Frame frame, Message message) throws IOException {
        if (frame.functionCode() == FunctionCode.SET_CLOCK.code()) {
            door.book().clockAnswered(frame.header().station(), now()).ifPresent(door::remember);
        }
        var question = question(frame);
        if (isReport(frame)) {
            var answer = Acknowledgement.of(frame, door.settings().mode(), line(question), now());
            if (answer.isPresent()) {
                send(answer.get());
            }
        }
        if (frame.end() != Control.ETB) {
            ask(frame, question);
        }
    }

    private Optional<StationBook.Question> question(Frame frame) {
        return door.settings().mode() == LinkMode.M1
                ? Optional.empty()
                : door.book().nextQuestion(frame.header().station());
    }

    private Acknowledgement.Line line(Optional<StationBook.Question> question) {
        return door.settings().stay() || question.isPresent() ? Acknowledgement.Line.STAY : Acknowledgement.Line.LEAVE;
    }

    /** One question a contact; its record is durable before it leaves. */
    private void ask(Frame frame, Optional<StationBook.Question> question) throws IOException {
        if (question.isPresent()
                && door.durable(new Arrival.Act(
                        "sl651", new Deed.WriteNote(question.get().words())))) {
            door.book().asked(frame.header().station(), question.get());
            door.forget(question.get().wish());
            send(question.get().command().frame(frame.header(), now()));
        }
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(door.clock().instant(), ElementMap.BEIJING);
    }

    private void send(Frame frame) throws IOException {
        out.send(Frames.encode(frame));
    }
}
