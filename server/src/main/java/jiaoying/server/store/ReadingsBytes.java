package jiaoying.server.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;

/**
 * The compact form of an arrival of readings in the inbox, some ten bytes a reading. Moments are kept to the microsecond.
 *
 * <pre>
 * form 3 | source | stations: count, names | readings: count, each station, quantity * 2 + suspect, value, microseconds
 * since the reading before | findings: count, each row, check, station, field, value, what is
 * allowed (code; count, values), kept
 * </pre>
 * Numbers are zigzag variable-length integers, seven bits a byte, lowest first; a text is its length in bytes and UTF-8.
 */
final class ReadingsBytes {
    private static final int FORM = 3;
    private static final Check[] CHECKS = Check.values();
    private static final Quantity[] QUANTITIES = Quantity.values();

    private ReadingsBytes() {}

    static byte[] write(Arrival.Readings arrival) {
        var out = new Out();
        out.number(FORM);
        out.text(arrival.source());
        var stations = stations(arrival.readings());
        out.number(stations.size());
        stations.keySet().forEach(out::text);
        writeReadings(out, arrival.readings(), stations);
        out.number(arrival.malformed().size());
        arrival.malformed().forEach(finding -> writeFinding(out, finding));
        return out.toBytes();
    }

    private static Map<String, Integer> stations(List<Reading> readings) {
        var stations = new java.util.LinkedHashMap<String, Integer>();
        for (var reading : readings) {
            stations.putIfAbsent(reading.station(), stations.size());
        }
        return stations;
    }

    private static void writeReadings(Out out, List<Reading> readings, Map<String, Integer> stations) {
        out.number(readings.size());
        long before = 0;
        for (var reading : readings) {
            long micros = micros(reading.observedAt());
            out.number(stations.getOrDefault(reading.station(), 0));
            out.number(reading.quantity().ordinal() * 2 + (reading.suspect() ? 1 : 0));
            out.number(reading.milli());
            out.number(micros - before);
            before = micros;
        }
    }

    private static void writeFinding(Out out, Finding finding) {
        out.number(finding.row());
        out.number(finding.check().ordinal());
        out.text(finding.station());
        out.text(finding.field());
        out.text(finding.value());
        out.text(finding.allowed().code());
        out.number(finding.allowed().values().size());
        finding.allowed().values().forEach(out::text);
        out.number(finding.kept() ? 1 : 0);
    }

    static Arrival.Readings read(byte[] bytes) {
        var in = new In(bytes);
        long form = in.number();
        if (form != FORM) {
            throw new IllegalArgumentException("Readings in the inbox have form " + form + "; this program reads form "
                    + FORM + ", start the newer program");
        }
        var source = in.text();
        var stations = in.list(In::text);
        var moments = new HashMap<Long, Instant>();
        var readings = new ArrayList<Reading>();
        long micros = 0;
        for (long left = in.number(); left > 0; left--) {
            var station = stations.get((int) in.number());
            int flags = (int) in.number();
            long milli = in.number();
            micros += in.number();
            var observedAt = moments.computeIfAbsent(micros, ReadingsBytes::instant);
            readings.add(new Reading(station, QUANTITIES[flags / 2], milli, observedAt, flags % 2 == 1));
        }
        return new Arrival.Readings(source, List.copyOf(readings), List.copyOf(in.list(ReadingsBytes::readFinding)));
    }

    private static Finding readFinding(In in) {
        return new Finding(
                (int) in.number(),
                CHECKS[(int) in.number()],
                in.text(),
                in.text(),
                in.text(),
                new Sentence(in.text(), in.list(In::text)),
                in.number() == 1);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static final class Out {
        private byte[] bytes = new byte[1_024];
        private int size;

        void number(long value) {
            long left = (value << 1) ^ (value >> 63);
            room(10);
            while ((left & ~0x7fL) != 0) {
                bytes[size++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            bytes[size++] = (byte) left;
        }

        void text(String value) {
            var utf8 = value.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            room(utf8.length);
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
        }

        private void room(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
            }
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, size);
        }
    }

    private static final class In {
        private final byte[] bytes;
        private int place;

        In(byte[] bytes) {
            this.bytes = bytes;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[place++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return (value >>> 1) ^ -(value & 1);
                }
            }
        }

        String text() {
            int length = (int) number();
            place += length;
            return new String(bytes, place - length, length, StandardCharsets.UTF_8);
        }

        <T> List<T> list(java.util.function.Function<In, T> element) {
            var list = new ArrayList<T>();
            for (long left = number(); left > 0; left--) {
                list.add(element.apply(this));
            }
            return list;
        }
    }
}
