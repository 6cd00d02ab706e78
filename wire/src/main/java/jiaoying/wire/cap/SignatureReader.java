package jiaoying.wire.cap;

import java.security.Key;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.crypto.AlgorithmMethod;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.KeySelectorException;
import javax.xml.crypto.KeySelectorResult;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.X509Data;
import jiaoying.wire.cap.SignatureCheck.Bad;
import jiaoying.wire.cap.SignatureCheck.Good;
import jiaoying.wire.cap.SignatureCheck.NotChecked;
import jiaoying.wire.cap.SignatureCheck.UnknownKey;
import jiaoying.wire.cap.SignatureCheck.Why;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Checks signatures. What is signed must be the document that {@link Cap#read} reads, the whole of it: only signatures that
 * are children of the alert, with one reference to "", enveloped, and nothing but canonicalization besides, are looked at.
 */
final class SignatureReader {
    private static final String DSIG_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final List<String> METHODS = List.of(
            DSIG_MORE + "rsa-sha256",
            DSIG_MORE + "rsa-sha384",
            DSIG_MORE + "rsa-sha512",
            DSIG_MORE + "ecdsa-sha256",
            DSIG_MORE + "ecdsa-sha384",
            DSIG_MORE + "ecdsa-sha512");
    private static final List<String> DIGESTS = List.of(
            "http://www.w3.org/2001/04/xmlenc#sha256", DSIG_MORE + "sha384", "http://www.w3.org/2001/04/xmlenc#sha512");
    private static final List<String> CANONICAL =
            List.of(CanonicalizationMethod.INCLUSIVE, CanonicalizationMethod.EXCLUSIVE);
    private static final String SECURE = "org.jcp.xml.dsig.secureValidation";

    /** For looking without checking. */
    private static final KeySelector NO_KEY = new KeySelector() {
        @Override
        public KeySelectorResult select(
                KeyInfo keyInfo, Purpose purpose, AlgorithmMethod method, XMLCryptoContext context)
                throws KeySelectorException {
            throw new KeySelectorException("no key is asked for");
        }
    };

    /** More than an office and an aggregator have not been seen. */
    private static final int SIGNATURES_MAX = 4;

    /** Which algorithms count. */
    private enum Strength {
        /** SHA-256 and better; the JDK's secure validation beside our own lists. */
        USUAL(METHODS, DIGESTS, true),
        /** RSA with SHA-1, too, which secure validation refuses; all other limits are ours and stand. */
        OLD(
                plus(METHODS, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
                plus(DIGESTS, "http://www.w3.org/2000/09/xmldsig#sha1"),
                false);

        private final List<String> methods;
        private final List<String> digests;
        private final boolean secure;

        Strength(List<String> methods, List<String> digests, boolean secure) {
            this.methods = methods;
            this.digests = digests;
            this.secure = secure;
        }

        private static List<String> plus(List<String> some, String one) {
            return Stream.concat(some.stream(), Stream.of(one)).toList();
        }
    }

    private SignatureReader() {}

    /** @param old keys of those whose signatures may rest on SHA-1 */
    static List<SignatureCheck> check(byte[] message, List<PublicKey> trusted, List<PublicKey> old) {
        var document = Dom.read(message);
        if (document.isEmpty()) {
            return List.of(new NotChecked(Why.XML, "not well formed, or a DOCTYPE"));
        }
        var count = Dom.signatures(document.get()).size();
        if (Dom.signaturesAnywhere(document.get()) == 0) {
            return List.of(new SignatureCheck.None());
        }
        if (!Dom.isAlert(document.get())) {
            var root = document.get().getDocumentElement();
            return List.of(new NotChecked(Why.ROOT, "{" + root.getNamespaceURI() + "}" + root.getLocalName()));
        }
        if (count != Dom.signaturesAnywhere(document.get()) || count > SIGNATURES_MAX) {
            return List.of(new NotChecked(
                    Why.PLACE, "signatures elsewhere than in the alert, or more than " + SIGNATURES_MAX));
        }
        var checks = new ArrayList<SignatureCheck>();
        for (var index = 0; index < count; index++) {
            var check = check(message, index, trusted, Strength.USUAL);
            var weak = check instanceof NotChecked(var why, var _) && why == Why.METHOD && !old.isEmpty();
            checks.add(weak ? check(message, index, old, Strength.OLD) : check);
        }
        return List.copyOf(checks);
    }

    private static SignatureCheck check(byte[] message, int index, List<PublicKey> trusted, Strength strength) {
        var fault = fault(message, index, strength);
        if (fault.isPresent()) {
            return fault.get();
        }
        for (var key : trusted) {
            if (holds(alone(message, index), key, strength) || holds(whole(message, index), key, strength)) {
                return new Good(key);
            }
        }
        var unchanged = isUnchanged(alone(message, index), strength) || isUnchanged(whole(message, index), strength);
        return unchanged ? new UnknownKey(claimed(message, index, strength)) : new Bad();
    }

    /** A signature being looked at, in a document of its own. */
    private record Place(Document document, Element signature) {}

    /**
     * The document as it stands, other signatures too: a second signer may have signed the first one's. What a signature
     * holds in no namespace of its own is left out, because the JDK stops at it; nothing of it is signed.
     */
    private static Place whole(byte[] message, int index) {
        var document = Dom.read(message).orElseThrow();
        var signature = Dom.signatures(document).get(index);
        Dom.children(signature).stream()
                .filter(it -> !Dom.SIGNATURES.equals(it.getNamespaceURI()))
                .forEach(Dom::remove);
        return new Place(document, signature);
    }

    /** Without the other signatures: a second signer may also have signed as if there were none. */
    private static Place alone(byte[] message, int index) {
        var place = whole(message, index);
        Dom.signatures(place.document()).stream()
                .filter(it -> it != place.signature())
                .forEach(Dom::remove);
        return place;
    }

    /** The first thing that we do not check, if there is any. */
    private static Optional<SignatureCheck> fault(byte[] message, int index, Strength strength) {
        try {
            var context = context(alone(message, index), Optional.empty(), strength);
            var signedInfo = XMLSignatureFactory.getInstance("DOM")
                    .unmarshalXMLSignature(context)
                    .getSignedInfo();
            return fault(signedInfo, strength).map(it -> it);
        } catch (MarshalException | RuntimeException e) {
            return Optional.of(new NotChecked(whyOf(e), String.valueOf(e.getMessage())));
        }
    }

    /** The JDK's secure validation refuses SHA-1, XSLT and the like while it reads. */
    private static Why whyOf(Exception e) {
        var text = String.valueOf(e.getMessage());
        if (text.contains("ransform")) {
            return Why.TRANSFORM;
        }
        return text.contains("secure validation") ? Why.METHOD : Why.XML;
    }

    private static Optional<NotChecked> fault(SignedInfo signedInfo, Strength strength) {
        var method = signedInfo.getSignatureMethod().getAlgorithm();
        if (!strength.methods.contains(method)) {
            return Optional.of(new NotChecked(Why.METHOD, method));
        }
        var canonical = signedInfo.getCanonicalizationMethod().getAlgorithm();
        if (!CANONICAL.contains(canonical)) {
            return Optional.of(new NotChecked(Why.METHOD, canonical));
        }
        var references = signedInfo.getReferences();
        if (references.size() != 1 || !"".equals(references.getFirst().getURI())) {
            return Optional.of(new NotChecked(Why.REFERENCE, references.size() + " references"));
        }
        return fault(references.getFirst(), strength);
    }

    private static Optional<NotChecked> fault(Reference reference, Strength strength) {
        if (!strength.digests.contains(reference.getDigestMethod().getAlgorithm())) {
            return Optional.of(
                    new NotChecked(Why.METHOD, reference.getDigestMethod().getAlgorithm()));
        }
        var transforms =
                reference.getTransforms().stream().map(Transform::getAlgorithm).toList();
        var right = !transforms.isEmpty()
                && transforms.getFirst().equals(CapSignature.ENVELOPED)
                && (transforms.size() == 1 || transforms.size() == 2 && CANONICAL.contains(transforms.get(1)));
        return right ? Optional.empty() : Optional.of(new NotChecked(Why.TRANSFORM, transforms.toString()));
    }

    private static boolean holds(Place place, PublicKey key, Strength strength) {
        try {
            var context = context(place, Optional.of(key), strength);
            return XMLSignatureFactory.getInstance("DOM")
                    .unmarshalXMLSignature(context)
                    .validate(context);
        } catch (MarshalException | XMLSignatureException | RuntimeException e) {
            // A key of another kind than the signature's: not this one.
            return false;
        }
    }

    private static DOMValidateContext context(Place place, Optional<PublicKey> key, Strength strength) {
        var context = key.map(it -> new DOMValidateContext((Key) it, place.signature()))
                .orElseGet(() -> new DOMValidateContext(NO_KEY, place.signature()));
        context.setProperty(SECURE, strength.secure);
        return context;
    }

    /** Whether the digest is that of the message, whoever signed it. */
    private static boolean isUnchanged(Place place, Strength strength) {
        try {
            var context = context(place, Optional.empty(), strength);
            var signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            return signature.getSignedInfo().getReferences().getFirst().validate(context);
        } catch (MarshalException | XMLSignatureException | RuntimeException e) {
            return false;
        }
    }

    private static List<X509Certificate> claimed(byte[] message, int index, Strength strength) {
        try {
            var context = context(alone(message, index), Optional.empty(), strength);
            var signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            return certificates(signature);
        } catch (MarshalException | RuntimeException e) {
            return List.of();
        }
    }

    private static List<X509Certificate> certificates(XMLSignature signature) {
        if (signature.getKeyInfo() == null) {
            return List.of();
        }
        return signature.getKeyInfo().getContent().stream()
                .filter(X509Data.class::isInstance)
                .flatMap(it -> ((X509Data) it).getContent().stream())
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }
}
