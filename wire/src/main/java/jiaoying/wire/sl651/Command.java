package jiaoying.wire.sl651;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What the centre asks or orders (查询/控制命令), M4, §6.6.4.9 to §6.6.4.31.
 *
 * @param groups behind serial 0 and send time
 */
public record Command(FunctionCode function, List<Group> groups) {
    public Command {
        groups = List.copyOf(groups);
    }

    private static Command bare(FunctionCode function) {
        return new Command(function, List.of());
    }

    public static Command takePicture() {
        return bare(FunctionCode.PICTURE);
    }

    public static Command queryRealTime() {
        return bare(FunctionCode.QUERY_REAL_TIME);
    }

    /** Values of one element between two hours, table 44. */
    public static Command queryPeriod(LocalDateTime from, LocalDateTime to, Group.Step step, ElementId element) {
        return new Command(
                FunctionCode.QUERY_PERIOD,
                List.of(
                        new Group.Period(StationTime.hour(from), StationTime.hour(to)),
                        step,
                        Group.Wanted.of(element)));
    }

    public static Command queryManual() {
        return bare(FunctionCode.QUERY_MANUAL);
    }

    /** Table 48. */
    public static Command queryElements(List<ElementId> elements) {
        return new Command(
                FunctionCode.QUERY_ELEMENTS,
                elements.stream().<Group>map(Group.Wanted::of).toList());
    }

    /** @param settings of table D.1 (table 50) */
    public static Command writeBasic(List<Group.Setting> settings) {
        return new Command(FunctionCode.WRITE_BASIC, new ArrayList<>(settings));
    }

    /** @param wanted of table D.1 (table 52) */
    public static Command readBasic(List<Group.WantedSetting> wanted) {
        return new Command(FunctionCode.READ_BASIC, new ArrayList<>(wanted));
    }

    /** @param settings of table D.4 */
    public static Command writeRunning(List<Group.Setting> settings) {
        return new Command(FunctionCode.WRITE_RUNNING, new ArrayList<>(settings));
    }

    /** @param wanted of table D.4 */
    public static Command readRunning(List<Group.WantedSetting> wanted) {
        return new Command(FunctionCode.READ_RUNNING, new ArrayList<>(wanted));
    }

    public static Command queryPumpMotors() {
        return bare(FunctionCode.QUERY_PUMP_MOTORS);
    }

    public static Command queryVersion() {
        return bare(FunctionCode.QUERY_VERSION);
    }

    public static Command queryStatus() {
        return bare(FunctionCode.QUERY_STATUS);
    }

    /** Clears the station's stored data; the identifier protects against a wrong function code, table 61. */
    public static Command clearMemory() {
        return protectedBy(FunctionCode.CLEAR_MEMORY, ParameterId.CLEAR_MEMORY);
    }

    /** Table 63. */
    public static Command factoryReset() {
        return protectedBy(FunctionCode.FACTORY_RESET, ParameterId.FACTORY_RESET);
    }

    private static Command protectedBy(FunctionCode function, ParameterId identifier) {
        return new Command(function, List.of(new Group.Setting(identifier, new Packed(0, Octets.NONE))));
    }

    /** Table 65; the station changes it after the last acknowledgement. */
    public static Command changePassword(int old, int changed) {
        return new Command(FunctionCode.CHANGE_PASSWORD, List.of(password(old), password(changed)));
    }

    private static Group password(int password) {
        return new Group.Setting(
                ParameterId.PASSWORD,
                new Packed(0, new Bytes(2).number(password, 2).toOctets()));
    }

    /** The send time of the frame is the new time; off by more than 5 minutes, it is set twice (§6.6.4.24). */
    public static Command setClock() {
        return bare(FunctionCode.SET_CLOCK);
    }

    /** Table 69; only the bit of the IC card changes. */
    public static Command setIcCard(boolean inUse) {
        var word = inUse ? 1 << StatusBit.IC_CARD.ordinal() : 0;
        var data = new Packed(0, new Bytes(4).number(word, 4).toOctets());
        return new Command(FunctionCode.SET_IC_CARD, List.of(new Group.Element(ElementId.of("ZT"), data)));
    }

    /** Table 72. */
    public static Command pumps(Group.Switches pumps) {
        return new Command(FunctionCode.PUMPS, List.of(pumps));
    }

    /** Table 75. */
    public static Command valves(Group.Switches valves) {
        return new Command(FunctionCode.VALVES, List.of(valves));
    }

    /** Table 78. */
    public static Command gates(Group.Gates gates) {
        return new Command(FunctionCode.GATES, List.of(gates));
    }

    /** Table 80. */
    public static Command quota(boolean inForce) {
        return new Command(FunctionCode.QUOTA, List.of(new Group.Quota(inForce ? Group.Quota.IN_FORCE : 0)));
    }

    public static Command queryEvents() {
        return bare(FunctionCode.QUERY_EVENTS);
    }

    public static Command queryClock() {
        return bare(FunctionCode.QUERY_CLOCK);
    }

    /**
     * The frame to send; ends with ENQ.
     *
     * @param now by the centre's clock, Beijing time
     */
    public Frame frame(Header header, LocalDateTime now) {
        return Frame.of(header, Direction.DOWN, function, Message.of(0, now, groups), Control.ENQ);
    }
}
