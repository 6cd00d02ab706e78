package jiaoying.server.door.sl651;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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

    private final Sl651Door door;
    private final Out out;
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

    Conversation(Sl651Door door, Out out) {
        this.door = door;
        this.out = out;
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
        switch (frame.content()) {
            case Message message -> {
                if (keep(frame, message)) {
                    answer(frame, message);
                }
            }
            case Content.Piece(var packet, var _) -> piece(frame, packet);
            case Content.Unreadable _ -> door.faults().count("body");
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
            known++;
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
                        .follow(entry.getKey(), station.get(), message.serial(), latest(entry.getValue()), receivedAt);
            }
        }
        message.groups().forEach(group -> unread(group, sender, findings));
        door.count(receivedAt);
        return kept.isEmpty() && findings.isEmpty() || door.durable(new Arrival.Readings("sl651", kept, findings));
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
            case Group.Picture(var jpeg) -> {
                door.faults().count("picture");
                findings.add(Finding.unread(0, sender.hex() + " F3", jpeg.size() + " B", Sentence.of("sl651-picture")));
            }
            case Group.Station _,
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
            door.book().clockAnswered(frame.header().station());
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
