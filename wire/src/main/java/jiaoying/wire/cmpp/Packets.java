package jiaoying.wire.cmpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jiaoying.wire.cmpp.Body.ActiveTest;
import jiaoying.wire.cmpp.Body.ActiveTestResp;
import jiaoying.wire.cmpp.Body.Connect;
import jiaoying.wire.cmpp.Body.ConnectResp;
import jiaoying.wire.cmpp.Body.Deliver;
import jiaoying.wire.cmpp.Body.DeliverResp;
import jiaoying.wire.cmpp.Body.Submit;
import jiaoying.wire.cmpp.Body.SubmitResp;
import jiaoying.wire.cmpp.Body.Terminate;
import jiaoying.wire.cmpp.Body.TerminateResp;

/** Packets from bytes and to bytes. Big-endian; texts are left-aligned and padded with 00. */
public final class Packets {
    public static final int HEADER = 12;

    /** A SUBMIT of 3.0 to 100 numbers with 255 bytes of content has 3,662. */
    public static final int MOST = 4096;

    private static final int DESTINATIONS_MOST = 100;

    private Packets() {}

    /** What stands at {@code bytes[from]}, of which those before {@code to} have come so far. */
    public static Decoded read(byte[] bytes, int from, int to, Version version) {
        if (to - from < 4) {
            return new Incomplete(4);
        }
        var length = new FieldReader(bytes, from, to).number(4);
        if (length < HEADER || length > MOST) {
            return new Broken(Broken.Reason.LENGTH, 0, 0, 0);
        }
        if (to - from < length) {
            return new Incomplete((int) length);
        }
        return whole(new FieldReader(bytes, from + 4, from + (int) length), (int) length, version);
    }

    /** The packet that these bytes are, all of them. */
    public static Decoded read(byte[] bytes, Version version) {
        return read(bytes, 0, bytes.length, version);
    }

    private static Decoded whole(FieldReader in, int length, Version version) {
        var code = in.number(4);
        var sequence = in.number(4);
        var command = Command.find(code);
        if (command.isEmpty()) {
            return new Broken(Broken.Reason.COMMAND, code, sequence, length);
        }
        var body = body(command.get(), in, version, length);
        return in.fits() ? new Packet(sequence, body) : new Broken(Broken.Reason.BODY, code, sequence, length);
    }

    private static Body body(Command command, FieldReader in, Version version, int length) {
        return switch (command) {
            case CONNECT -> new Connect(in.text(6), in.content(16), in.octet(), in.number(4));
            case CONNECT_RESP -> connectResp(in, length);
            case TERMINATE -> new Terminate();
            case TERMINATE_RESP -> new TerminateResp();
            case SUBMIT -> submit(in, version);
            case SUBMIT_RESP -> new SubmitResp(in.msgId(), in.number(version.result()));
            case DELIVER -> deliver(in, version);
            case DELIVER_RESP -> new DeliverResp(in.msgId(), in.number(version.result()));
            case ACTIVE_TEST -> new ActiveTest();
            case ACTIVE_TEST_RESP -> activeTestResp(in);
        };
    }

    /** A gateway may answer in its own version: how wide the status is shows in the length. */
    private static Body connectResp(FieldReader in, int length) {
        return new ConnectResp(
                in.number(length == HEADER + 18 ? Version.V2_0.result() : Version.V3_0.result()),
                in.content(16),
                in.octet());
    }

    /** One byte is reserved. */
    private static Body activeTestResp(FieldReader in) {
        in.octet();
        return new ActiveTestResp();
    }

    private static Body submit(FieldReader in, Version version) {
        var msgId = in.msgId();
        int pkTotal = in.octet();
        int pkNumber = in.octet();
        int registeredDelivery = in.octet();
        int msgLevel = in.octet();
        var serviceId = in.text(10);
        int feeUserType = in.octet();
        var feeTerminalId = in.text(version.terminalId());
        int feeTerminalType = version.isThree() ? in.octet() : 0;
        int tpPid = in.octet();
        int tpUdhi = in.octet();
        int msgFmt = in.octet();
        var msgSrc = in.text(6);
        var feeType = in.text(2);
        var feeCode = in.text(6);
        var validTime = in.text(17);
        var atTime = in.text(17);
        var srcId = in.text(21);
        var destinations = destinations(in, version);
        int destTerminalType = version.isThree() ? in.octet() : 0;
        var content = in.content(in.octet());
        var linkId = linkId(in, version);
        return new Submit(
                msgId,
                pkTotal,
                pkNumber,
                registeredDelivery,
                msgLevel,
                serviceId,
                feeUserType,
                feeTerminalId,
                feeTerminalType,
                tpPid,
                tpUdhi,
                msgFmt,
                msgSrc,
                feeType,
                feeCode,
                validTime,
                atTime,
                srcId,
                destinations,
                destTerminalType,
                content,
                linkId);
    }

    private static List<String> destinations(FieldReader in, Version version) {
        int count = in.octet();
        var numbers = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            numbers.add(in.text(version.terminalId()));
        }
        return numbers;
    }

    private static Body deliver(FieldReader in, Version version) {
        return new Deliver(
                in.msgId(),
                in.text(21),
                in.text(10),
                in.octet(),
                in.octet(),
                in.octet(),
                in.text(version.terminalId()),
                version.isThree() ? in.octet() : 0,
                in.octet(),
                in.content(in.octet()),
                linkId(in, version));
    }

    /** Eight reserved bytes in 2.0. */
    private static String linkId(FieldReader in, Version version) {
        if (version.isThree()) {
            return in.text(20);
        }
        in.text(8);
        return "";
    }

    /** @throws IllegalArgumentException for what a field cannot hold, naming the field and not its value */
    public static byte[] write(Packet packet, Version version) {
        var body = new FieldWriter();
        write(packet.body(), body, version);
        var bytes = body.toBytes();
        var header = new FieldWriter()
                .number("Total_Length", 4, HEADER + bytes.length)
                .number("Command_Id", 4, packet.body().command().code())
                .number("Sequence_Id", 4, packet.sequence())
                .toBytes();
        var whole = Arrays.copyOf(header, HEADER + bytes.length);
        System.arraycopy(bytes, 0, whole, HEADER, bytes.length);
        return whole;
    }

    private static void write(Body body, FieldWriter out, Version version) {
        switch (body) {
            case Connect it ->
                out.text("Source_Addr", 6, it.sourceAddr())
                        .content("AuthenticatorSource", 16, it.authenticator())
                        .octet("Version", it.version())
                        .number("Timestamp", 4, it.timestamp());
            case ConnectResp it ->
                out.number("Status", version.result(), it.status())
                        .content("AuthenticatorISMG", 16, it.authenticator())
                        .octet("Version", it.version());
            case Submit it -> write(it, out, version);
            case SubmitResp it -> out.msgId(it.msgId()).number("Result", version.result(), it.result());
            case Deliver it -> write(it, out, version);
            case DeliverResp it -> out.msgId(it.msgId()).number("Result", version.result(), it.result());
            case ActiveTestResp _ -> out.octet("Reserved", 0);
            case Terminate _, TerminateResp _, ActiveTest _ -> {}
        }
    }

    private static void write(Submit it, FieldWriter out, Version version) {
        out.msgId(it.msgId())
                .octet("Pk_total", it.pkTotal())
                .octet("Pk_number", it.pkNumber())
                .octet("Registered_Delivery", it.registeredDelivery())
                .octet("Msg_level", it.msgLevel())
                .text("Service_Id", 10, it.serviceId())
                .octet("Fee_UserType", it.feeUserType())
                .text("Fee_terminal_Id", version.terminalId(), it.feeTerminalId());
        onlyInThree("Fee_terminal_type", it.feeTerminalType(), out, version);
        out.octet("TP_pid", it.tpPid())
                .octet("TP_udhi", it.tpUdhi())
                .octet("Msg_Fmt", it.msgFmt())
                .text("Msg_src", 6, it.msgSrc())
                .text("FeeType", 2, it.feeType())
                .text("FeeCode", 6, it.feeCode())
                .text("ValId_Time", 17, it.validTime())
                .text("At_Time", 17, it.atTime())
                .text("Src_Id", 21, it.srcId());
        write(it.destTerminalIds(), out, version);
        onlyInThree("Dest_terminal_type", it.destTerminalType(), out, version);
        out.message(it.content());
        writeLinkId(it.linkId(), out, version);
    }

    private static void write(List<String> destinations, FieldWriter out, Version version) {
        if (destinations.isEmpty() || destinations.size() > DESTINATIONS_MOST) {
            throw new IllegalArgumentException(
                    "DestUsr_tl " + destinations.size() + "; allowed are 1 to " + DESTINATIONS_MOST);
        }
        out.octet("DestUsr_tl", destinations.size());
        destinations.forEach(number -> out.text("Dest_terminal_Id", version.terminalId(), number));
    }

    private static void write(Deliver it, FieldWriter out, Version version) {
        out.msgId(it.msgId())
                .text("Dest_Id", 21, it.destId())
                .text("Service_Id", 10, it.serviceId())
                .octet("TP_pid", it.tpPid())
                .octet("TP_udhi", it.tpUdhi())
                .octet("Msg_Fmt", it.msgFmt())
                .text("Src_terminal_Id", version.terminalId(), it.srcTerminalId());
        onlyInThree("Src_terminal_type", it.srcTerminalType(), out, version);
        out.octet("Registered_Delivery", it.registeredDelivery()).message(it.content());
        writeLinkId(it.linkId(), out, version);
    }

    private static void onlyInThree(String field, int value, FieldWriter out, Version version) {
        if (version.isThree()) {
            out.octet(field, value);
        } else if (value != 0) {
            throw new IllegalArgumentException(field + " " + value + "; 2.0 has no such field");
        }
    }

    private static void writeLinkId(String linkId, FieldWriter out, Version version) {
        if (!version.isThree() && !linkId.isEmpty()) {
            throw new IllegalArgumentException("LinkID; 2.0 has no such field");
        }
        out.text("LinkID", version.isThree() ? 20 : 8, linkId);
    }
}
