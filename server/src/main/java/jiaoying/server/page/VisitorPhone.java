package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.errand.Channel;

/**
 * The simulated phone of a visitor of the demo (演示手机), as functions of whoever simulates it.
 *
 * @param find  the phone of a token
 * @param press key 1 or 9 in a call that rings; false when it does not ring any more
 */
public record VisitorPhone(Function<String, Optional<Phone>> find, Press press) {
    /** Of a server that is no demo. */
    public static final VisitorPhone NONE = new VisitorPhone(_ -> Optional.empty(), (_, _, _) -> false);

    /** @param heard newest first */
    public record Phone(String name, List<Heard> heard) {}

    /** A text received or a call. @param ringing id of a call that can be answered now */
    public record Heard(Instant at, Channel channel, String text, Optional<String> ringing) {}

    @FunctionalInterface
    public interface Press {
        boolean press(String token, String call, char key);
    }
}
