package jiaoying.duty.call;

import java.util.Map;
import jiaoying.duty.monitor.SignalColor;

/**
 * Which signals are called and how, from a pack.
 *
 * @param ladders  the colours that open a call order, each with its ladder
 * @param messages text templates by name: call, call-by-alert, deputy-ask, superior-ask (and both by-alert), lifted,
 *                 downgraded, downgraded-still-called, corrected, retracted, the words they use as {@code word.red}, and {@code phrase.sent-again}, {@code phrase.and-more}
 *                 (see {@link CallFact.Messages}); placeholders
 *                 {@code {exercise} {area} {color} {hazard} {source} {time} {items} {text} {link}}
 */
public record CallPlan(
        String name, String version, Map<SignalColor, Ladder> ladders, Map<String, String> messages, String source) {}
