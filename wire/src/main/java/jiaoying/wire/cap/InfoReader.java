package jiaoying.wire.cap;

import java.util.Optional;
import java.util.OptionalLong;
import jiaoying.wire.cap.Finding.Grade;
import jiaoying.wire.cap.Finding.Rule;
import jiaoying.wire.cap.Info.Category;
import jiaoying.wire.cap.Info.Certainty;
import jiaoying.wire.cap.Info.ResponseType;
import jiaoying.wire.cap.Info.Severity;
import jiaoying.wire.cap.Info.Urgency;

/** Reads an info (3.2.2) and its resources (3.2.3). */
final class InfoReader {
    /** CAP 1.0 had one degree more. */
    private static final String VERY_LIKELY = "Very Likely";

    private static final int SIZE_DIGITS_MAX = 18;

    private InfoReader() {}

    static Info read(Segment info, MessageId id) {
        info.check();
        var language = language(info);
        if (info.children("category").isEmpty()) {
            info.refuse(Rule.MISSING, "category", "", Word.all(Category.class));
        }
        var categories = info.words("category", Category.class);
        var event = info.mandatory("event");
        var responseTypes = info.words("responseType", ResponseType.class);
        var urgency = info.word("urgency", Urgency.class).orElse(Urgency.UNKNOWN);
        var severity = info.word("severity", Severity.class).orElse(Severity.UNKNOWN);
        var certainty = certainty(info);
        var audience = info.text("audience");
        var eventCodes = info.pairs("eventCode", Grade.NOTE);
        var effective = info.time("effective");
        var onset = info.time("onset");
        var expires = info.time("expires");
        checkExpires(info, effective.orElse(id.sent()), expires);
        return new Info(
                language,
                categories,
                event,
                responseTypes,
                urgency,
                severity,
                certainty,
                audience,
                eventCodes,
                effective,
                onset,
                expires,
                info.text("senderName"),
                info.text("headline"),
                info.text("description"),
                info.text("instruction"),
                uri(info, "web"),
                info.text("contact"),
                info.pairs("parameter", Grade.NOTE),
                info.segments("resource").stream().map(InfoReader::resource).toList(),
                info.segments("area").stream().map(AreaReader::read).toList());
    }

    private static String language(Segment info) {
        var language =
                info.text("language").map(it -> info.stripped("language", it)).orElse(Info.LANGUAGE_DEFAULT);
        if (!Forms.isLanguage(language)) {
            info.note(Rule.LANGUAGE, "language", language, "a language of RFC 3066, as zh-CN");
        }
        return language;
    }

    private static Certainty certainty(Segment info) {
        var old = info.children("certainty").stream()
                .anyMatch(it -> it.text().strip().equals(VERY_LIKELY));
        if (old) {
            info.note(Rule.WORD, "certainty", VERY_LIKELY, Word.all(Certainty.class) + "; read as Likely");
            return Certainty.LIKELY;
        }
        return info.word("certainty", Certainty.class).orElse(Certainty.UNKNOWN);
    }

    private static void checkExpires(Segment info, CapTime from, Optional<CapTime> expires) {
        expires.filter(it -> it.compareTo(from) < 0)
                .ifPresent(it -> info.note(Rule.EXPIRES, "expires", it.toString(), "not before " + from));
    }

    private static Optional<String> uri(Segment segment, String name) {
        var uri = segment.text(name).map(it -> segment.stripped(name, it));
        uri.filter(it -> !Forms.isAbsoluteUri(it)).ifPresent(it -> segment.note(Rule.URI, name, it, "an absolute URI"));
        return uri;
    }

    private static Resource resource(Segment resource) {
        resource.check();
        var derefUri = resource.text("derefUri");
        derefUri.filter(it -> !Forms.isBase64(it))
                .ifPresent(it -> resource.note(Rule.BASE64, "derefUri", it, "base64"));
        var digest = resource.token("digest");
        digest.filter(it -> !Forms.isSha1(it))
                .ifPresent(it -> resource.note(Rule.DIGEST, "digest", it, "SHA-1 in 40 hexadecimal digits"));
        return new Resource(
                resource.mandatory("resourceDesc"),
                mimeType(resource),
                size(resource),
                derefUri.isPresent() ? resource.text("uri") : uri(resource, "uri"),
                derefUri,
                digest);
    }

    /** CAP 1.1 let it out. */
    private static String mimeType(Segment resource) {
        var mimeType = resource.text("mimeType");
        if (mimeType.isEmpty()) {
            resource.note(Rule.MISSING, "mimeType", "", "a MIME type");
        }
        return mimeType.map(it -> resource.stripped("mimeType", it)).orElse("application/octet-stream");
    }

    private static OptionalLong size(Segment resource) {
        var size = resource.token("size");
        if (size.isEmpty()) {
            return OptionalLong.empty();
        }
        var text = size.get();
        var isNumber = text.length() <= SIZE_DIGITS_MAX && text.chars().allMatch(it -> it >= '0' && it <= '9');
        if (!isNumber) {
            resource.note(Rule.SIZE, "size", text, "bytes, a whole number");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
