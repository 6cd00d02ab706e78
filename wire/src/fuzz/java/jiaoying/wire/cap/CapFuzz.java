package jiaoying.wire.cap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import jiaoying.wire.feed.Feed;

/** No bytes make the reading of messages, signatures and feeds throw; what is valid can be written and is itself again. */
class CapFuzz {
    @FuzzTest(maxDuration = "10m")
    void message(byte[] bytes) {
        CapSignature.check(bytes, List.of());
        Feed.read(bytes);
        if (CapCheck.of(bytes).verdict() == CapCheck.Verdict.VALID && !(Cap.read(bytes) instanceof CapRead.Understood)) {
            throw new IllegalStateException("valid, and not understood");
        }
        if (Cap.read(bytes) instanceof CapRead.Understood understood && understood.isValid()) {
            var again = (CapRead.Understood) Cap.read(Cap.write(understood.alert()));
            if (!again.alert().equals(understood.alert())) {
                throw new IllegalStateException("not itself after the wire: " + understood.alert());
            }
        }
    }
}
