package jiaoying.wire.cap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Messages for tests: samples of the field, and a made-up one that uses everything. */
final class Messages {
    private Messages() {}

    static List<Path> samples() {
        try (var files = Files.list(Path.of(
                Objects.requireNonNull(Messages.class.getResource("/cap")).toURI()))) {
            return files.filter(it -> it.toString().endsWith(".xml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(Path sample) {
        try {
            return Files.readAllBytes(sample);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] sample(String name) {
        return samples().stream()
                .filter(it -> it.getFileName().toString().equals(name))
                .map(Messages::bytes)
                .findFirst()
                .orElseThrow();
    }

    static CapTime time(String text) {
        return new CapTime(OffsetDateTime.parse(text));
    }

    static Info info() {
        var area = new Area(
                "示例镇",
                List.of(polygon("30.6,121.0 30.6,121.1 30.7,121.1 30.6,121.0")),
                List.of(new Area.Circle(point("30.65", "121.05"), new BigDecimal("2.5"))),
                List.of(new NamedValue("GB/T 2260", "330482")),
                Optional.of(BigDecimal.ZERO),
                Optional.of(new BigDecimal("300")));
        return new InfoDraft(
                        "zh-CN",
                        Info.Category.MET,
                        "暴雨",
                        Info.Urgency.IMMEDIATE,
                        Info.Severity.EXTREME,
                        Info.Certainty.OBSERVED)
                .responseTypes(Info.ResponseType.SHELTER, Info.ResponseType.ALL_CLEAR)
                .audience("示例")
                .eventCodes(new NamedValue("示例编码", "11B03"))
                .effective(time("2026-07-20T08:00:00+08:00"))
                .onset(time("2026-07-20T09:00:00+08:00"))
                .expires(time("2026-07-20T14:00:00+08:00"))
                .senderName("示例气象台")
                .headline("示例气象台发布暴雨红色预警信号 <示例> & \"引号\"")
                .description("第一行\n第二行\r\n")
                .instruction("停止户外活动")
                .web("https://example.com/1")
                .contact("示例")
                .parameters(new NamedValue("colour", "red"), new NamedValue("empty", ""))
                .resources(new Resource(
                        "图",
                        "image/png",
                        OptionalLong.of(5),
                        Optional.of("map.png"),
                        Optional.of("aGVsbG8="),
                        Optional.of("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")))
                .areas(area)
                .info();
    }

    static Area.Point point(String latitude, String longitude) {
        return new Area.Point(new BigDecimal(latitude), new BigDecimal(longitude));
    }

    static Area.Polygon polygon(String text) {
        return Shapes.polygon(text).orElseThrow();
    }

    static Alert alert() {
        return draft().alert();
    }

    static AlertDraft draft() {
        var id = new MessageId("sender@example.com", "urn:example:1", time("2026-07-20T08:00:00+08:00"));
        return new AlertDraft(id, Alert.Status.EXERCISE, List.of(info()))
                .note("示例演练")
                .codes("profile:example:1")
                .incidents("flood 2026", "one");
    }

    static String text() {
        return new String(Cap.write(alert()), StandardCharsets.UTF_8);
    }

    /** The made-up message with one place changed. */
    static byte[] with(String old, String changed) {
        var text = text();
        if (!text.contains(old)) {
            throw new IllegalArgumentException("no such place: " + old);
        }
        return text.replace(old, changed).getBytes(StandardCharsets.UTF_8);
    }
}
