package jiaoying.wire.xml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import jiaoying.wire.xml.XmlRead.Refused;
import jiaoying.wire.xml.XmlRead.Why;

/** Bytes to a tree of elements. Total: any bytes give a named outcome. */
public final class Xml {
    private static final int SHOWN = 60;

    private final XMLStreamReader reader;
    private final XmlLimits limits;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    private Xml(XMLStreamReader reader, XmlLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** An element whose end has not come. */
    private record Open(
            String namespace,
            String name,
            List<XmlElement.Attribute> attributes,
            StringBuilder text,
            List<XmlElement> children) {
        XmlElement close() {
            return new XmlElement(namespace, name, attributes, text.toString(), children);
        }
    }

    public static XmlRead read(byte[] bytes, XmlLimits limits) {
        if (bytes.length > limits.bytes()) {
            return new Refused(Why.TOO_LARGE, bytes.length + " bytes, at most " + limits.bytes(), 0, 0);
        }
        return XmlCharacters.decode(bytes)
                .map(it -> read(it, limits))
                .orElseGet(() -> new Refused(Why.ENCODING, "bytes that are no characters of the encoding", 0, 0));
    }

    private static XmlRead read(String text, XmlLimits limits) {
        try {
            var reader = factory().createXMLStreamReader(new StringReader(text));
            return new Xml(reader, limits).document();
        } catch (XMLStreamException e) {
            return notWellFormed(text, e);
        } catch (RuntimeException e) {
            // The parser of the JDK lets some faults of the text out as its own.
            return new Refused(Why.NOT_WELL_FORMED, "", 0, 0);
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    private static Refused notWellFormed(String text, XMLStreamException e) {
        var place = Optional.ofNullable(e.getLocation());
        int line = place.map(it -> it.getLineNumber()).orElse(0);
        int column = place.map(it -> it.getColumnNumber()).orElse(0);
        return new Refused(Why.NOT_WELL_FORMED, before(text, line, column), Math.max(0, line), Math.max(0, column));
    }

    /** What stands on that line up to the place where the parser stopped, its end. */
    private static String before(String text, int line, int column) {
        var read = text.lines()
                .skip(Math.max(0, line - 1))
                .findFirst()
                .map(it -> it.substring(0, Math.clamp(column - 1, 0, it.length())))
                .orElse("");
        return read.substring(Math.max(0, read.length() - SHOWN)).strip();
    }

    private XmlRead document() throws XMLStreamException {
        var root = Optional.<XmlElement>empty();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> {
                    return refused(Why.DOCTYPE);
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() == limits.depth()) {
                        return refused(Why.TOO_DEEP);
                    }
                    if (++elements > limits.elements()) {
                        return refused(Why.TOO_MANY_ELEMENTS);
                    }
                    open.push(start());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.ENTITY_REFERENCE -> {
                    return refused(Why.NOT_WELL_FORMED);
                }
                case XMLStreamConstants.END_ELEMENT -> root = end();
                default -> {}
            }
        }
        return root.<XmlRead>map(XmlRead.Read::new).orElseGet(() -> refused(Why.NOT_WELL_FORMED));
    }

    private Refused refused(Why why) {
        var place = reader.getLocation();
        return new Refused(why, why.name(), place.getLineNumber(), place.getColumnNumber());
    }

    private Open start() {
        var attributes = new ArrayList<XmlElement.Attribute>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            var namespace = Optional.ofNullable(reader.getAttributeNamespace(i)).orElse("");
            // of an XML 1.1 document the parser of the JDK gives declarations of prefixes, too
            if (!namespace.equals(XMLConstants.XMLNS_ATTRIBUTE_NS_URI)
                    && !reader.getAttributeLocalName(i).equals(XMLConstants.XMLNS_ATTRIBUTE)) {
                var name = reader.getAttributeLocalName(i);
                var value = reader.getAttributeValue(i);
                attributes.add(
                        new XmlElement.Attribute(namespace, name, isType(namespace, name) ? expanded(value) : value));
            }
        }
        var namespace = Optional.ofNullable(reader.getNamespaceURI()).orElse("");
        return new Open(namespace, reader.getLocalName(), attributes, new StringBuilder(), new ArrayList<>());
    }

    private static boolean isType(String namespace, String name) {
        return namespace.equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI) && name.equals("type");
    }

    /** A name without its prefix; as it is where nothing declares the prefix. */
    private String expanded(String qualified) {
        var name = qualified.strip();
        var colon = name.indexOf(':');
        var namespace = Optional.ofNullable(reader.getNamespaceURI(colon < 0 ? "" : name.substring(0, colon)));
        return colon < 0
                ? '{' + namespace.orElse("") + '}' + name
                : namespace
                        .map(it -> '{' + it + '}' + name.substring(colon + 1))
                        .orElse(name);
    }

    private void text() {
        if (!open.isEmpty()) {
            open.peek().text().append(reader.getText());
        }
    }

    private Optional<XmlElement> end() {
        var closed = open.pop().close();
        if (open.isEmpty()) {
            return Optional.of(closed);
        }
        open.peek().children().add(closed);
        return Optional.empty();
    }
}
