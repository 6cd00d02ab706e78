/**
 * What a spoken call says on the wire: G.711 samples (ITU-T G.711), RTP packets (RFC 3550), keys pressed (RFC 4733, SIP INFO), the
 * offer and answer of media (SDP, RFC 8866, RFC 3264), digest proofs (RFC 2617) and sound files (WAV, PCM of 16 bits). Reading is
 * total: what cannot be read is empty.
 */
@NullMarked
package jiaoying.wire.voice;

import org.jspecify.annotations.NullMarked;
