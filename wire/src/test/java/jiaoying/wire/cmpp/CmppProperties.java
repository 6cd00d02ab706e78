package jiaoying.wire.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import jiaoying.wire.cmpp.Body.Deliver;
import jiaoying.wire.cmpp.Body.Submit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CmppProperties {
    @Property(tries = 2000)
    void packet_is_itself_after_the_wire(@ForAll long seed) {
        var random = new Random(seed);
        var version = Version.values()[random.nextInt(2)];
        var packet = new Packet(random.nextLong(1L << 32), body(random, version));
        var bytes = Packets.write(packet, version);
        assertThat(Packets.read(bytes, version)).isEqualTo(packet);
        for (var cut = 0; cut < bytes.length; cut++) {
            assertThat(Packets.read(bytes, 0, cut, version)).isInstanceOf(Incomplete.class);
        }
    }

    /** Also packets that were right until one byte was changed. */
    @Property(tries = 5000)
    void any_bytes_have_an_outcome(@ForAll long seed) {
        var random = new Random(seed);
        for (var version : Version.values()) {
            var bytes = noisy(random, version);
            switch (Packets.read(bytes, version)) {
                case Packet packet -> ask(packet, version);
                case Incomplete incomplete -> assertThat(incomplete.needed()).isPositive();
                case Broken broken -> assertThat(broken.length()).isBetween(0, bytes.length);
            }
        }
    }

    /** Everything that can be asked of a packet has an answer, and it goes back to the wire. */
    static void ask(Packet packet, Version version) {
        switch (packet.body()) {
            case Submit submit -> {
                ask(submit.tpUdhi(), submit.msgFmt(), submit.content());
                if (submit.destTerminalIds().isEmpty()
                        || submit.destTerminalIds().size() > 100) {
                    return;
                }
            }
            case Deliver deliver -> {
                ask(deliver.tpUdhi(), deliver.msgFmt(), deliver.content());
                StatusReport.find(deliver.content()).ifPresent(report -> {
                    if (report.fate() == null) {
                        throw new IllegalStateException("a report without a fate");
                    }
                });
            }
            default -> {}
        }
        if (packet.body() instanceof Body.ConnectResp) {
            return; // written as wide as the version says, read as wide as it is
        }
        var again = Packets.read(Packets.write(packet, version), version);
        if (!again.equals(packet)) {
            throw new IllegalStateException("not itself after the wire: " + packet);
        }
    }

    private static void ask(int tpUdhi, int msgFmt, Content content) {
        Part.find(tpUdhi, msgFmt, content).ifPresent(part -> {
            if (part.index() < 1 || part.index() > part.total() || part.text(tpUdhi) == null) {
                throw new IllegalStateException("no part: " + part);
            }
        });
    }

    @Property(tries = 2000)
    void a_text_cut_and_joined_is_the_same_text(@ForAll long seed) {
        var random = new Random(seed);
        var text = letters(random, 1 + random.nextInt(500));
        var parts = new ArrayList<>(LongText.cut(text, random.nextInt()));
        assertThat(parts).allSatisfy(part -> assertThat(part.content().size()).isBetween(1, 140));
        assertThat(parts).extracting(Part::total).containsOnly(parts.size());
        Collections.shuffle(parts, random);
        var join = new Joined(4);
        var whole = parts.stream()
                .map(part ->
                        Part.find(part.tpUdhi(), part.msgFmt(), part.content()).orElseThrow())
                .flatMap(part -> join.add("13800000000", part, part.total() > 1 ? 1 : 0).stream())
                .collect(Collectors.joining("|"));
        assertThat(whole).isEqualTo(text);
    }

    private static String letters(Random random, int count) {
        var kinds = List.of("雨", "a", "𠮷", "，", "1", "\n");
        return random.ints(count, 0, random.nextBoolean() ? kinds.size() : 1)
                .mapToObj(kinds::get)
                .collect(Collectors.joining());
    }

    private static byte[] noisy(Random random, Version version) {
        if (random.nextInt(4) == 0) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        var bytes = Packets.write(new Packet(1, body(random, version)), version);
        for (var i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 20)) : bytes;
    }

    private static Body body(Random random, Version version) {
        var three = version == Version.V3_0;
        return switch (random.nextInt(10)) {
            case 0 ->
                new Body.Connect(text(random, 6), content(random, 16), random.nextInt(256), random.nextInt(1 << 30));
            case 1 ->
                new Body.ConnectResp(random.nextInt(three ? 1 << 30 : 256), content(random, 16), random.nextInt(256));
            case 2 -> new Body.Terminate();
            case 3 -> new Body.TerminateResp();
            case 4 -> submit(random, three);
            case 5 -> new Body.SubmitResp(new MsgId(random.nextLong()), random.nextInt(three ? 1 << 30 : 256));
            case 6 -> deliver(random, three);
            case 7 -> new Body.DeliverResp(new MsgId(random.nextLong()), random.nextInt(three ? 1 << 30 : 256));
            case 8 -> new Body.ActiveTest();
            default -> new Body.ActiveTestResp();
        };
    }

    private static Body submit(Random random, boolean three) {
        var numbers = random.ints(1 + random.nextInt(5), 0, 22)
                .mapToObj(size -> text(random, size))
                .toList();
        return new Submit(
                new MsgId(random.nextLong()),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(3),
                random.nextInt(10),
                text(random, 10),
                random.nextInt(4),
                text(random, 21),
                three ? random.nextInt(2) : 0,
                random.nextInt(256),
                random.nextInt(2),
                random.nextInt(16),
                text(random, 6),
                text(random, 2),
                text(random, 6),
                text(random, 17),
                text(random, 17),
                text(random, 21),
                numbers,
                three ? random.nextInt(2) : 0,
                content(random, random.nextInt(256)),
                three ? text(random, 20) : "");
    }

    private static Body deliver(Random random, boolean three) {
        return new Deliver(
                new MsgId(random.nextLong()),
                text(random, 21),
                text(random, 10),
                random.nextInt(256),
                random.nextInt(2),
                random.nextInt(16),
                text(random, 21),
                three ? random.nextInt(2) : 0,
                random.nextInt(2),
                content(random, random.nextInt(4) == 0 ? (three ? 71 : 60) : random.nextInt(256)),
                three ? text(random, 20) : "");
    }

    private static String text(Random random, int most) {
        return random.ints(random.nextInt(most + 1), 1, 256)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Content content(Random random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Content.of(bytes);
    }
}
