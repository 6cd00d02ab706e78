package jiaoying.wire.cmpp;

import java.util.Optional;

/**
 * What became of one part of a text (状态报告), as it stands in the content of a DELIVER: 60 bytes in 2.0, 71 in 3.0. There is
 * one for each part.
 *
 * @param msgId      of the SUBMIT_RESP, which may not have come yet
 * @param stat       {@code DELIVRD} and others; carriers have codes of their own, such as {@code MA:0001}
 * @param submitTime YYMMDDhhmm, the gateway's clock
 * @param doneTime   YYMMDDhhmm
 */
public record StatusReport(
        MsgId msgId, String stat, String submitTime, String doneTime, String destTerminalId, long smscSequence) {
    private static final int FIXED = 8 + 7 + 10 + 10 + 4;

    /** What the report says of the text. */
    public enum Fate {
        DELIVERED,
        /** Not final: a further report follows or nothing does. */
        UNDERWAY,
        NOT_DELIVERED
    }

    /** Empty when the content is no report. How long it is, and not the connection, says which version wrote it. */
    public static Optional<StatusReport> find(Content content) {
        for (var version : Version.values()) {
            if (content.size() == FIXED + version.terminalId()) {
                var in = new FieldReader(content.toBytes(), 0, content.size());
                return Optional.of(new StatusReport(
                        in.msgId(), in.text(7), in.text(10), in.text(10), in.text(version.terminalId()), in.number(4)));
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException for what a field cannot hold */
    public Content content(Version version) {
        return Content.of(new FieldWriter()
                .msgId(msgId)
                .text("Stat", 7, stat)
                .text("Submit_time", 10, submitTime)
                .text("Done_time", 10, doneTime)
                .text("Dest_terminal_Id", version.terminalId(), destTerminalId)
                .number("SMSC_sequence", 4, smscSequence)
                .toBytes());
    }

    public Fate fate() {
        return switch (stat.strip()) {
            case "DELIVRD" -> Fate.DELIVERED;
            case "ACCEPTD", "ENROUTE" -> Fate.UNDERWAY;
            default -> Fate.NOT_DELIVERED;
        };
    }

    /** The person's number stays out of logs. */
    @Override
    public String toString() {
        return "StatusReport[" + msgId + ", " + stat + "]";
    }
}
