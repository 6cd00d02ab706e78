package jiaoying.server.courier.sip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jiaoying.server.FreePort;

/** A telephone exchange on loopback, played by sipp of others by a scenario. Its end says whether all went as it should. */
final class Exchange implements AutoCloseable {
    private static final String REPLY = """
            [last_Via:]
            [last_From:]
            [last_To:];tag=[pid]SIPp[call_number]
            [last_Call-ID:]
            [last_CSeq:]
            Contact: <sip:[local_ip]:[local_port];transport=[transport]>
            """;
    private static final String SDP = """
            Content-Type: application/sdp
            Content-Length: [len]

            v=0
            o=user1 53655765 2353687637 IN IP4 [local_ip]
            s=-
            c=IN IP4 [local_ip]
            t=0 0
            m=audio [media_port] RTP/AVP 8 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            """;
    static final String INVITE = "<recv request=\"INVITE\" rrs=\"true\"/>";
    static final String ACK = "<recv request=\"ACK\"/>";
    static final String BYE = "<recv request=\"BYE\"/>"
            + send("SIP/2.0 200 OK\n" + REPLY.replace(";tag=[pid]SIPp[call_number]", "") + "Content-Length: 0\n\n", "");
    static final String RINGING = reply("180 Ringing");
    static final String PICKS_UP = send("SIP/2.0 200 OK\n" + REPLY + SDP, " retrans=\"500\"") + ACK;

    final int port;
    private final Process process;
    private final Path log;

    private Exchange(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    private static Optional<Path> sipp() {
        return Stream.of("/usr/bin/sipp", "/usr/local/bin/sipp", "/opt/homebrew/bin/sipp")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String reply(String status) {
        return send("SIP/2.0 " + status + "\n" + REPLY + "Content-Length: 0\n\n", "");
    }

    static String challenge() {
        return send(
                "SIP/2.0 401 Unauthorized\n" + REPLY
                        + "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"47ebe028cda119c35d4877b383027d28\", qop=\"auth\"\n"
                        + "Content-Length: 0\n\n",
                "");
    }

    /** The end of an INVITE that was taken back: the last request was the CANCEL. */
    static String terminated() {
        return send(
                "SIP/2.0 487 Request Terminated\n"
                        + REPLY.replace("[last_CSeq:]", "CSeq: 1 INVITE")
                        + "Content-Length: 0\n\n",
                " retrans=\"500\"");
    }

    static final String OFFER = SDP.substring(SDP.indexOf("v=0"));

    static String acknowledges() {
        return send(
                "ACK [next_url] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
                        + "From: [$to];tag=[pid]SIPp[call_number]\nTo: [$from]\n[last_Call-ID:]\n"
                        + "CSeq: 9[call_number] ACK\nMax-Forwards: 70\nContent-Length: 0\n\n",
                "");
    }

    /** A request of the exchange within the call. */
    static String asks(String method, String headers, String body) {
        return send(
                method + " [next_url] SIP/2.0\n"
                        + "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
                        + "From: [$to];tag=[pid]SIPp[call_number]\nTo: [$from]\n"
                        + "[last_Call-ID:]\nCSeq: 9[call_number] " + method + "\nMax-Forwards: 70\n"
                        + "Contact: <sip:[local_ip]:[local_port];transport=[transport]>\n" + headers
                        + "Content-Length: [len]\n\n" + body,
                " retrans=\"500\"");
    }

    /** Remembers who is who, for {@link #asks}. */
    static final String INVITE_WITH_NAMES = "<recv request=\"INVITE\" rrs=\"true\"><action>"
            + "<ereg regexp=\"&lt;.*\" search_in=\"hdr\" header=\"From:\" assign_to=\"from\"/>"
            + "<ereg regexp=\"&lt;.*\" search_in=\"hdr\" header=\"To:\" assign_to=\"to\"/>"
            + "</action></recv>";

    private static String send(String message, String attributes) {
        return "<send" + attributes + "><![CDATA[\n\n" + message + "\n]]></send>";
    }

    static String pause(int millis) {
        return "<pause milliseconds=\"" + millis + "\"/>";
    }

    /** Also answers whoever asks whether it is there, in a conversation of its own. */
    static Exchange plays(Path folder, String transport, String... steps) throws IOException {
        return begin(
                folder,
                transport,
                "2",
                List.of(
                        "<recv request=\"OPTIONS\" optional=\"true\" next=\"1\"/>",
                        "<recv request=\"REGISTER\" optional=\"true\" next=\"1\"/>",
                        String.join("\n", steps),
                        "<pause milliseconds=\"1\" next=\"2\"/>\n<label id=\"1\"/>" + reply("200 OK"),
                        "<label id=\"2\"/><pause milliseconds=\"1\"/>"));
    }

    /** @param conversations how many there are */
    private static Exchange begin(Path folder, String transport, String conversations, List<String> steps)
            throws IOException {
        assumeTrue(sipp().isPresent(), "SKIPPED: no sipp (apt-get install sip-tester)");
        var port = FreePort.find();
        var scenario = folder.resolve("scenario-" + port + ".xml");
        Files.writeString(
                scenario,
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<scenario name=\"exchange\">\n"
                        + String.join("\n", steps) + "</scenario>\n");
        var log = folder.resolve("sipp-" + port + ".log");
        var command = new ArrayList<>(List.of(
                sipp().orElseThrow().toString(),
                "-sf",
                scenario.toString(),
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-t",
                transport.equals("tcp") ? "t1" : "u1",
                "-m",
                conversations,
                "-nostdin",
                "-timeout",
                "60s",
                "-timeout_error"));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Exchange(process, port, log);
    }

    /** A registrar that lets nobody in without the right answer to its challenge, which sipp reckons itself. */
    static Exchange registrar(Path folder, String user, String password) throws IOException {
        return begin(
                folder,
                "udp",
                "1",
                List.of(
                        "<recv request=\"REGISTER\"/>",
                        challenge(),
                        "<recv request=\"REGISTER\"><action><verifyauth assign_to=\"good\" username=\"" + user
                                + "\" password=\"" + password + "\"/></action></recv>",
                        "<nop hide=\"true\" test=\"good\" next=\"1\"/>",
                        reply("403 Forbidden"),
                        "<nop hide=\"true\" next=\"2\"/><label id=\"1\"/>",
                        reply("200 OK"),
                        "<label id=\"2\"/><pause milliseconds=\"1\"/>"));
    }

    /** All conversations went as the scenario says. */
    void ended() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the exchange still waits: " + tail());
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the exchange was not content, " + process.exitValue() + ": " + tail());
        }
    }

    private String tail() throws IOException {
        var lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
