package jiaoying.wire.cap;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;

/**
 * Enveloped XML signatures of messages (3.3.4.1): the whole document, the signature itself left out.
 *
 * <p>Trust is the caller's: only keys that are handed in make a signature good; a certificate that a message brings along
 * proves nothing, and whether one has run out is not asked here. Pure: keys and bytes in, a verdict or bytes out.
 */
public final class CapSignature {
    static final String ENVELOPED = Transform.ENVELOPED;

    private CapSignature() {}

    /**
     * Checks every signature of a message against the keys that we trust. One verdict for each signature, in order; a
     * message without any has one {@link SignatureCheck.None}.
     *
     * <p>Two may sign, as an office and an aggregator: each is checked with the other left out.
     */
    public static List<SignatureCheck> check(byte[] message, List<PublicKey> trusted) {
        return SignatureReader.check(message, trusted, List.of());
    }

    /**
     * The same where some signers still use SHA-1, which proves less: who can make two texts of one digest could have signed
     * another.
     *
     * @param old keys of those signers, only for messages of theirs
     */
    public static List<SignatureCheck> check(byte[] message, List<PublicKey> trusted, List<PublicKey> old) {
        return SignatureReader.check(message, trusted, old);
    }

    /** Whether a trusted key signed the whole message. */
    public static boolean isGood(List<SignatureCheck> checks) {
        return checks.stream().anyMatch(SignatureCheck.Good.class::isInstance);
    }

    /**
     * Signs the last form of a message: RSA or ECDSA with SHA-256, exclusive C14N. Nobody may touch the bytes afterwards.
     *
     * @param message as {@link Cap#write} gives it
     * @param key RSA of 2048 bits or more, or EC
     * @throws IllegalArgumentException if the message is none, or the key cannot sign
     */
    public static byte[] sign(byte[] message, PrivateKey key) {
        return sign(message, key, Optional.empty());
    }

    /** The same, with the signer's certificate for those who do not have it. */
    public static byte[] sign(byte[] message, PrivateKey key, X509Certificate certificate) {
        return sign(message, key, Optional.of(certificate));
    }

    private static byte[] sign(byte[] message, PrivateKey key, Optional<X509Certificate> certificate) {
        var document = Dom.read(message)
                .filter(Dom::isAlert)
                .orElseThrow(() -> new IllegalArgumentException("Only a message of CAP 1.2 can be signed here"));
        var method = switch (key.getAlgorithm()) {
            case "RSA" -> "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
            case "EC" -> "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
            default -> throw new IllegalArgumentException("RSA and EC keys can sign, not " + key.getAlgorithm());
        };
        try {
            var factory = XMLSignatureFactory.getInstance("DOM");
            var reference = factory.newReference(
                    "",
                    factory.newDigestMethod(DigestMethod.SHA256, null),
                    List.of(
                            factory.newTransform(ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null);
            var signedInfo = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(method, null),
                    List.of(reference));
            var signature = factory.newXMLSignature(
                    signedInfo, keyInfo(factory, certificate).orElse(null));
            signature.sign(new DOMSignContext(key, document.getDocumentElement()));
            return Dom.write(document);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalArgumentException("This key cannot sign: " + e.getMessage(), e);
        }
    }

    private static Optional<KeyInfo> keyInfo(XMLSignatureFactory factory, Optional<X509Certificate> certificate) {
        var keys = factory.getKeyInfoFactory();
        return certificate.map(it -> keys.newKeyInfo(List.of(keys.newX509Data(List.of(it)))));
    }
}
