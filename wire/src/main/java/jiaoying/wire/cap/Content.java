package jiaoying.wire.cap;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jiaoying.wire.xml.XmlElement;

/** What may stand in an element, in the schema's order (appendix A); nothing in those that hold text. */
record Content(List<Place> places) {
    private static final Content ALERT = of(
            "identifier sender sent status msgType source? scope restriction? addresses? code* note? references? incidents?"
                    + " info*");
    private static final Content INFO = of(
            "language? category+ event responseType* urgency severity certainty audience? eventCode* effective? onset?"
                    + " expires? senderName? headline? description? instruction? web? contact? parameter* resource* area*");
    private static final Content RESOURCE = of("resourceDesc mimeType size? uri? derefUri? digest?");
    private static final Content AREA = of("areaDesc polygon* circle* geocode* altitude? ceiling?");
    private static final Content PAIR = of("valueName value");
    private static final Content TEXT = new Content(List.of());

    /** An element and how often it stands: once at least if needed, once at most if it does not repeat. */
    record Place(String name, boolean needed, boolean repeats) {
        /** As a content model writes it: ? is at most once, * any number, + at least once. */
        private static Place of(String word) {
            var mark = word.charAt(word.length() - 1);
            var marked = mark == '?' || mark == '*' || mark == '+';
            return new Place(
                    marked ? word.substring(0, word.length() - 1) : word,
                    mark != '?' && mark != '*',
                    mark == '*' || mark == '+');
        }

        /** The name in a path, with the number of those that repeat. */
        String path(int number) {
            return repeats ? name + '[' + number + ']' : name;
        }
    }

    private static Content of(String model) {
        return new Content(Arrays.stream(model.split(" ", -1)).map(Place::of).toList());
    }

    static Content in(String element) {
        return switch (element) {
            case "alert" -> ALERT;
            case "info" -> INFO;
            case "resource" -> RESOURCE;
            case "area" -> AREA;
            case "eventCode", "parameter", "geocode" -> PAIR;
            default -> TEXT;
        };
    }

    /** Which place a child takes, -1 if none. */
    int index(XmlElement child, String namespace) {
        for (var i = 0; i < places.size(); i++) {
            if (child.is(namespace, places.get(i).name)) {
                return i;
            }
        }
        return -1;
    }

    String names() {
        return places.stream().map(Place::name).collect(Collectors.joining(" "));
    }
}
