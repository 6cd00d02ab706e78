package jiaoying.server.door.sl651;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.measure.Sentence;
import jiaoying.wire.sl651.Broken;
import jiaoying.wire.sl651.Content;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.Direction;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Frames;
import jiaoying.wire.sl651.Incomplete;
import jiaoying.wire.sl651.Message;
import org.jspecify.annotations.Nullable;

/**
 * One frame laid open for {@code ./jiaoying frame} (报文解析): header, body and what is wrong, as a tree for JSON. A frame with a
 * wrong check code is read all the same, so that its maker sees what he sent; doors refuse it.
 */
public final class FrameLaidOpen {
    private static final int HEX_BODY_START = 13;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final DateTimeFormatter TO_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    private Optional<Fault> fault = Optional.empty();

    private FrameLaidOpen() {}

    /** The first thing that is wrong, with the clause of SL 651-2014 that it breaks. @param at byte of the frame, from 0 */
    public record Fault(Sentence what, int at, String clause) {}

    /** @param hex pairs of hexadecimal digits; spaces are left out */
    public static FrameLaidOpen of(String hex) {
        var open = new FrameLaidOpen();
        open.read(hex.replaceAll("\\s", ""));
        return open;
    }

    /** What could be read. */
    public Map<String, @Nullable Object> tree() {
        return tree;
    }

    /** The tree that JSON shows; {@code error} is always there, null when frame and body were understood. @param words of a reader */
    public Map<String, @Nullable Object> tree(Function<Sentence, String> words) {
        var whole = new LinkedHashMap<>(tree);
        whole.put("error", fault.map(it -> body(it, words)).orElse(null));
        return whole;
    }

    public Optional<Fault> fault() {
        return fault;
    }

    /** Whether the check code is right and the whole body was understood. */
    public boolean good() {
        return fault.isEmpty();
    }

    private static Map<String, Object> body(Fault fault, Function<Sentence, String> words) {
        var body = new LinkedHashMap<String, Object>();
        body.put("what", words.apply(fault.what()));
        body.put("at", fault.at());
        body.put("clause", fault.clause());
        return body;
    }

    private void wrong(Sentence what, int at, String clause) {
        fault = fault.or(() -> Optional.of(new Fault(what, at, clause)));
    }

    private void read(String hex) {
        var digits = 0;
        while (digits < hex.length() && HexFormat.isHexDigit(hex.charAt(digits))) {
            digits++;
        }
        var bytes = HEX.parseHex(hex, 0, digits / 2 * 2);
        if (digits < hex.length() || digits % 2 != 0) {
            wrong(Sentence.of("frame-hex"), bytes.length, "6.2.1");
            lenient(bytes);
            return;
        }
        read(bytes);
    }

    private void read(byte[] bytes) {
        switch (Frames.decode(bytes)) {
            case Frame frame -> {
                frame(frame, bytes, true);
                if (Frames.size(frame) != bytes.length) {
                    wrong(Sentence.of("frame-behind"), Frames.size(frame), "6.2.3");
                }
            }
            case Broken broken -> broken(broken.reason(), (int) broken.faultAt(), bytes);
            case Incomplete(var needed) -> {
                wrong(Sentence.of("frame-short", needed), bytes.length, "6.2.3");
                lenient(bytes);
            }
        }
    }

    private void broken(Broken.Reason reason, int at, byte[] bytes) {
        var what = switch (reason) {
            case NO_START -> Sentence.of("frame-no-start");
            case DIRECTION -> Sentence.of("frame-direction");
            case LENGTH -> Sentence.of("frame-length");
            case BODY_START -> Sentence.of("frame-body-start");
            case PACKET -> Sentence.of("frame-packet");
            case BODY_END -> Sentence.of("frame-body-end");
            case CRC -> Sentence.of("frame-crc");
            case CUT_SHORT -> Sentence.of("frame-cut-short");
        };
        wrong(what, at, reason == Broken.Reason.CRC ? "6.2.3.7" : "6.2.3");
        lenient(bytes);
    }

    /** Reads a frame whose length, end or check code is wrong as if they were right; else what came of its header. */
    private void lenient(byte[] bytes) {
        var salvage = Salvage.of(bytes);
        var mended = salvage.flatMap(Salvage::mend);
        if (mended.isPresent() && Frames.decode(mended.get().bytes()) instanceof Frame frame) {
            frame(frame, mended.get().bytes(), mended.get().checked());
            tree.put("bodyLength", mended.get().announced());
            tree.put("end", mended.get().end().map(Control::name).orElse(null));
            tree.put("crc", mended.get().check());
            return;
        }
        tree.put("crcOk", false);
        salvage.ifPresent(it -> tree.putAll(it.header()));
    }

    private void frame(Frame frame, byte[] bytes, boolean crcOk) {
        var header = frame.header();
        var up = frame.direction() == Direction.UP;
        var size = Frames.size(frame);
        if (up) {
            tree.put("centre", header.centre());
        }
        tree.put("station", header.station().hex());
        tree.put("stationCode", header.station().code());
        if (!up) {
            tree.put("centre", header.centre());
        }
        tree.put("password", String.format(Locale.ROOT, "%04X", header.password()));
        tree.put("function", String.format(Locale.ROOT, "%02X", frame.functionCode()));
        tree.put("direction", up ? "up" : "down");
        var hex = bytes[0] == 0x7E;
        var packetSize = frame.packet().isEmpty() ? 0 : hex ? 3 : 6;
        tree.put("bodyLength", frame.body().size() + packetSize);
        tree.put("start", frame.packet().isPresent() ? "SYN" : "STX");
        tree.put("end", frame.end().name());
        tree.put(
                "crc",
                hex
                        ? HEX.formatHex(bytes, Math.min(size, bytes.length) - 2, Math.min(size, bytes.length))
                        : new String(bytes, size - 4, 4, StandardCharsets.ISO_8859_1));
        tree.put("crcOk", crcOk);
        frame.packet().ifPresent(packet -> {
            tree.put("packets", packet.total());
            tree.put("packet", packet.number());
        });
        var bodyAt = hex
                ? HEX_BODY_START + 1 + packetSize
                : bytes.length - frame.body().size() - 5;
        if (frame.packet().filter(packet -> !packet.isFirst()).isPresent()) {
            tree.put("fragmentBytes", frame.body().size());
            return;
        }
        var content = frame.packet().isPresent()
                ? Content.of(header.encoding(), frame.direction(), frame.functionCode(), frame.body())
                : frame.content();
        switch (content) {
            case Message message -> {
                tree.put("serial", message.serial());
                tree.put(
                        "sent", message.sent().dateTime().map(TO_SECOND::format).orElse(null));
                if (message.sent().dateTime().isEmpty()) {
                    wrong(Sentence.of("frame-time", message.sent()), bodyAt, "6.6.2.4");
                }
                var body = BodyLaidOpen.of(frame, message);
                tree.putAll(body.tree());
                body.fault().ifPresent(what -> wrong(what, bodyAt, clause(frame)));
            }
            case Content.Unreadable _ -> wrong(Sentence.of("frame-headless"), bodyAt, "6.6.2.4");
            case Content.Piece _ -> throw new IllegalStateException("Bug: a first packet is read as a body");
        }
    }

    private static String clause(Frame frame) {
        return frame.function().map(it -> it.clause()).orElse("B");
    }
}
