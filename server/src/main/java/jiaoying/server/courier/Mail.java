package jiaoying.server.courier;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import jiaoying.duty.errand.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * One parcel as an e-mail: the first sentence is the subject, the whole text the body. Its Message-ID is made of the errand's
 * key, so that a mail that goes twice is seen to be the same one.
 */
final class Mail extends MimeMessage {
    private static final int SUBJECT_MAX = 70;

    private final String id;
    private boolean begun;

    Mail(Session session, InternetAddress from, Parcel parcel, Instant now) throws MessagingException {
        super(session);
        id = "<" + parcel.key() + "@" + domain(from) + ">";
        setFrom(from);
        setRecipient(Message.RecipientType.TO, recipient(parcel.address()));
        setSubject(subject(parcel.message()), StandardCharsets.UTF_8.name());
        setText(parcel.message() + "\n", StandardCharsets.UTF_8.name());
        setSentDate(Date.from(now));
        setHeader("Auto-Submitted", "auto-generated");
        if (parcel.purpose() == Purpose.CALL) {
            setHeader("Importance", "high");
            setHeader("X-Priority", "1");
        }
        saveChanges();
    }

    private static InternetAddress recipient(String address) throws AddressException {
        var recipient = new InternetAddress(address, true);
        recipient.validate();
        return recipient;
    }

    private static String domain(InternetAddress from) {
        return from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    }

    /** The first sentence: what it is about, without the link. */
    static String subject(String message) {
        var sentence = message.strip().split("[。\\n]|\\. |https?://", 2)[0].strip();
        var length = sentence.codePointCount(0, sentence.length());
        return length <= SUBJECT_MAX
                ? sentence
                : sentence.substring(0, sentence.offsetByCodePoints(0, SUBJECT_MAX)) + "…";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException, MessagingException {
        begun = true;
        super.writeTo(out, ignored);
    }

    /** True once the server may have got some of it: from then on only its own word says whether it took the mail. */
    boolean begun() {
        return begun;
    }
}
