package jiaoying.server.courier;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.errand.Channel;
import jiaoying.server.courier.MailServer.Security;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings e-mails over SMTP (邮件). Connections are kept and carry many mails. A mail server keeps no key: when a connection
 * breaks after the text was begun, nobody knows whether the mail was taken.
 */
public final class MailCarrier implements Carrier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailCarrier.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final int REASON_MAX = 200;

    private final MailServer server;
    private final InternetAddress from;
    private final InstantSource clock;
    private final Session session;
    private final ConcurrentLinkedDeque<SMTPTransport> idle = new ConcurrentLinkedDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String trouble = "";

    /** @param clock for the date of each mail */
    public MailCarrier(MailServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        from = sender(server.from());
        session = Session.getInstance(properties(server));
    }

    /** @throws IllegalArgumentException when it is no address, with the reason */
    public static InternetAddress sender(String text) {
        try {
            var addresses = InternetAddress.parse(text, true);
            if (addresses.length != 1) {
                throw new IllegalArgumentException("not one address");
            }
            addresses[0].validate();
            return new InternetAddress(
                    addresses[0].getAddress(),
                    addresses[0].getPersonal(),
                    java.nio.charset.StandardCharsets.UTF_8.name());
        } catch (AddressException | java.io.UnsupportedEncodingException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Properties properties(MailServer server) {
        var millis = Long.toString(server.timeout().toMillis());
        var properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.allow8bitmime", "false");
        return properties;
    }

    /** Looks now and then whether the server can be reached, so that a wrong password is known before the storm. */
    @Override
    public void start(Post post) {
        Thread.ofVirtual().name("mail-look").start(() -> {
            do {
                look();
            } while (!closedWithin(LOOK_EVERY));
        });
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    void look() {
        try {
            giveBack(connection());
        } catch (MessagingException e) {
            trouble(e);
        }
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.MAIL);
    }

    @Override
    public boolean keepsKey() {
        return false;
    }

    @Override
    public int window() {
        return server.window();
    }

    /** A mail server passes mail on, even one on this machine. */
    @Override
    public boolean loopback() {
        return false;
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException {
        Mail mail;
        try {
            mail = new Mail(session, from, parcel, clock.instant());
        } catch (MessagingException e) {
            return new Submission.Turned("not a mail address");
        }
        SMTPTransport connection;
        try {
            connection = connection();
        } catch (MessagingException e) {
            trouble(e);
            return new Submission.NotNow("mail server " + server.place() + ": " + reason(e, parcel));
        }
        return send(connection, mail, parcel);
    }

    private Submission send(SMTPTransport connection, Mail mail, Parcel parcel) throws IOException {
        try {
            connection.sendMessage(mail, mail.getAllRecipients());
            var reference = tidy(connection.getLastServerResponse(), parcel);
            giveBack(connection);
            return new Submission.Taken(reference);
        } catch (MessagingException e) {
            drop(connection);
            var code = code(e);
            var reason = reason(e, parcel);
            if (code >= 500) {
                return new Submission.Turned(reason);
            }
            if (code >= 400 || !mail.begun()) {
                return new Submission.NotNow(reason);
            }
            throw new IOException("the mail server fell silent: " + reason, e);
        }
    }

    /** One that still answers, or a new one. */
    private SMTPTransport connection() throws MessagingException {
        for (var kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (kept.isConnected()) { // asks the server
                return kept;
            }
            drop(kept);
        }
        var fresh = new SMTPTransport(session, null);
        try {
            if (server.login().isPresent()) {
                var login = server.login().get();
                fresh.connect(server.host(), server.port(), login.user(), login.password());
            } else {
                fresh.connect(server.host(), server.port(), null, null);
            }
        } catch (MessagingException e) {
            drop(fresh);
            throw e;
        }
        well();
        return fresh;
    }

    private void giveBack(SMTPTransport connection) {
        idle.addFirst(connection);
        if (closed.getCount() == 0) {
            close();
        }
    }

    private static void drop(SMTPTransport connection) {
        try {
            connection.close();
        } catch (MessagingException e) {
            LOG.debug("closing a broken connection", e);
        }
    }

    private void trouble(MessagingException e) {
        var now = tidy(String.valueOf(e.getMessage()));
        if (!now.equals(trouble)) {
            LOG.error("mail server {}: {}", server.place(), now);
        }
        trouble = now;
    }

    private void well() {
        if (!trouble.isEmpty()) {
            LOG.warn("mail server {} works again", server.place());
        }
        trouble = "";
    }

    /** The server's code, or -1 when it gave none. */
    private static int code(MessagingException e) {
        for (Exception cause = e; cause instanceof MessagingException next; cause = next.getNextException()) {
            if (cause instanceof SMTPAddressFailedException refused) {
                return refused.getReturnCode();
            }
            if (cause instanceof SMTPSendFailedException refused && refused.getNextException() == null) {
                return refused.getReturnCode();
            }
        }
        return -1;
    }

    private static String reason(MessagingException e, Parcel parcel) {
        Exception last = e;
        while (last instanceof MessagingException next && next.getNextException() != null) {
            last = next.getNextException();
        }
        return tidy(String.valueOf(last.getMessage()), parcel);
    }

    /** One line without the person's address, for it goes into the ledger. */
    private static String tidy(String text, Parcel parcel) {
        return tidy(ContactValue.hide(parcel.address(), text));
    }

    private static String tidy(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= REASON_MAX ? line : line.substring(0, REASON_MAX) + "…";
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public void close() {
        closed.countDown();
        for (var kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            drop(kept);
        }
    }
}
