package jiaoying.wire.cap;

import java.util.List;

/** What became of a message. */
public sealed interface CapRead {
    /** Everything found, in the order of the message; empty if it is right to the letter. */
    List<Finding> findings();

    /**
     * The meaning is clear.
     *
     * @param version of the namespace
     * @param findings notes only
     */
    record Understood(Alert alert, Version version, List<Finding> findings) implements CapRead {
        public Understood {
            findings = List.copyOf(findings);
        }

        public boolean isValid() {
            return findings.isEmpty();
        }
    }

    /** The meaning is in doubt; one finding at least is a refusal. */
    record Refused(List<Finding> findings) implements CapRead {
        public Refused {
            findings = List.copyOf(findings);
        }
    }

    /** Of the standard. */
    enum Version {
        CAP_1_0("http://www.incident.com/cap/1.0"),
        CAP_1_1("urn:oasis:names:tc:emergency:cap:1.1"),
        CAP_1_2("urn:oasis:names:tc:emergency:cap:1.2");

        final String namespace;

        Version(String namespace) {
            this.namespace = namespace;
        }
    }
}
