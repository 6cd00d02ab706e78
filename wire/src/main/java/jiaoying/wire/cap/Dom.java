package jiaoying.wire.cap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import jiaoying.wire.cap.CapRead.Version;
import jiaoying.wire.xml.Xml;
import jiaoying.wire.xml.XmlCharacters;
import jiaoying.wire.xml.XmlRead;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Documents as signatures need them: every space and every prefix kept. */
final class Dom {
    static final String SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private Dom() {}

    /** Empty if it is not well formed, has a DOCTYPE or is beyond {@link Cap#LIMITS}. */
    static Optional<Document> read(byte[] bytes) {
        // First by the reader of messages: the same bounds, and nothing deeper than the stack.
        if (Xml.read(bytes, Cap.LIMITS) instanceof XmlRead.Refused) {
            return Optional.empty();
        }
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setExpandEntityReferences(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var text = XmlCharacters.decode(bytes).orElseThrow();
            return Optional.of(builder.parse(new InputSource(new StringReader(text))));
        } catch (SAXException | IOException | RuntimeException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Bug: the parser of the JDK refuses its own features", e);
        }
    }

    static byte[] write(Document document) {
        var out = new ByteArrayOutputStream();
        try {
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            document.setXmlStandalone(true);
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toByteArray();
        } catch (TransformerException e) {
            throw new IllegalArgumentException("This document cannot be written: " + e.getMessage(), e);
        }
    }

    static boolean isAlert(Document document) {
        var root = document.getDocumentElement();
        return root.getLocalName().equals("alert")
                && Arrays.stream(Version.values()).anyMatch(it -> it.namespace.equals(root.getNamespaceURI()));
    }

    /** Signatures that are children of the root. */
    static List<Element> signatures(Document document) {
        return children(document.getDocumentElement()).stream()
                .filter(it -> is(it, SIGNATURES, "Signature"))
                .toList();
    }

    /** Signatures anywhere. */
    static int signaturesAnywhere(Document document) {
        return document.getElementsByTagNameNS(SIGNATURES, "Signature").getLength();
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    static List<Element> children(Node parent) {
        var children = new ArrayList<Element>();
        var nodes = parent.getChildNodes();
        for (var i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static void remove(Node node) {
        var parent = node.getParentNode();
        if (parent != null) {
            parent.removeChild(node);
        }
    }
}
