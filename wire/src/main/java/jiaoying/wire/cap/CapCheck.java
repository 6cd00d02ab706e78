package jiaoying.wire.cap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jiaoying.wire.cap.Finding.Rule;
import jiaoying.wire.xml.Xml;
import jiaoying.wire.xml.XmlElement;
import jiaoying.wire.xml.XmlLimits;
import jiaoying.wire.xml.XmlRead;

/**
 * A strict examination of a message, for those who write CAP.
 *
 * @param problems what the verdict rests on; empty if it is valid
 * @param remarks  what else breaks the standard's text although schema and rules allow it
 */
public record CapCheck(Verdict verdict, List<Finding> problems, List<Finding> remarks) {
    /** How a message stands to the standard. */
    public enum Verdict {
        VALID,
        /** Not well formed, or not by the schema. */
        INVALID,
        /** A message of CAP 1.1. */
        CAP11,
        /** By the schema, but against a rule that the schema cannot say. */
        RULE
    }

    /** Rules of section 3.2 that no schema can say. */
    private static final Set<Rule> BEYOND_THE_SCHEMA = EnumSet.of(
            Rule.CHARACTER, Rule.REFERENCES, Rule.SCOPE, Rule.EXPIRES, Rule.POLYGON, Rule.CIRCLE, Rule.ALTITUDE);

    /** More than a door takes: whoever checks a file has it on his own disk. */
    private static final XmlLimits LIMITS = new XmlLimits(64 << 20, 256, 2_000_000);

    public CapCheck {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    public static CapCheck of(byte[] bytes) {
        return switch (Xml.read(bytes, LIMITS)) {
            case XmlRead.Refused refused -> new CapCheck(Verdict.INVALID, List.of(Cap.xml(refused, LIMITS)), List.of());
            case XmlRead.Read(var root) -> of(root);
        };
    }

    private static CapCheck of(XmlElement root) {
        var read = Cap.read(root).findings();
        if (root.is(CapRead.Version.CAP_1_1.namespace, "alert")) {
            var version = read.stream().filter(it -> it.rule() == Rule.VERSION).toList();
            return new CapCheck(Verdict.CAP11, version, without(read, version));
        }
        var schema = CapSchema.check(root);
        var rules = read.stream().filter(it -> isBeyondTheSchema(it, schema)).toList();
        var problems = new ArrayList<>(schema);
        problems.addAll(rules);
        var verdict = !schema.isEmpty() ? Verdict.INVALID : rules.isEmpty() ? Verdict.VALID : Verdict.RULE;
        return new CapCheck(verdict, problems, without(read, problems));
    }

    private static boolean isBeyondTheSchema(Finding finding, List<Finding> schema) {
        var empty = finding.rule() == Rule.EMPTY
                && (finding.path().contains("/polygon") || finding.path().contains("/circle"));
        return (BEYOND_THE_SCHEMA.contains(finding.rule()) || empty) && isNew(finding, schema);
    }

    private static boolean isNew(Finding finding, List<Finding> known) {
        return known.stream()
                .noneMatch(it -> it.rule() == finding.rule() && it.path().equals(finding.path()));
    }

    private static List<Finding> without(List<Finding> findings, List<Finding> known) {
        return findings.stream().filter(it -> isNew(it, known)).toList();
    }
}
