package jiaoying.wire.sl651;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An information group (信息组) of a body: an identifier with its data, §6.6.2.1, §6.6.3.1. */
public sealed interface Group {
    /**
     * Whose the following groups are (测站编码引导符 F1F1, ST).
     *
     * @param classCode the byte behind it where the function has one (遥测站分类码), see {@link StationClass#find}
     */
    record Station(StationAddress address, OptionalInt classCode) implements Group {}

    /** When the following values were observed (观测时间引导符 F0F0, TT): ends of periods, the first of a series. */
    record Observed(StationTime time) implements Group {
        public Observed {
            if (time.digits().size() != StationTime.TO_MINUTE) {
                throw new IllegalArgumentException("An observation time goes to the minute, not " + time);
            }
        }
    }

    /**
     * Interval of the values that follow (时间步长码 0418, DRxnn), table C.1 note g.
     *
     * @param dhm three bytes of two decimal digits: days, hours, minutes; all zero before arrays of one hour
     */
    record Step(Octets dhm) implements Group {
        public Step {
            if (dhm.size() != 3) {
                throw new IllegalArgumentException("A step code has three bytes, not " + dhm.size());
            }
        }

        public static Step minutes(int minutes) {
            return new Step(Octets.of((byte) 0, (byte) 0, bcd(minutes)));
        }

        public static Step hours(int hours) {
            return new Step(Octets.of((byte) 0, bcd(hours), (byte) 0));
        }

        public static Step days(int days) {
            return new Step(Octets.of(bcd(days), (byte) 0, (byte) 0));
        }

        private static byte bcd(int number) {
            if (number < 0 || number > 59) {
                throw new IllegalArgumentException("A step is 0..59, not " + number);
            }
            return (byte) (number / 10 << 4 | number % 10);
        }

        /** Empty if a digit is none; zero before arrays of one hour. */
        public Optional<Duration> length() {
            if (!Packed.isDecimal(dhm)) {
                return Optional.empty();
            }
            return Optional.of(Duration.ofDays(part(0)).plusHours(part(1)).plusMinutes(part(2)));
        }

        private int part(int index) {
            return dhm.at(index) / 16 * 10 + dhm.at(index) % 16;
        }
    }

    /** One value (要素), table C.1. */
    record Element(ElementId id, Data data) implements Group {
        /** In the form of table C.1, for HEX/BCD. */
        public static Element of(ElementId id, BigDecimal number) {
            return new Element(id, id.packed(number));
        }

        public Value value() {
            return Value.of(id, data);
        }
    }

    /**
     * Values at equal intervals (均匀时段), tables 30 and 45; stands behind a {@link Step}.
     *
     * @param elements one in HEX/BCD
     * @param rows one for each time, in order, at least one; a datum for each element in each, all of a HEX/BCD series
     *     equally long
     */
    record Series(List<ElementId> elements, List<List<Data>> rows) implements Group {
        public Series {
            elements = List.copyOf(elements);
            rows = rows.stream().map(List::copyOf).toList();
            var width = elements.size();
            if (width == 0 || rows.isEmpty() || rows.stream().anyMatch(it -> it.size() != width)) {
                throw new IllegalArgumentException("A series has rows of one datum for each of its elements");
            }
        }
    }

    /**
     * An element that the centre asks for, without data, tables 44 and 48.
     *
     * @param bytes and decimals of the definition byte; 0 in ASCII, which has none
     */
    record Wanted(ElementId id, int bytes, int decimals) implements Group {
        public static Wanted of(ElementId id) {
            return new Wanted(id, id.packedBytes(), id.decimals());
        }
    }

    /** A parameter of the station (遥测站参数), appendix D. */
    record Setting(ParameterId id, Data data) implements Group {
        /** Numbers by table D.4; tables D.1's addresses and bits are binary, see {@link Channel}, {@link MonitoredItem}. */
        public Value value() {
            return Value.of(id, data);
        }
    }

    /** A parameter that the centre asks for, without data, table 52. */
    record WantedSetting(ParameterId id, int bytes, int decimals) implements Group {}

    /** Begin and end of the hours asked for (起始时间, 结束时间), table 44. */
    record Period(StationTime from, StationTime to) implements Group {}

    /** Manual entry (人工置数 F2F2, RGZS), to the end of the body, as typed. */
    record Manual(Octets text) implements Group {}

    /** A JPEG picture (图片信息 F3F3, PIC), to the end of the body. */
    record Picture(Octets jpeg) implements Group {}

    /** Velocities in bulk (流速批量数据 FDF6, DATA), to the end of the body; the standard does not say how. */
    record Velocities(Octets data) implements Group {}

    /** Software version of the station (软件版本), table 57: a byte of length and text, up to 255 bytes. */
    record Version(Octets text) implements Group {}

    /**
     * Pumps or valves on and off (水泵/阀门开关控制状态), tables 71 and 74.
     *
     * @param bits bit 0 of the first byte is number 1, up to 255 bytes
     */
    record Switches(Octets bits) implements Group {
        /** @param number from 1 */
        public boolean isOn(int number) {
            return Bits.at(bits, number - 1);
        }
    }

    /**
     * Gates open and shut (闸门开关控制状态), table 77.
     *
     * @param count of gates, 0..255
     * @param bits bit 0 of the first byte is gate 1
     * @param openings two bytes BCD each, cm, as many as were sent
     */
    record Gates(int count, Octets bits, Octets openings) implements Group {
        /** @param number from 1 */
        public boolean isOpen(int number) {
            return Bits.at(bits, number - 1);
        }

        /** Empty if it was not sent or is no number. */
        public OptionalInt opening_cm(int number) {
            var at = 2 * (number - 1);
            if (at < 0 || at + 2 > openings.size() || !Packed.isDecimal(openings.slice(at, at + 2))) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(Integer.parseInt(openings.slice(at, at + 2).hex()));
        }
    }

    /** Control by a water quota (水量定值控制), tables 80 and 81: FF in force, 00 not. */
    record Quota(int command) implements Group {
        static final int IN_FORCE = 0xFF;

        public boolean isInForce() {
            return command == IN_FORCE;
        }
    }

    /**
     * Event counters (事件记录), table 84.
     *
     * @param counters 32 of two bytes, see {@link StationEvent}
     */
    record Events(Octets counters) implements Group {
        static final int SIZE = 64;

        public Events {
            if (counters.size() != SIZE) {
                throw new IllegalArgumentException("Event counters have 64 bytes, not " + counters.size());
            }
        }

        public int count(StationEvent event) {
            return count(event.ordinal() + 1);
        }

        /** @param erc 1..32 */
        public int count(int erc) {
            return (int) counters.number(2 * (erc - 1), 2);
        }
    }

    /** What was not understood, from there to the end of the body. */
    record Raw(Octets octets, Why why) implements Group {
        /** Why it could not be read. */
        public enum Why {
            /** A function that is reserved or the user's, or bytes where its body has none. */
            NO_LAYOUT,
            /** A maker's pair (leader twice, as 7979): nothing says how long its data are. */
            VENDOR_PAIR,
            /** An identifier that the standard does not allow here. */
            UNKNOWN_IDENTIFIER,
            /** The body ends inside of a group. */
            CUT_SHORT,
            /** Data that do not have the form their identifier demands. */
            MALFORMED
        }
    }
}
