package jiaoying.bench;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.AlertDraft;
import jiaoying.wire.cap.Area;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapCheck;
import jiaoying.wire.cap.CapCheck.Verdict;
import jiaoying.wire.cap.CapTime;
import jiaoying.wire.cap.Info;
import jiaoying.wire.cap.InfoDraft;
import jiaoying.wire.cap.MessageId;
import jiaoying.wire.cap.NamedValue;

/**
 * How many warnings in CAP 1.2 one core checks in a second: a rainstorm in Chinese and English, each with a border of 100
 * points. Of four messages one is against the schema and one against a rule.
 */
final class CapBench {
    private static final int MESSAGES = 1_024;
    private static final int ROUNDS = 8;
    private static final int RUNS = 7;
    private static final int POINTS = 100;
    private static final CapTime SENT =
            new CapTime(LocalDateTime.of(2026, 7, 1, 8, 0).atOffset(ZoneOffset.ofHours(8)));
    private static final CapTime EXPIRES =
            new CapTime(LocalDateTime.of(2026, 7, 1, 14, 0).atOffset(ZoneOffset.ofHours(8)));

    private CapBench() {}

    static boolean run() {
        var messages = new byte[MESSAGES][];
        var size = 0L;
        for (var i = 0; i < MESSAGES; i++) {
            messages[i] = message(i);
            size += messages[i].length;
        }
        check(messages, 4 * ROUNDS);
        var right = true;
        var rates = new double[RUNS];
        for (var run = 0; run < RUNS; run++) {
            var began = System.nanoTime();
            right &= check(messages, ROUNDS) == MESSAGES * ROUNDS;
            rates[run] = (double) MESSAGES * ROUNDS / ((System.nanoTime() - began) / 1e9);
        }
        Figures.rate(
                String.format(Locale.ROOT, "CAP 1.2 messages of %,d bytes checked, one core", size / MESSAGES),
                rates,
                "5,000/s",
                right);
        return right;
    }

    /** How many had the verdict that they must have. */
    private static int check(byte[][] messages, int rounds) {
        var right = 0;
        for (var round = 0; round < rounds; round++) {
            for (var i = 0; i < messages.length; i++) {
                right += CapCheck.of(messages[i]).verdict() == verdict(i) ? 1 : 0;
            }
        }
        return right;
    }

    private static Verdict verdict(int i) {
        return switch (i % 4) {
            case 0 -> Verdict.INVALID;
            case 1 -> Verdict.RULE;
            default -> Verdict.VALID;
        };
    }

    private static byte[] message(int i) {
        var id = new MessageId("bench@example.org", "bench-" + i, SENT);
        var infos = List.of(info("zh-CN", "暴雨", i), info("en", "Rainstorm", i));
        var right = Cap.write(new AlertDraft(id, Alert.Status.EXERCISE, infos).alert());
        var text = new String(right, StandardCharsets.UTF_8);
        var changed = switch (verdict(i)) {
            case INVALID -> text.replaceFirst("<severity>Severe<", "<severity>Bad<");
            case RULE -> text.replaceFirst("<polygon>\\S+ ", "<polygon>");
            case VALID, CAP11 -> text;
        };
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private static Info info(String language, String event, int i) {
        return new InfoDraft(
                        language,
                        Info.Category.MET,
                        event,
                        Info.Urgency.IMMEDIATE,
                        Info.Severity.SEVERE,
                        Info.Certainty.LIKELY)
                .responseTypes(Info.ResponseType.SHELTER)
                .expires(EXPIRES)
                .senderName("Bench")
                .headline(event + " " + i)
                .description((event + ", 50 mm in 3 h. ").repeat(10))
                .instruction((event + ": stay inside. ").repeat(10))
                .parameters(new NamedValue("colour", "orange"))
                .areas(area(i))
                .info();
    }

    private static Area area(int i) {
        var points = new ArrayList<Area.Point>();
        for (var point = 0; point < POINTS; point++) {
            var angle = 2 * Math.PI * point / POINTS;
            points.add(new Area.Point(
                    degrees(30.6 + 0.1 * Math.sin(angle) + 1e-4 * i), degrees(121.1 + 0.1 * Math.cos(angle))));
        }
        points.add(points.getFirst());
        return new Area(
                "Area " + i,
                List.of(new Area.Polygon(points)),
                List.of(),
                List.of(new NamedValue("GB/T 2260", "330482")),
                Optional.empty(),
                Optional.empty());
    }

    private static BigDecimal degrees(double value) {
        return BigDecimal.valueOf(Math.round(value * 1e5), 5);
    }
}
