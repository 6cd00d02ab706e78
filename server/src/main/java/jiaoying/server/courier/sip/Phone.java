package jiaoying.server.courier.sip;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TooManyListenersException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import jiaoying.wire.voice.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our end of the line (话机): SIP transactions with one exchange, and whose call each message belongs to. From any thread. */
final class Phone implements SipListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Phone.class);
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final AtomicLong STACKS = new AtomicLong();

    private final Trunk trunk;
    private final SipStack stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final int port;
    private final Map<String, Party> parties = new ConcurrentHashMap<>();

    /** Whose messages these are: a call, or the registration. */
    interface Party {
        void answered(Response response, ClientTransaction transaction);

        /** No final answer came in time. */
        void timedOut(String method);

        /** The other side asks for something. @return what to answer, 200 usually */
        Reply asked(Request request);
    }

    /** @param sdp body of the answer, or empty */
    record Reply(int status, String sdp) {
        static final Reply OK = new Reply(200, "");
    }

    Phone(Trunk trunk) throws IOException {
        this.trunk = trunk;
        try {
            var factory = SipFactory.getInstance();
            factory.setPathName("gov.nist");
            stack = factory.createSipStack(properties());
            messages = factory.createMessageFactory();
            var point = listen();
            port = point.getPort();
            provider = stack.createSipProvider(point);
            provider.addSipListener(this);
        } catch (SipException | TooManyListenersException | RuntimeException e) {
            throw new IOException("no SIP here: " + e.getMessage(), e);
        }
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "jiaoying-" + STACKS.incrementAndGet());
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", SilentLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", SilentTraffic.class.getName());
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "4");
        properties.setProperty("gov.nist.javax.sip.TCP_POST_PARSING_THREAD_POOL_SIZE", "4");
        return properties;
    }

    /** A free port of ours. */
    private ListeningPoint listen() throws IOException, SipException {
        for (var tries = 0; tries < 20; tries++) {
            int free;
            try (var socket = new java.net.ServerSocket(0)) {
                free = socket.getLocalPort();
            }
            try {
                return stack.createListeningPoint(trunk.local(), free, trunk.transport());
            } catch (InvalidArgumentException e) {
                LOG.debug("port {} was taken meanwhile", free);
            }
        }
        throw new IOException("no free port on " + trunk.local());
    }

    String newCallId() {
        return HexFormat.of().formatHex(random(12)) + "@" + trunk.local();
    }

    static String newTag() {
        return HexFormat.of().formatHex(random(6));
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        CHANCE.nextBytes(bytes);
        return bytes;
    }

    /** From now on messages with this Call-ID are this party's. */
    void listen(String callId, Party party) {
        parties.put(callId, party);
    }

    void forget(String callId) {
        parties.remove(callId);
    }

    /**
     * A request outside of a dialog.
     *
     * @param uri    to whom
     * @param extra  further header lines, each ended, or empty
     * @param sdp    body, or empty
     */
    ClientTransaction send(
            String method, String uri, String to, String callId, String tag, long cseq, String extra, String sdp)
            throws IOException {
        var text = String.join(
                "\r\n",
                method + " " + uri + " SIP/2.0",
                "Via: SIP/2.0/" + trunk.transport().toUpperCase(java.util.Locale.ROOT) + " " + host() + ":" + port
                        + ";rport",
                "Max-Forwards: 70",
                "From: <" + own() + ">;tag=" + tag,
                "To: <" + to + ">",
                "Call-ID: " + callId,
                "CSeq: " + cseq + " " + method,
                "Contact: <sip:" + trunk.user() + "@" + host() + ":" + port + ";transport=" + trunk.transport() + ">",
                "Allow: INVITE, ACK, BYE, CANCEL, INFO, OPTIONS, UPDATE",
                "Route: <sip:" + bracketed(trunk.host()) + ":" + trunk.port() + ";lr;transport=" + trunk.transport()
                        + ">",
                extra + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + sdp.length(),
                "",
                sdp);
        try {
            var transaction = provider.getNewClientTransaction(messages.createRequest(text));
            transaction.sendRequest();
            return transaction;
        } catch (SipException | java.text.ParseException | RuntimeException e) {
            throw new IOException("the exchange " + trunk.place() + " cannot be reached", e);
        }
    }

    String own() {
        return "sip:" + trunk.user() + "@" + trunk.domain();
    }

    private String host() {
        return bracketed(trunk.local());
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** The header line that answers a challenge, ended; empty when it is none that can be answered. */
    Optional<String> proof(Response challenge, String method, String uri) {
        var proxy = challenge.getStatusCode() == 407;
        var header = challenge.getHeader(proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        if (header == null || trunk.password().isEmpty()) {
            return Optional.empty();
        }
        var line = header.toString();
        return Digest.answer(
                        line.substring(line.indexOf(':') + 1).strip(),
                        trunk.user(),
                        trunk.password(),
                        method,
                        uri,
                        newTag())
                .map(value -> (proxy ? "Proxy-Authorization: " : "Authorization: ") + value + "\r\n");
    }

    /** Sends a request that a dialog or transaction has made. */
    void send(Request request) throws SipException {
        provider.getNewClientTransaction(request).sendRequest();
    }

    ClientTransaction transaction(Request request) throws SipException {
        return provider.getNewClientTransaction(request);
    }

    static String callId(Message message) {
        return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
    }

    static CSeqHeader cseq(Message message) {
        return (CSeqHeader) message.getHeader(CSeqHeader.NAME);
    }

    static String body(Message message) {
        var raw = message.getRawContent();
        return raw == null ? "" : new String(raw, java.nio.charset.StandardCharsets.UTF_8);
    }

    static String contentType(Message message) {
        return message.getHeader(ContentTypeHeader.NAME) instanceof ContentTypeHeader type
                ? type.getContentType() + "/" + type.getContentSubType()
                : "";
    }

    @Override
    public void processRequest(RequestEvent event) {
        var request = event.getRequest();
        if (request.getMethod().equals(Request.ACK)) {
            return;
        }
        var party = parties.get(callId(request));
        var known = request.getMethod().equals(Request.OPTIONS);
        var reply = party == null ? new Reply(known ? 200 : 481, "") : party.asked(request);
        try {
            answer(event, request, reply);
        } catch (SipException | java.text.ParseException | InvalidArgumentException e) {
            LOG.warn("trunk {}: {} could not be answered", trunk.name(), request.getMethod());
        }
    }

    private void answer(RequestEvent event, Request request, Reply reply)
            throws SipException, java.text.ParseException, InvalidArgumentException {
        ServerTransaction transaction = event.getServerTransaction() == null
                ? provider.getNewServerTransaction(request)
                : event.getServerTransaction();
        var response = messages.createResponse(reply.status(), request);
        if (!reply.sdp().isEmpty()) {
            var headers = SipFactory.getInstance().createHeaderFactory();
            response.setContent(reply.sdp(), headers.createContentTypeHeader("application", "sdp"));
            var contact = SipFactory.getInstance()
                    .createAddressFactory()
                    .createAddress("<sip:" + trunk.user() + "@" + host() + ":" + port + ">");
            response.setHeader(headers.createContactHeader(contact));
        }
        transaction.sendResponse(response);
    }

    @Override
    public void processResponse(ResponseEvent event) {
        var party = parties.get(callId(event.getResponse()));
        if (party != null) {
            party.answered(event.getResponse(), event.getClientTransaction());
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            var request = event.getClientTransaction().getRequest();
            var party = parties.get(callId(request));
            if (party != null) {
                party.timedOut(request.getMethod());
            }
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.warn("trunk {}: the exchange cannot be reached", trunk.name());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    @Override
    public void close() {
        stack.stop();
    }
}
