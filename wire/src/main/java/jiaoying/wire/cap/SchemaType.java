package jiaoying.wire.cap;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A type that {@code xsi:type} gives an element in place of the schema's own (XML Schema part 1, 3.3.4): one of the built-in
 * types derived from it, which then holds for the content, too. Types of the schema of CAP have no names, so nothing can be
 * derived from them.
 */
final class SchemaType {
    private static final String SCHEMA = "{http://www.w3.org/2001/XMLSchema}";

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,1000}");
    private static final String START = "_\\p{L}\\p{Nl}";
    private static final String REST = START + "\\p{N}\\p{M}.\\-\u00B7";
    private static final Pattern NMTOKEN = Pattern.compile("[:" + REST + "]+");
    private static final Pattern NAME = Pattern.compile("[:" + START + "][:" + REST + "]*");
    private static final Pattern NC_NAME = Pattern.compile("[" + START + "][" + REST + "]*");

    private SchemaType() {}

    /**
     * @param element of CAP 1.2
     * @param given   {@code {namespace}name}
     * @param text    of the element, without the white space around
     */
    static boolean fits(String element, String given, String text) {
        var name = given.startsWith(SCHEMA) ? given.substring(SCHEMA.length()) : "";
        return isDerived(name, declared(element)) && holds(name, text);
    }

    /** The built-in type of an element, or empty where the schema has a type of its own. */
    private static String declared(String element) {
        return switch (element) {
            case "sent", "effective", "onset", "expires" -> "";
            case "status", "msgType", "scope", "category", "responseType", "urgency", "severity", "certainty" -> "";
            case "language" -> "language";
            case "size" -> "integer";
            case "altitude", "ceiling" -> "decimal";
            case "web", "uri" -> "anyURI";
            default -> Content.in(element).places().isEmpty() ? "string" : "";
        };
    }

    private static boolean isDerived(String type, String from) {
        for (var at = type; !at.isEmpty(); at = base(at)) {
            if (at.equals(from)) {
                return true;
            }
        }
        return false;
    }

    /** What a built-in type is derived from (part 2, 3.3); ID, IDREF and ENTITY are for attributes. */
    private static String base(String type) {
        return switch (type) {
            case "normalizedString" -> "string";
            case "token" -> "normalizedString";
            case "language", "NMTOKEN", "Name" -> "token";
            case "NCName" -> "Name";
            case "integer" -> "decimal";
            case "nonPositiveInteger", "long", "nonNegativeInteger" -> "integer";
            case "negativeInteger" -> "nonPositiveInteger";
            case "int" -> "long";
            case "short" -> "int";
            case "byte" -> "short";
            case "positiveInteger", "unsignedLong" -> "nonNegativeInteger";
            case "unsignedInt" -> "unsignedLong";
            case "unsignedShort" -> "unsignedInt";
            case "unsignedByte" -> "unsignedShort";
            default -> "";
        };
    }

    private static boolean holds(String type, String text) {
        return switch (type) {
            case "language" -> Forms.isLanguage(text);
            case "NMTOKEN" -> NMTOKEN.matcher(text).matches();
            case "Name" -> NAME.matcher(text).matches();
            case "NCName" -> NC_NAME.matcher(text).matches();
            case "nonPositiveInteger" -> isInteger(text) && number(text).signum() <= 0;
            case "negativeInteger" -> isInteger(text) && number(text).signum() < 0;
            case "nonNegativeInteger" -> isInteger(text) && number(text).signum() >= 0;
            case "positiveInteger" -> isInteger(text) && number(text).signum() > 0;
            case "integer" -> isInteger(text);
            case "long" -> fitsSigned(text, 64);
            case "int" -> fitsSigned(text, 32);
            case "short" -> fitsSigned(text, 16);
            case "byte" -> fitsSigned(text, 8);
            case "unsignedLong" -> fitsUnsigned(text, 64);
            case "unsignedInt" -> fitsUnsigned(text, 32);
            case "unsignedShort" -> fitsUnsigned(text, 16);
            case "unsignedByte" -> fitsUnsigned(text, 8);
            default -> true;
        };
    }

    private static boolean fitsSigned(String text, int bits) {
        return isInteger(text) && number(text).bitLength() < bits;
    }

    private static boolean fitsUnsigned(String text, int bits) {
        return isInteger(text) && number(text).signum() >= 0 && number(text).bitLength() <= bits;
    }

    private static boolean isInteger(String text) {
        return INTEGER.matcher(text).matches();
    }

    private static BigInteger number(String text) {
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }
}
