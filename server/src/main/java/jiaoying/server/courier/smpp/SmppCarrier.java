package jiaoying.server.courier.smpp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Pace;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import jiaoying.server.courier.TextReceipts;
import jiaoying.server.courier.Written;
import jiaoying.server.reply.Texts;
import jiaoying.wire.cmpp.LongText;
import jiaoying.wire.cmpp.Part;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.InvalidDeliveryReceiptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings texts over a text centre by SMPP 3.4 (短信). The protocol keeps no key of ours; a lost answer is settled as with CMPP. */
public final class SmppCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(SmppCarrier.class);
    private static final Duration REST_MIN = Duration.ofSeconds(1);
    private static final Duration REST_MAX = Duration.ofSeconds(30);
    private static final int FLOW_TRIES = 6;
    private static final int PROCESSORS = 16;
    private static final int QUEUE = 1_000;
    private static final byte UCS2 = 8;
    private static final byte HEADER = 0x40; // esm_class: the text begins with a user data header (§5.2.12)
    private static final int QUEUE_FULL = 0x14; // ESME_RMSGQFUL (§5.1.3)
    private static final int THROTTLED = 0x58; // ESME_RTHROTTLED
    private static final int SYSTEM_ERROR = 0x08; // ESME_RSYSERR: the other side keeps it and sends it again

    private final Smsc smsc;
    private final Terms terms;
    private final Pace pace;
    private final TextReceipts receipts;
    private final AtomicInteger references = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, CompletableFuture<Boolean>> canaries = new ConcurrentHashMap<>();
    private volatile Optional<SMPPSession> session = Optional.empty();
    private volatile String trouble = "not connected yet";

    public SmppCarrier(Smsc smsc, Terms terms) {
        this(smsc, terms, Duration.ofSeconds(5));
    }

    SmppCarrier(Smsc smsc, Terms terms, Duration evidenceWithin) {
        this.smsc = smsc;
        this.terms = terms;
        pace = new Pace(smsc.perSecond());
        receipts = new TextReceipts(smsc.name(), smsc.replies(), evidenceWithin);
    }

    @Override
    public String name() {
        return smsc.name();
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.TEXT);
    }

    @Override
    public boolean keepsKey() {
        return false;
    }

    @Override
    public int window() {
        return Math.max(1, Math.min(smsc.window(), smsc.perSecond()));
    }

    @Override
    public boolean loopback() {
        return false;
    }

    @Override
    public boolean tellsReceipts() {
        return true;
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public void start(Post post) {
        receipts.start(post);
        Thread.ofVirtual().name("smpp-" + smsc.name()).start(this::keepConnected);
    }

    private void keepConnected() {
        var rest = REST_MIN;
        while (closed.getCount() > 0) {
            var ended = new CountDownLatch(1);
            var fresh = new SMPPSession();
            try {
                connect(fresh, ended);
                session = Optional.of(fresh);
                well();
                rest = REST_MIN;
                ended.await();
                trouble("the connection ended");
            } catch (IOException e) {
                trouble(
                        e.getCause() instanceof NegativeResponseException refused
                                ? "login refused: 0x%02x".formatted(refused.getCommandStatus())
                                : String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                return;
            } finally {
                session = Optional.empty();
                fresh.close();
            }
            if (closedWithin(rest)) {
                return;
            }
            rest = rest.multipliedBy(2).compareTo(REST_MAX) < 0 ? rest.multipliedBy(2) : REST_MAX;
        }
    }

    private void connect(SMPPSession fresh, CountDownLatch ended) throws IOException {
        fresh.setTransactionTimer(smsc.answersWithin().toMillis());
        fresh.setEnquireLinkTimer((int) smsc.activeEvery().toMillis());
        fresh.setPduProcessorDegree(PROCESSORS);
        fresh.setQueueCapacity(QUEUE);
        fresh.setMessageReceiverListener(new Ear());
        fresh.addSessionStateListener((now, before, source) -> {
            // one that ends while it is being bound is closed before it is said to be bound, and never unbound
            if (now == SessionState.CLOSED || (!now.isBound() && before.isBound())) {
                ended.countDown();
            }
        });
        fresh.connectAndBind(
                smsc.host(),
                smsc.port(),
                new BindParameter(
                        BindType.BIND_TRX,
                        smsc.systemId(),
                        smsc.password(),
                        smsc.systemType(),
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        ""),
                smsc.answersWithin().toMillis());
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void trouble(String why) {
        if (closed.getCount() == 0) {
            return;
        }
        var now = "text centre " + smsc.place() + ": " + why;
        if (!now.equals(trouble)) {
            LOG.error("carrier {}: {}", smsc.name(), now);
        }
        trouble = now;
    }

    private void well() {
        LOG.warn("carrier {} is connected", smsc.name());
        trouble = "";
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var number = parcel.address().replaceAll("[\\s().-]", "");
        if (!number.matches("\\+?\\d{3,20}")) {
            return new Submission.Turned("not a phone number");
        }
        var bound = session;
        if (!receipts.started() || bound.isEmpty()) {
            return new Submission.NotNow("text centre " + smsc.place() + " is not connected");
        }
        int reference = references.incrementAndGet();
        var extension = parcel.purpose() == Purpose.CALL ? extension(reference) : "";
        var parts = LongText.cut(Written.of(parcel, smsc.signature()), reference);
        try (var expected = receipts.expect(parcel.key(), parts.size(), number, extension)) {
            return submit(bound.get(), expected, parts, number, smsc.number() + extension);
        }
    }

    private String extension(int reference) {
        int digits = smsc.extensionDigits();
        return digits == 0 ? "" : ("%0" + digits + "d").formatted(Math.floorMod(reference, (int) Math.pow(10, digits)));
    }

    private Submission submit(
            SMPPSession bound, TextReceipts.Expected expected, List<Part> parts, String number, String from)
            throws IOException, InterruptedException {
        var ref = "";
        for (var part : parts) {
            switch (submit(bound, expected, part, number, from)) {
                case Submission.Taken taken -> ref = taken.carrierRef();
                case Submission.Turned turned -> {
                    return new Submission.Turned(which(part) + turned.reason());
                }
                case Submission.NotNow later -> {
                    return part.index() == 1 ? later : new Submission.Turned(which(part) + later.reason());
                }
            }
        }
        return new Submission.Taken(ref);
    }

    private static String which(Part part) {
        return part.total() == 1 ? "" : "part " + part.index() + " of " + part.total() + ": ";
    }

    private Submission submit(SMPPSession bound, TextReceipts.Expected expected, Part part, String number, String from)
            throws IOException, InterruptedException {
        for (var tries = 1; tries <= FLOW_TRIES; tries++) {
            pace.await();
            try {
                var ref = send(bound, part, number, from);
                expected.numbered(part.index(), ref);
                return new Submission.Taken(ref);
            } catch (NegativeResponseException e) {
                if (e.getCommandStatus() != THROTTLED && e.getCommandStatus() != QUEUE_FULL) {
                    return new Submission.Turned("refused with 0x%02x".formatted(e.getCommandStatus()));
                }
                pace.slower(System.nanoTime());
            } catch (PDUException e) {
                return new Submission.Turned("cannot be said in SMPP");
            } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
                return new Submission.Taken(expected.evidence());
            }
        }
        return new Submission.NotNow("text centre " + smsc.place() + " takes no more at present");
    }

    private String send(SMPPSession bound, Part part, String number, String from)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        var coding = (byte) part.msgFmt();
        return bound.submitShortMessage(
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.ISDN,
                        from,
                        number.startsWith("+") ? TypeOfNumber.INTERNATIONAL : TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.ISDN,
                        number.replace("+", ""),
                        new ESMClass(part.tpUdhi() == 1 ? HEADER : 0),
                        (byte) 0,
                        (byte) 1,
                        "",
                        "",
                        new RegisteredDelivery(1),
                        (byte) 0,
                        new RawDataCoding(coding),
                        (byte) 0,
                        part.content().toBytes())
                .getMessageId();
    }

    /** A text to a phone of our own, which is no errand and stands in no ledger. */
    @Override
    public CompletableFuture<Boolean> canary() throws IOException, InterruptedException {
        var bound = session.orElseThrow(() -> new IOException("text centre " + smsc.place() + " is not connected"));
        var arrived = new CompletableFuture<Boolean>();
        var part =
                LongText.cut(smsc.signature() + Texts.ZH.say("text.canary"), 0).getFirst();
        try {
            canaries.put(send(bound, part, terms.canary(), smsc.number()), arrived);
        } catch (PDUException | ResponseTimeoutException | InvalidResponseException | NegativeResponseException e) {
            throw new IOException(e.getClass().getSimpleName());
        }
        return arrived;
    }

    /** What comes from the text centre; answered once it is durable. */
    private final class Ear implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(DeliverSm deliver) throws ProcessRequestException {
            try {
                if (MessageType.SMSC_DEL_RECEIPT.containedIn(deliver.getEsmClass())) {
                    report(deliver);
                } else {
                    reply(deliver);
                }
            } catch (InvalidDeliveryReceiptException e) {
                LOG.warn("carrier {}: a report that cannot be read", smsc.name());
            } catch (RuntimeException | InterruptedException | ExecutionException e) {
                LOG.warn("carrier {}: something was not stored and will come again", smsc.name(), e);
                throw new ProcessRequestException("not stored", SYSTEM_ERROR);
            }
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification alert) {}

        @Override
        public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
            throw new ProcessRequestException("data_sm is not used", 3); // ESME_RINVCMDID
        }
    }

    private void report(DeliverSm deliver)
            throws InvalidDeliveryReceiptException, InterruptedException, ExecutionException {
        var receipt = deliver.getShortMessageAsDeliveryReceipt();
        var tlv = Optional.ofNullable(deliver.getOptionalParameter(OptionalParameter.Receipted_message_id.class))
                .map(OptionalParameter.Receipted_message_id::getValueAsString);
        var refs = refs(tlv, receipt.getId());
        var state = receipt.getFinalStatus();
        for (var ref : refs) {
            var canary = canaries.remove(ref);
            if (canary != null) {
                canary.complete(state == DeliveryReceiptState.DELIVRD);
                return;
            }
        }
        if (state != DeliveryReceiptState.ENROUTE && state != DeliveryReceiptState.ACCEPTD) {
            receipts.report(refs, deliver.getSourceAddr(), state == DeliveryReceiptState.DELIVRD, state.name());
        }
    }

    /** Some centres write a number in hexadecimal digits in the answer and in decimal ones in the report, or the other way round. */
    static List<String> refs(Optional<String> tlv, String id) {
        var refs = new ArrayList<String>();
        tlv.ifPresent(refs::add);
        refs.add(id);
        if (id.matches("\\d{1,18}")) {
            refs.add(Long.toHexString(Long.parseLong(id)));
            refs.add(Long.toHexString(Long.parseLong(id)).toUpperCase(Locale.ROOT));
        }
        if (id.matches("[0-9A-Fa-f]{1,15}")) {
            refs.add(Long.toString(Long.parseLong(id, 16)));
        }
        return refs.stream().distinct().toList();
    }

    private void reply(DeliverSm deliver) throws InterruptedException, ExecutionException {
        var bytes = deliver.getShortMessage();
        var text = new String(
                bytes, deliver.getDataCoding() == UCS2 ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
        var to = deliver.getDestAddress();
        var at = to.indexOf(smsc.number());
        receipts.reply(
                Integer.toHexString(java.util.Arrays.hashCode(bytes)) + "-" + deliver.getSequenceNumber(),
                deliver.getSourceAddr(),
                at < 0 ? "" : to.substring(at + smsc.number().length()),
                text);
    }

    @Override
    public void stop() {
        closed.countDown();
        session.ifPresent(SMPPSession::unbindAndClose);
    }
}
