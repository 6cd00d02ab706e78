package jiaoying.wire.cap;

/** valueName and value of an eventCode, a parameter or a geocode. */
public record NamedValue(String valueName, String value) {}
