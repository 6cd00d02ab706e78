package jiaoying.duty.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;

/**
 * Which signals are called and how, from a pack.
 *
 * @param ladders  the colours that open a call order, each with its ladder
 * @param test     how an answer test (应答测试) calls
 * @param trunk    the telephone lines there are; empty when the pack does not say
 * @param messages text templates by name: call, call-by-alert, deputy-ask, superior-ask (and both by-alert), lifted,
 *                 downgraded, downgraded-still-called, corrected, retracted, the words they use as {@code word.red}, and {@code phrase.sent-again}, {@code phrase.and-more}
 *                 (see {@link CallFact.Messages}); placeholders
 *                 {@code {exercise} {area} {color} {hazard} {source} {time} {items} {text} {link}}
 */
public record CallPlan(
        String name,
        String version,
        Map<SignalColor, Ladder> ladders,
        Ladder test,
        Optional<Trunk> trunk,
        Map<String, String> messages,
        String source) {
    /** A plan that says nothing of answer tests: a text, a call after a minute, and after two minutes the end. */
    public CallPlan(
            String name,
            String version,
            Map<SignalColor, Ladder> ladders,
            Map<String, String> messages,
            String source) {
        this(name, version, ladders, usualTest(source), Optional.empty(), messages, source);
    }

    public static Ladder usualTest(String source) {
        return new Ladder(
                List.of(
                        new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT)),
                        new Ladder.Rung(Duration.ofSeconds(30), "self", List.of(Channel.VOICE))),
                Duration.ofMinutes(2),
                source);
    }
}
