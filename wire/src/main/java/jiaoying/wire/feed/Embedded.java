package jiaoying.wire.feed;

import java.util.ArrayList;
import java.util.List;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.cap.NamedValue;
import jiaoying.wire.xml.XmlElement;

/** What an entry carries of CAP. */
final class Embedded {
    private static final String CAP_NAMESPACES = "urn:oasis:names:tc:emergency:cap:";

    private Embedded() {}

    static List<CapRead> alerts(XmlElement entry) {
        var alerts = new ArrayList<CapRead>();
        for (var child : entry.children()) {
            if (Cap.isAlert(child)) {
                alerts.add(Cap.read(child));
            } else {
                alerts.addAll(alerts(child));
            }
        }
        return alerts;
    }

    static List<NamedValue> summary(XmlElement entry) {
        return entry.children().stream()
                .filter(it -> it.namespace().startsWith(CAP_NAMESPACES) && !Cap.isAlert(it))
                .map(it -> new NamedValue(it.name(), it.text().strip()))
                .toList();
    }
}
