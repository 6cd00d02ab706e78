package jiaoying.wire.cap;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a signature of a message is worth. */
public sealed interface SignatureCheck {
    /** The message has no signature. */
    record None() implements SignatureCheck {}

    /**
     * A key that we trust signed the whole message as it stands.
     *
     * @param key one of those handed in
     */
    record Good(PublicKey key) implements SignatureCheck {}

    /** The message was changed after it was signed, or was never signed so. */
    record Bad() implements SignatureCheck {}

    /**
     * The text is as its signer left it, but none of our keys is the signer's.
     *
     * @param claimed certificates that the signature brings along; nobody vouches for them
     */
    record UnknownKey(List<X509Certificate> claimed) implements SignatureCheck {
        public UnknownKey {
            claimed = List.copyOf(claimed);
        }
    }

    /**
     * It says something that we do not check.
     *
     * @param detail what stands there
     */
    record NotChecked(Why why, String detail) implements SignatureCheck {}

    /** Why a signature is not checked. */
    enum Why {
        /** Not readable as XML or as a signature. */
        XML,
        /** The root is no alert of CAP: the signature may cover something else. */
        ROOT,
        /** A signature that is no child of the alert: it may belong to something else. */
        PLACE,
        /** Other than one reference to the whole document. */
        REFERENCE,
        /** A transform other than enveloped signature and C14N. */
        TRANSFORM,
        /** SHA-1 or another method that is not RSA or ECDSA with SHA-256, 384 or 512. */
        METHOD
    }
}
