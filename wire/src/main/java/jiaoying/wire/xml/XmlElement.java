package jiaoying.wire.xml;

import java.util.List;
import java.util.Optional;

/**
 * An element with what stands directly in it.
 *
 * @param namespace empty if it has none
 * @param name without prefix
 * @param attributes in the order written; what declares a prefix is none
 * @param text all characters directly in it, joined
 * @param children elements directly in it, in order
 */
public record XmlElement(
        String namespace, String name, List<Attribute> attributes, String text, List<XmlElement> children) {
    /**
     * A name and its value.
     *
     * @param namespace empty if it has none
     * @param value     as written; of {@code xsi:type}, which names a type by a prefix, {@code {namespace}name}
     */
    public record Attribute(String namespace, String name, String value) {}

    public XmlElement {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    public boolean is(String namespace, String name) {
        return this.namespace.equals(namespace) && this.name.equals(name);
    }

    /** The value of an attribute without namespace. */
    public Optional<String> findAttribute(String name) {
        return attributes.stream()
                .filter(it -> it.namespace.isEmpty() && it.name.equals(name))
                .map(Attribute::value)
                .findFirst();
    }

    /** Children of this name, in order. */
    public List<XmlElement> list(String namespace, String name) {
        return children.stream().filter(it -> it.is(namespace, name)).toList();
    }

    /** The first child of this name. */
    public Optional<XmlElement> find(String namespace, String name) {
        return children.stream().filter(it -> it.is(namespace, name)).findFirst();
    }
}
