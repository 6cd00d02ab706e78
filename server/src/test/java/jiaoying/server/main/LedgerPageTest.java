package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.security.Role;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ledgers that come in from Excel, figures that are published, notices that are read: through the real doors. */
class LedgerPageTest {
    private static final MemoryRoom ROOM = new MemoryRoom();
    private static final List<String> HEAD = List.of("序号", "隐患名称", "属地", "隐患类别", "隐患等级", "发现日期", "整改完成时间", "整改情况");
    private static House house;
    private static Visitor supervisor;
    private static Visitor rectifier;
    private static Visitor leader;

    @BeforeAll
    static void a_city_with_a_supervisor_and_somebody_who_is_supervised() {
        house = House.over(ROOM);
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.BodyRegistered("S", "应急管理局", "Emergency", "department", MemoryRoom.CITY));
        rows.add(new RosterFact.BodyRegistered("W", "外山村", "Waishan", "village", MemoryRoom.ZHAPU_VILLAGE));
        person(rows, "super", "S", "督办人员", "值班员", "核查人员");
        person(rows, "rect", "W", "整改责任人");
        person(rows, "lead", "S", "分管领导");
        ROOM.bring(new Arrival.RegisterChanged("test", rows));
        supervisor = house.signInFor("super", EnumSet.of(Role.DEPARTMENT), List.of());
        leader = house.signInFor("lead", EnumSet.of(Role.DEPARTMENT), List.of());
        rectifier = house.signInFor("rect", EnumSet.of(Role.DEPARTMENT), List.of());
    }

    @AfterAll
    static void closed() {
        house.close();
    }

    private static void person(List<Fact> rows, String person, String body, String... duties) {
        rows.add(new RosterFact.PersonRegistered(person, new Personal(person, "示例" + person), body, "", ""));
        for (var duty : duties) {
            rows.add(new RosterFact.DutyAssigned(person + duty, person, duty, MemoryRoom.ZHAPU_VILLAGE, List.of(), ""));
        }
    }

    /** As cities export it: every day with its time, no column that says town or kind, words of its own. */
    @Test
    void a_hundred_requests_of_boston_are_looked_at_as_a_ledger() throws IOException {
        var file = Files.readAllBytes(Path.of("src/test/resources/loop/boston311-2022-01.csv"));
        assertThat(from(preview(file, ""), "kind"))
                .as("their types are no kinds of ours")
                .isEqualTo("=hazard");
        var columns = new HashMap<>(Map.of("kind", "=hazard", "state", "case_status", "title", "case_title"));
        var words = "{\"state\":{\"Open\":\"登记\",\"Closed\":\"销号\"}}";
        assertThat(preview(file, mapping(columns, words)).path("faults").valueStream())
                .extracting(bad ->
                        bad.path("line").asInt() + " " + bad.path("column").asString())
                .as("that no column is named is said once, and not of each of a hundred rows")
                .contains("1 编号", "1 镇街道", "1 类别")
                .hasSizeLessThan(100);
        columns.putAll(Map.of("id", "case_enquiry_id", "town", "=乍浦镇", "category", "=其他"));
        columns.putAll(Map.of("found_on", "open_dt", "closed_on", "closed_dt"));
        var looked = preview(file, mapping(columns, words));
        assertThat(faults(looked)).isEmpty();
        assertThat(looked.path("rows").asInt()).isEqualTo(100);
        assertThat(looked.path("open").asInt() + looked.path("ended").asInt()).isEqualTo(100);
        assertThat(looked.path("ended").asInt()).isEqualTo(closed(file));
    }

    private static int closed(byte[] file) {
        return (int) new String(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(",Closed,"))
                .count();
    }

    @Test
    void a_plain_workbook_is_looked_at_mapped_and_taken_over_as_a_whole_once() throws IOException {
        var town = "乍浦镇";
        var file = workbook(
                List.of("1", "示例堤脚渗水", town, "圩区堤防", "一般", "2026-03-02", "2026/3/20", "已整改"),
                List.of("2", "示例泵站漏油", town, "泵闸", "重大", "2026年3月5日", "", "整改中"),
                List.of("3", "示例井盖缺失", "没有的镇", "排水管网", "一般", "2026-13-01", "", "整改中"));
        var before = items();

        var first = preview(file, "");
        assertThat(first.path("header").valueStream().map(JsonNode::asString)).containsExactlyElementsOf(HEAD);
        assertThat(from(first, "id")).isEqualTo("序号");
        assertThat(from(first, "found_on")).isEqualTo("发现日期");
        assertThat(from(first, "kind"))
                .as("a ledger of one kind has no column for it")
                .isEqualTo("=hazard");
        assertThat(from(first, "title")).as("nothing is called so").isEmpty();

        var columns = new HashMap<String, String>();
        first.path("columns")
                .forEach(one -> columns.put(
                        one.path("column").asString(), one.path("from").asString()));
        columns.putAll(Map.of(
                "title",
                "隐患名称",
                "town",
                "属地",
                "category",
                "隐患类别",
                "level",
                "隐患等级",
                "closed_on",
                "整改完成时间",
                "state",
                "整改情况"));
        var mapped = preview(file, mapping(columns, "{}"));
        assertThat(mapped.path("words").findValuesAsString("word")).containsExactly("已整改");
        assertThat(faults(mapped)).contains("5 发现日期", "3 整改情况");
        var words = "{\"state\":{\"已整改\":\"销号\"}}";
        var last = preview(file, mapping(columns, words));
        assertThat(faults(last)).as("every fault, by the file's own columns").containsExactly("5 发现日期");
        assertThat(take(supervisor, file, mapping(columns, words)).status()).isEqualTo(409);
        assertThat(items()).as("one bad row and nothing enters").isEqualTo(before);

        var better = workbook(
                List.of("1", "示例堤脚渗水", town, "圩区堤防", "一般", "2026-03-02", "2026/3/20", "已整改"),
                List.of("2", "示例泵站漏油", town, "泵闸", "重大", "2026年3月5日", "", "整改中"));
        var good = preview(better, mapping(columns, words));
        assertThat(faults(good)).isEmpty();
        assertThat(good.path("open").asInt()).isEqualTo(1);
        assertThat(good.path("ended").asInt()).isEqualTo(1);
        assertThat(items()).as("looking changes nothing").isEqualTo(before);
        assertThat(take(rectifier, better, mapping(columns, words)).status())
                .as("the supervised do not write their own past")
                .isEqualTo(409);
        assertThat(take(supervisor, better, mapping(columns, words)).status()).isEqualTo(200);
        assertThat(items()).isEqualTo(before + 2);

        var ended = found("示例堤脚渗水");
        assertThat(ended.path("closed_at").asString())
                .as("when the ledger says, not when it came in")
                .isEqualTo("2026-03-19T16:00:00Z");
        assertThat(supervisor
                        .get("/api/items/summary")
                        .json()
                        .path("programmes")
                        .findValuesAsString("closed"))
                .as("the leader is not told that it was done lately")
                .containsOnly("0");
        assertThat(ended.path("core").asString()).isEqualTo("CLOSED");
        var open = found("示例泵站漏油");
        assertThat(open.path("stage").path("id").asString())
                .as("it begins here, whatever the ledger says")
                .isEqualTo("found");
        assertThat(open.path("area").path("id").asString()).isEqualTo(MemoryRoom.ZHAPU);
        var again = take(supervisor, better, mapping(columns, words));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("error").path("code").asString()).isEqualTo("item-taken-before");
        assertThat(items()).isEqualTo(before + 2);
        var reopen = supervisor.post(
                "/api/acts/move-item",
                "{\"item\":\"" + ended.path("item").asString()
                        + "\",\"step\":\"reopen\",\"from\":\"closed\",\"reason\":\"又漏\"}");
        assertThat(reopen.json().path("error").path("code").asString()).isEqualTo("item-ended-elsewhere");
        assertThat(figure("closed", "2026-03-01", "2026-03-31", "2026-06-30", today()))
                .as("what ended in March counts in March")
                .isEqualTo("1");
        assertThat(figure("closed", "2026-03-01", "2026-03-31", "2026-06-30", "2026-06-30"))
                .as("but was not known here in June")
                .isEqualTo("0");
    }

    @Test
    void published_figures_stay_and_what_changes_later_is_shown_as_a_revision() throws IOException {
        var day = today();
        var span = "\"programme\":\"hazards\",\"from\":\"2026-01-01\",\"to\":\"" + day + "\",\"as_of\":\"" + day + "\"";
        assertThat(rectifier.post("/api/acts/publish-figures", "{" + span + "}").status())
                .isEqualTo(409);
        var done = supervisor.post("/api/acts/publish-figures", "{" + span + "}");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        var report = published().path("report").asString();
        var before = frozen("open_now").path("value").asString();
        assertThat(frozen("open_now").path("revised").asBoolean()).isFalse();

        var opened = supervisor.post(
                "/api/acts/open-item",
                "{\"programme\":\"hazards\",\"kind\":\"hazard\",\"fields\":["
                        + "{\"field\":\"title\",\"value\":\"迟报的隐患\"},{\"field\":\"description\",\"value\":\"x\"},"
                        + "{\"field\":\"category\",\"value\":\"pump\"},{\"field\":\"source\",\"value\":\"inspection\"},"
                        + "{\"field\":\"found_at\",\"value\":\"2026-07-01T01:00:00Z\"},{\"field\":\"town\",\"value\":\""
                        + MemoryRoom.ZHAPU + "\"}],\"happened_at\":\"2026-07-01T01:00:00Z\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        assertThat(frozen("open_now").path("revised").asBoolean())
                .as("a draft is no hazard yet")
                .isFalse();
        var registered = supervisor.post(
                "/api/acts/move-item",
                "{\"item\":\"I" + opened.json().path("arrival").asLong() + "\",\"step\":\"register\"}");
        assertThat(registered.status()).as(registered.body()).isEqualTo(200);
        assertThat(frozen("open_now").path("value").asString()).isEqualTo(before);
        assertThat(frozen("open_now").path("revised").asBoolean()).isTrue();
        assertThat(frozen("open_now").path("now").asInt()).isEqualTo(Integer.parseInt(before) + 1);
        assertThat(frozen("open_now").path("added")).hasSize(1);

        var file = "/api/programmes/hazards/published/" + report + ".";
        try (var pdf = Loader.loadPDF(supervisor.get(file + "pdf").bytes())) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", ""))
                    .contains("未销号数", "发布后的修订", report);
        }
        assertThat(supervisor.get(file + "pdf").bytes())
                .as("the same paper, the same bytes")
                .isEqualTo(supervisor.get(file + "pdf").bytes());
        assertThat(part(supervisor.get(file + "docx").bytes(), "word/document.xml"))
                .contains("未销号数", "发布后的修订");
        assertThat(part(supervisor.get(file + "xlsx?lang=en").bytes(), "xl/sharedStrings.xml"))
                .contains("hazards open", "Revised since");
        assertThat(supervisor
                        .get("/api/programmes/hazards/report.pdf?from=2026-01-01&to=" + day + "&as_of=" + day)
                        .header("Content-Type"))
                .isEqualTo("application/pdf");
        assertThat(supervisor.get(file + "exe").status()).isEqualTo(404);
    }

    @Test
    void a_notice_is_read_and_each_sentence_is_made_a_task_or_dropped_by_a_person() {
        var text = "关于防汛的通知（样例）\n2026年6月1日\n\n一、应急管理局要在6月30日前完成泵站检修。\n二、各镇街道务必落实转移责任人。\n";
        var before = items();
        var read = supervisor.upload("/api/documents?name=notice.txt", text.getBytes(StandardCharsets.UTF_8));
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        var document = read.json().path("document").asString();
        assertThat(read.json().path("text").asString()).isEqualTo(text);
        assertThat(read.json().path("drafts")).hasSize(2);
        assertThat(items()).as("nothing enters by itself").isEqualTo(before);

        var first = read.json().path("drafts").get(0);
        assertThat(first.path("deadline").path("date").asString()).isEqualTo("2026-06-30");
        var source = "doc:" + document + ":" + first.path("from").asInt() + "-"
                + first.path("to").asInt();
        supervisor.post(
                "/api/acts/open-item",
                "{\"programme\":\"hazards\",\"kind\":\"hazard\",\"source\":\"" + source + "\",\"fields\":["
                        + "{\"field\":\"title\",\"value\":\"泵站检修\"},{\"field\":\"description\",\"value\":\"x\"},"
                        + "{\"field\":\"category\",\"value\":\"pump\"},{\"field\":\"source\",\"value\":\"document\"},"
                        + "{\"field\":\"found_at\",\"value\":\"2026-07-01T01:00:00Z\"},{\"field\":\"town\",\"value\":\""
                        + MemoryRoom.ZHAPU + "\"}]}");
        var second = read.json().path("drafts").get(1);
        var place = "\"document\":\"" + document + "\",\"from\":"
                + second.path("from").asInt() + ",\"to\":" + second.path("to").asInt();
        assertThat(supervisor
                        .post("/api/acts/drop-draft", "{" + place + ",\"reason\":\"另文部署\"}")
                        .status())
                .isEqualTo(200);

        var now = supervisor.get("/api/documents/" + document).json().path("drafts");
        assertThat(now.get(0).path("items").get(0).path("title").asString()).isEqualTo("泵站检修");
        assertThat(now.get(1).path("dropped").path("reason").asString()).isEqualTo("另文部署");
        assertThat(now.get(1).path("dropped").path("by").asString()).isEqualTo("示例super");
        assertThat(supervisor.get("/api/documents").json().get(0).path("items").asInt())
                .isEqualTo(1);
        assertThat(supervisor
                        .upload("/api/documents", new byte[] {(byte) 0xff, 1})
                        .status())
                .isEqualTo(415);
    }

    @Test
    void a_limit_is_changed_by_two_persons_and_holds_for_new_items_only() {
        var plan =
                "\"programme\":\"hazards\",\"kind\":\"hazard\",\"clock\":\"rectify\",\"amount\":10,\"unit\":\"days\"";
        assertThat(limit("rectify").path("amount").asInt()).isEqualTo(15);
        assertThat(rectifier
                        .post("/api/acts/propose-limit", "{" + plan + ",\"reason\":\"汛期\"}")
                        .status())
                .isEqualTo(409);
        var proposed = supervisor.post("/api/acts/propose-limit", "{" + plan + ",\"reason\":\"汛期从紧\"}");
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(200);
        var change = "L" + proposed.json().path("arrival").asLong();
        var decide = "{\"change\":\"" + change + "\",\"approved\":true}";
        var own = supervisor.post("/api/acts/decide-limit", decide);
        assertThat(own.json().path("error").path("code").asString()).isEqualTo("limit-not-yours");
        assertThat(limit("rectify").path("amount").asInt())
                .as("nothing holds before it is decided")
                .isEqualTo(15);
        assertThat(leader.post("/api/acts/decide-limit", decide).status()).isEqualTo(200);
        assertThat(limit("rectify").path("amount").asInt()).isEqualTo(10);
        assertThat(limit("rectify").path("changed").asString()).isEqualTo(change);
        assertThat(leader.post("/api/acts/decide-limit", decide).status())
                .as("decided once")
                .isEqualTo(409);
        var shown = supervisor
                .get("/api/programmes/hazards/limits")
                .json()
                .path("changes")
                .get(0);
        assertThat(shown.path("was").asString()).isEqualTo("15 days");
        assertThat(shown.path("by").asString()).isEqualTo("示例super");
        assertThat(shown.path("decided_by").asString()).isEqualTo("示例lead");
    }

    @Test
    void a_figure_month_by_month_ends_with_the_month_of_the_day() {
        var months = supervisor
                .get("/api/programmes/hazards/series?figure=found&to=" + today() + "&months=3")
                .json();
        assertThat(months.findValuesAsString("from")).containsExactly("2026-05-01", "2026-06-01", "2026-07-01");
        assertThat(months.findValuesAsString("to")).containsExactly("2026-05-31", "2026-06-30", "2026-07-01");
        assertThat(months.get(0).path("value").asString()).isEqualTo("0");
        assertThat(supervisor
                        .get("/api/programmes/hazards/series?figure=moon&to=" + today())
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode limit(String clock) {
        return supervisor
                .get("/api/programmes/hazards/limits")
                .json()
                .path("limits")
                .valueStream()
                .filter(one -> one.path("clock").asString().equals(clock))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rounds_of_inspection_are_planned_at_once_and_what_is_not_done_is_missed() {
        var plan =
                "{\"programme\":\"hazards\",\"kind\":\"inspection_round\",\"fields\":[{\"field\":\"town\",\"value\":\""
                        + MemoryRoom.ZHAPU + "\"},{\"field\":\"object\",\"value\":\"示例泵站\"},"
                        + "{\"field\":\"objects_planned\",\"value\":\"3\"}],\"field\":\"planned_on\",\"first\":\"2026-08-31\","
                        + "\"every\":1,\"unit\":\"months\",\"times\":3}";
        var before = items();
        var done = supervisor.post("/api/acts/plan-item", plan);
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(items()).isEqualTo(before + 3);
        var arrival = done.json().path("arrival").asLong();
        var days = List.of("2026-08-31", "2026-09-30", "2026-10-31");
        for (var n = 1; n <= days.size(); n++) {
            var fields =
                    supervisor.get("/api/items/I" + arrival + "." + n).json().path("fields");
            assertThat(fields.valueStream()
                            .filter(field -> field.path("id").asString().equals("planned_on"))
                            .map(field -> field.path("value").asString()))
                    .containsExactly(days.get(n - 1));
        }
        assertThat(supervisor
                        .post("/api/acts/plan-item", plan.replace("2026-08-31", "2026-01-31"))
                        .status())
                .as("not into the past")
                .isEqualTo(409);
        assertThat(supervisor
                        .post("/api/acts/plan-item", plan.replace("inspection_round", "hazard"))
                        .status())
                .as("only records")
                .isEqualTo(409);
    }

    private static String entries(String item) {
        return "\"item\":\"" + item + '"';
    }

    @Test
    void an_incident_shows_what_stood_near_before_it_and_a_person_and_a_body_have_a_trace_of_their_own()
            throws IOException {
        var near = opened("近旁的隐患", "121.0900,30.6000", "2026-07-01T01:00:00Z");
        var far = opened("远处的隐患", "121.2900,30.6000", "2026-07-01T01:30:00Z");
        var later = opened("之后的隐患", "121.0901,30.6001", "2026-07-01T09:00:00Z");
        var incident = opened("塌陷事件", "121.0903,30.6002", "2026-07-01T08:00:00Z");
        var page = supervisor.get("/api/trace/incidents/" + incident + ".html").body();
        assertThat(page).contains("近旁的隐患", "此前 1000 米内").doesNotContain("远处的隐患", "之后的隐患");
        assertThat(supervisor
                        .get("/api/trace/incidents/" + incident + ".html?metres=30000")
                        .body())
                .contains("远处的隐患");
        try (var pdf = Loader.loadPDF(supervisor
                .get("/api/trace/incidents/" + incident + ".pdf?lang=en")
                .bytes())) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", ""))
                    .contains("Metresaway", "近旁的隐患");
        }
        var file = "/api/trace/incidents/" + incident + ".jsonl";
        assertThat(supervisor.get(file).body())
                .contains(entries(incident), entries(near))
                .doesNotContain(entries(far), entries(later));
        assertThat(supervisor.get(file + "?metres=30000").body()).contains(entries(far));
        assertThat(supervisor
                        .get("/api/trace/places/121.0903,30.6002.jsonl?when=2026-07-01T08:00:00Z")
                        .body())
                .contains(entries(near))
                .doesNotContain(entries(incident), entries(far), entries(later));
        assertThat(supervisor
                        .get("/api/trace/incidents/" + incident + ".html?metres=30000")
                        .body())
                .contains("href=\"" + incident + ".jsonl?metres=30000\"", "href=\"" + incident + ".pdf?metres=30000\"");
        var elsewhere = house.signInFor("qian", EnumSet.of(Role.TOWN), List.of(MemoryRoom.XINDAI));
        assertThat(elsewhere
                        .get("/api/trace/places/121.0903,30.6002.html?when=2026-07-01T08:00:00Z&lang=en")
                        .body())
                .as("who sees a part only is not offered the signed file")
                .contains("121.0903%2C30.6002.pdf?", "As a file")
                .doesNotContain(".jsonl");
        assertThat(elsewhere
                        .get("/api/trace/places/121.0903,30.6002.jsonl?when=2026-07-01T08:00:00Z")
                        .status())
                .as("a file of the ledger's own entries is for who sees the whole room")
                .isEqualTo(403);
        var at = "/api/trace/places/121.0903,30.6002.html?when=2026-07-01T08:00:00Z";
        assertThat(supervisor.get(at).body())
                .as("a place and a time that no item has")
                .contains("121.09030, 30.60020", "近旁的隐患")
                .doesNotContain("远处的隐患", "之后的隐患");
        assertThat(supervisor.get(at + "&metres=30000&lang=en").body()).contains("远处的隐患", "Metres away");
        assertThat(elsewhere.get(at).body()).as("who may not see them").doesNotContain("近旁的隐患");
        assertThat(supervisor.get("/api/trace/places/here.html").status()).isEqualTo(400);
        assertThat(supervisor.get("/api/trace/persons/super.html").body()).contains("示例super", "近旁的隐患");
        assertThat(supervisor.get("/api/trace/persons/rect.html").body()).doesNotContain("近旁的隐患");
        assertThat(supervisor.get("/api/trace/bodies/S.html?lang=en").body()).contains("Accountability: Emergency");
        assertThat(supervisor.get("/api/trace/persons/super.jsonl").body()).contains("\"person\":\"super\"");
        assertThat(supervisor.get("/api/trace/persons/nobody.html").status()).isEqualTo(404);
        assertThat(elsewhere.get("/api/trace/persons/super.html").status())
                .as("a person of another place")
                .isEqualTo(404);
        assertThat(elsewhere.get("/api/trace/persons/qian.html").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/trace/bodies/S.html").status()).isEqualTo(404);
    }

    private static String opened(String title, String place, String happened) {
        var done = supervisor.post(
                "/api/acts/open-item",
                "{\"programme\":\"hazards\",\"kind\":\"hazard\",\"fields\":["
                        + "{\"field\":\"title\",\"value\":\"" + title
                        + "\"},{\"field\":\"description\",\"value\":\"x\"},"
                        + "{\"field\":\"category\",\"value\":\"pump\"},{\"field\":\"source\",\"value\":\"inspection\"},"
                        + "{\"field\":\"found_at\",\"value\":\"" + happened + "\"},{\"field\":\"place\",\"value\":\""
                        + place
                        + "\"},{\"field\":\"town\",\"value\":\"" + MemoryRoom.ZHAPU + "\"}],\"happened_at\":\""
                        + happened
                        + "\"}");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        return "I" + done.json().path("arrival").asLong();
    }

    // ----

    private static JsonNode preview(byte[] file, String mapping) {
        var reply = supervisor.multipart(
                "/api/programmes/hazards/ledger/preview",
                mapping.isEmpty() ? Map.of() : Map.of("mapping", mapping),
                Map.of("file", file),
                "台账.xlsx");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static Visitor.Reply take(Visitor visitor, byte[] file, String mapping) {
        return visitor.multipart(
                "/api/programmes/hazards/ledger", Map.of("mapping", mapping), Map.of("file", file), "台账.xlsx");
    }

    private static String mapping(Map<String, String> columns, String words) {
        var all = new ArrayList<String>();
        columns.forEach((column, from) -> all.add("\"" + column + "\":\"" + from + "\""));
        return "{\"columns\":{" + String.join(",", all) + "},\"words\":" + words + "}";
    }

    private static String from(JsonNode preview, String column) {
        return preview.path("columns")
                .valueStream()
                .filter(one -> one.path("column").asString().equals(column))
                .findFirst()
                .orElseThrow()
                .path("from")
                .asString();
    }

    private static List<String> faults(JsonNode preview) {
        return preview.path("faults")
                .valueStream()
                .map(bad -> bad.path("line").asInt() + " " + bad.path("column").asString())
                .distinct()
                .toList();
    }

    /** A title over the table, as ledgers have it; days that are whole ISO days are real days of Excel. */
    @SafeVarargs
    private static byte[] workbook(List<String>... rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "test", "1.0")) {
            var sheet = book.newWorksheet("台账");
            sheet.value(0, 0, "示例隐患台账");
            for (var column = 0; column < HEAD.size(); column++) {
                sheet.value(1, column, HEAD.get(column));
            }
            for (var row = 0; row < rows.length; row++) {
                for (var column = 0; column < rows[row].size(); column++) {
                    var text = rows[row].get(column);
                    if (text.equals("2026-03-02")) {
                        sheet.value(row + 2, column, LocalDate.parse(text));
                        sheet.style(row + 2, column).format("yyyy/m/d").set();
                    } else if (text.length() == 1) {
                        sheet.value(row + 2, column, Integer.parseInt(text));
                    } else {
                        sheet.value(row + 2, column, text);
                    }
                }
            }
        }
        return out.toByteArray();
    }

    static String part(byte[] file, String name) throws IOException {
        try (var zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(file))
                .get()) {
            var entry = zip.getEntry(name);
            assertThat(entry).as(name).isNotNull();
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int items() {
        return supervisor
                .get("/api/items?state=all&limit=1")
                .json()
                .path("total")
                .asInt();
    }

    private static JsonNode found(String title) {
        return supervisor
                .get("/api/items?state=all&q=" + java.net.URLEncoder.encode(title, StandardCharsets.UTF_8))
                .json()
                .path("rows")
                .get(0);
    }

    private static String today() {
        return house.room.now().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate().toString();
    }

    private static String figure(String figure, String from, String to, String asOf, String known) {
        return of(
                        supervisor
                                .get("/api/programmes/hazards/report?from=" + from + "&to=" + to + "&as_of=" + asOf
                                        + "&known_on=" + known)
                                .json(),
                        figure)
                .path("value")
                .asString();
    }

    private static JsonNode published() {
        return supervisor.get("/api/programmes/hazards/published").json().get(0);
    }

    private static JsonNode frozen(String figure) {
        return of(published(), figure);
    }

    private static JsonNode of(JsonNode report, String figure) {
        return report.path("figures")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(figure))
                .findFirst()
                .orElseThrow();
    }
}
