package jiaoying.server.courier;

import java.util.regex.Pattern;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.reply.Texts;

/** What a short message says beside the words of the call (短信文本): the signature that the carrier registered, and how to reply. */
public final class Written {
    private static final Pattern SIGNATURE = Pattern.compile("^【[^】]{1,20}】");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private Written() {}

    /** The words of a short message for a parcel. @param signature registered with the carrier, with its brackets, or empty */
    public static String of(Parcel parcel, String signature) {
        var signed = signed(signature, parcel.message());
        return parcel.purpose() == Purpose.CALL ? withReply(signed) : signed;
    }

    /** With this signature at the very beginning, in place of another. @param signature with its brackets, or empty */
    public static String signed(String signature, String message) {
        return signature.isEmpty() || message.startsWith(signature)
                ? message
                : signature + SIGNATURE.matcher(message).replaceFirst("");
    }

    /** A blank stands before the words, so that a phone does not take them for a part of the link. */
    static String withReply(String message) {
        return message + " " + (HAN.matcher(message).find() ? Texts.ZH : Texts.EN).say("text.reply");
    }
}
