package jiaoying.wire.cap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jiaoying.wire.cap.CapRead.Understood;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CapProperties {
    private static final List<byte[]> SAMPLES =
            Messages.samples().stream().map(Messages::bytes).toList();

    @Property(tries = 500)
    void message_is_itself_after_the_wire(@ForAll long seed) {
        var alert = alert(new Random(seed));
        assertThat(Cap.read(Cap.write(alert))).isInstanceOfSatisfying(Understood.class, it -> {
            assertThat(it.alert()).isEqualTo(alert);
            assertThat(it.isValid()).isTrue();
        });
    }

    /** Real messages with bytes changed, cut or doubled. */
    @Property(tries = 1500)
    void any_bytes_have_an_outcome(@ForAll long seed) {
        var bytes = mutated(new Random(seed));
        switch (Cap.read(bytes)) {
            case Understood it -> assertThat(it.findings()).noneMatch(f -> f.grade() == Finding.Grade.REFUSAL);
            case CapRead.Refused it -> assertThat(it.findings()).anyMatch(f -> f.grade() == Finding.Grade.REFUSAL);
        }
        assertThat(CapSignature.check(bytes, List.of())).isNotEmpty();
    }

    /** A door understands whatever the examination calls valid, and the examination always says why something is not. */
    @Property(tries = 1500)
    void verdict_and_reading_agree_on_any_bytes(@ForAll long seed) {
        var bytes = mutated(new Random(seed));
        var check = CapCheck.of(bytes);
        assertThat(check.problems().isEmpty()).isEqualTo(check.verdict() == CapCheck.Verdict.VALID);
        if (check.verdict() == CapCheck.Verdict.VALID) {
            assertThat(Cap.read(bytes)).isInstanceOf(Understood.class);
        }
    }

    private static byte[] mutated(Random random) {
        var bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).clone();
        for (var i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> wordChanged(bytes, random);
            default -> bytes;
        };
    }

    /** Tags and words that mean something, put where they do not belong. */
    private static byte[] wordChanged(byte[] bytes, Random random) {
        var words = List.of("info", "alert", "sent", "polygon", "value", "-", ",", " ", "Z", "<", "&", "xmlns", "0");
        var text = new String(bytes, StandardCharsets.UTF_8);
        var old = words.get(random.nextInt(words.size()));
        var changed = words.get(random.nextInt(words.size()));
        return text.replace(old, changed).getBytes(StandardCharsets.UTF_8);
    }

    private static Alert alert(Random random) {
        var infos = new ArrayList<Info>();
        for (var i = random.nextInt(3); i > 0; i--) {
            infos.add(info(random));
        }
        var draft = new AlertDraft(id(random), one(random, Alert.Status.values()), infos);
        if (random.nextBoolean()) {
            draft.note(text(random));
        } else {
            draft.of(one(random, Alert.MsgType.values()), List.of(id(random), id(random)));
        }
        return draft.alert();
    }

    private static MessageId id(Random random) {
        return new MessageId("s" + random.nextInt(), "urn:x:" + random.nextInt(), time(random));
    }

    private static CapTime time(Random random) {
        var local = LocalDateTime.of(1990, 1, 1, 0, 0).plusSeconds(random.nextInt());
        return new CapTime(local.atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(1681) - 840) * 60)));
    }

    private static Info info(Random random) {
        return new InfoDraft(
                        random.nextBoolean() ? "zh-CN" : "en",
                        one(random, Info.Category.values()),
                        text(random),
                        one(random, Info.Urgency.values()),
                        one(random, Info.Severity.values()),
                        one(random, Info.Certainty.values()))
                .headline(text(random))
                .description(text(random))
                .onset(time(random))
                .parameters(new NamedValue(text(random), text(random)))
                .areas(area(random))
                .info();
    }

    private static Area area(Random random) {
        var points = new ArrayList<Area.Point>();
        for (var i = 3 + random.nextInt(4); i > 0; i--) {
            points.add(point(random));
        }
        points.add(points.getFirst());
        return new Area(
                text(random),
                List.of(new Area.Polygon(points)),
                List.of(new Area.Circle(point(random), BigDecimal.valueOf(random.nextInt(1000), 2))),
                List.of(new NamedValue(text(random), text(random))),
                Optional.of(BigDecimal.valueOf(random.nextInt(9999), 1)),
                Optional.empty());
    }

    private static Area.Point point(Random random) {
        return new Area.Point(
                BigDecimal.valueOf(random.nextInt(18_001) - 9_000, 2),
                BigDecimal.valueOf(random.nextInt(36_001) - 18_000, 2));
    }

    /** Never blank, otherwise anything that XML can say. */
    private static String text(Random random) {
        var pieces = List.of("雨", "a", "<", "&", ">", "\"", "'", "]]>", "\r", "\n", "\t", " ", "\u00a0", "🌊", "&amp;");
        var text = new StringBuilder("x");
        for (var i = random.nextInt(8); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static <T> T one(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
