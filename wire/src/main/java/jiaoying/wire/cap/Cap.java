package jiaoying.wire.cap;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.CapRead.Refused;
import jiaoying.wire.cap.CapRead.Understood;
import jiaoying.wire.cap.CapRead.Version;
import jiaoying.wire.cap.Finding.Grade;
import jiaoying.wire.cap.Finding.Rule;
import jiaoying.wire.xml.Xml;
import jiaoying.wire.xml.XmlElement;
import jiaoying.wire.xml.XmlLimits;
import jiaoying.wire.xml.XmlRead;

/** Messages to records and back. */
public final class Cap {
    /** Media type of a message (3.5). */
    public static final String MEDIA_TYPE = "application/cap+xml";

    /** Pictures come inside of messages, so that some have half a megabyte. */
    public static final XmlLimits LIMITS = new XmlLimits(8 << 20, 32, 100_000);

    private Cap() {}

    /** Reads a message; a time without an offset is refused. */
    public static CapRead read(byte[] bytes) {
        return read(bytes, Optional.empty());
    }

    /** Reads a message of a sender who leaves out offsets. */
    public static CapRead read(byte[] bytes, ZoneOffset assumed) {
        return read(bytes, Optional.of(assumed));
    }

    private static CapRead read(byte[] bytes, Optional<ZoneOffset> assumed) {
        return switch (Xml.read(bytes, LIMITS)) {
            case XmlRead.Refused refused -> new Refused(List.of(xml(refused, LIMITS)));
            case XmlRead.Read(var root) -> read(root, assumed);
        };
    }

    static Finding xml(XmlRead.Refused refused, XmlLimits limits) {
        var place = refused.line() > 0 ? ":" + refused.line() + ":" + refused.column() : "";
        var allowed = switch (refused.why()) {
            case NOT_WELL_FORMED -> "well-formed XML 1.0";
            case ENCODING -> "characters of the encoding that the document names, UTF-8 if none";
            case DOCTYPE -> "no DOCTYPE";
            case TOO_LARGE -> "at most " + limits.bytes() + " bytes";
            case TOO_DEEP -> "at most " + limits.depth() + " elements in each other";
            case TOO_MANY_ELEMENTS -> "at most " + limits.elements() + " elements";
        };
        return new Finding(Grade.REFUSAL, Rule.XML, "/" + place, refused.detail(), allowed);
    }

    /** Reads the message of a document that is parsed already, as an entry of a feed. */
    public static CapRead read(XmlElement root) {
        return read(root, Optional.empty());
    }

    private static CapRead read(XmlElement root, Optional<ZoneOffset> assumed) {
        var alerts = new ArrayList<XmlElement>();
        collect(root, alerts);
        if (alerts.size() != 1) {
            return new Refused(List.of(notOne(root, alerts)));
        }
        var findings = new ArrayList<Finding>();
        var element = alerts.getFirst();
        if (!element.equals(root)) {
            findings.add(new Finding(Grade.NOTE, Rule.WRAPPED, "/" + root.name(), "", "alert as the root"));
        }
        var version = version(element);
        if (version.isEmpty() || version.get() != Version.CAP_1_2) {
            findings.add(
                    new Finding(Grade.NOTE, Rule.VERSION, "/alert", element.namespace(), Version.CAP_1_2.namespace));
        }
        var alert = AlertReader.read(element, findings, assumed);
        return findings.stream().anyMatch(it -> it.grade() == Grade.REFUSAL)
                ? new Refused(findings)
                : new Understood(alert, version.orElse(Version.CAP_1_2), findings);
    }

    private static Finding notOne(XmlElement root, List<XmlElement> alerts) {
        return alerts.isEmpty()
                ? new Finding(Grade.REFUSAL, Rule.NO_ALERT, "/" + root.name(), root.namespace(), "an alert of CAP 1.2")
                : new Finding(Grade.REFUSAL, Rule.SEVERAL_ALERTS, "/" + root.name(), alerts.size() + " alerts", "one");
    }

    /** Alerts in the document that stand in no other. */
    private static void collect(XmlElement element, List<XmlElement> alerts) {
        if (isAlert(element)) {
            alerts.add(element);
        } else {
            element.children().forEach(it -> collect(it, alerts));
        }
    }

    /** Whether it is an alert of any version; one without a namespace, too. */
    public static boolean isAlert(XmlElement element) {
        return element.name().equals("alert")
                && (element.namespace().isEmpty() || version(element).isPresent());
    }

    private static Optional<Version> version(XmlElement element) {
        return Arrays.stream(Version.values())
                .filter(it -> it.namespace.equals(element.namespace()))
                .findFirst();
    }

    /**
     * Writes a message in CAP 1.2: UTF-8, elements in the schema's order, one form for one record.
     *
     * @throws IllegalArgumentException if the standard does not allow it; names every fault
     */
    public static byte[] write(Alert alert) {
        var bytes = CapWriter.write(alert);
        var findings = read(bytes).findings();
        if (!findings.isEmpty()) {
            throw new IllegalArgumentException("CAP 1.2 does not allow this message: " + findings);
        }
        return bytes;
    }
}
