package jiaoying.server.pack;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.respond.ResponsePlan;

/** A pack that was read without a problem. */
public sealed interface Pack extends PackRead {
    PackHead head();

    /** SHA-256 over names and bytes of the files that the pack consists of, as hex. */
    String digest();

    /** Warning criteria (预警标准). */
    record CriteriaPack(PackHead head, String digest, Criteria criteria) implements Pack {}

    /** Which warning proposes which response (响应预案). */
    record ResponsePack(PackHead head, String digest, ResponsePlan plan) implements Pack {}

    /** A programme (专项): kinds of items with their ways, figures and report. */
    record ProgrammePack(PackHead head, String digest, Programme programme) implements Pack {}

    /** Numbers of the quality control (质量控制). @param texts names of the checks, by language */
    record QualityPack(PackHead head, String digest, Quality quality, SortedMap<String, Map<String, String>> texts)
            implements Pack {}

    /**
     * A call-and-answer plan (叫应预案).
     *
     * @param plans by language, {@code zh-CN} always among them
     */
    record PlanPack(PackHead head, String digest, SortedMap<String, CallPlan> plans) implements Pack {
        /** The plan with texts in that language, or in Chinese when the pack has none. */
        public CallPlan plan(String language) {
            return requireNonNull(plans.get(plans.containsKey(language) ? language : TextsReader.MASTER));
        }
    }
}
