package jiaoying.server.cap;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import jiaoying.duty.roster.RosterFact.AreaRegistered;

/** A message as a Chinese office could write it, with parts to be changed; and three areas with square boundaries. */
final class Sample {
    static final String OUTLINES = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":"330482101"},"geometry":{"type":"Polygon","coordinates":[[[121.0,30.6],[121.1,30.6],[121.1,30.7],[121.0,30.7],[121.0,30.6]]]}},
            {"type":"Feature","properties":{"code":"330482102"},"geometry":{"type":"Polygon","coordinates":[[[121.0,30.7],[121.1,30.7],[121.1,30.8],[121.0,30.8],[121.0,30.7]]]}}]}""";

    String identifier = "33048241600000_20260701100000";
    String sender = "33048241600000";
    String sent = "2026-07-01T10:00:00+08:00";
    String status = "Actual";
    String type = "Alert";
    String references = "";
    String event = "11B03";
    String severity = "Extreme";
    String headline = "平湖市气象台发布暴雨红色预警信号";
    String more = "";
    String effective = "";
    String area = "<geocode><valueName>adcode</valueName><value>330482101</value></geocode>";

    String text() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>%s</identifier><sender>%s</sender><sent>%s</sent>\
                <status>%s</status><msgType>%s</msgType><scope>Public</scope>%s<info><language>zh-CN</language><category>Met</category>\
                <event>%s</event><urgency>Immediate</urgency><severity>%s</severity><certainty>Likely</certainty>%s\
                <expires>2099-07-01T22:00:00+08:00</expires><senderName>平湖市气象台</senderName><headline>%s</headline>%s\
                <area><areaDesc>某地</areaDesc>%s</area></info></alert>""".formatted(
                        identifier,
                        sender,
                        sent,
                        status,
                        type,
                        references.isEmpty() ? "" : "<references>" + references + "</references>",
                        event,
                        severity,
                        effective,
                        headline,
                        more,
                        area);
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, AreaRegistered> areas() {
        var areas = new LinkedHashMap<String, AreaRegistered>();
        add(areas, "330482", "平湖市", "Pinghu", "city", "");
        add(areas, "330482101", "乍浦镇", "Zhapu", "town", "330482");
        add(areas, "330482102", "新埭镇", "Xindai", "town", "330482");
        add(areas, "330482101201", "外山村", "Waishan", "village", "330482101");
        return areas;
    }

    private static void add(
            Map<String, AreaRegistered> areas, String code, String zh, String en, String kind, String parent) {
        areas.put(code, new AreaRegistered(code, zh, en, kind, parent, false));
    }
}
