package jiaoying.server.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.security.Role;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Act as its people use it: discovered, supervised, rectified and reported back by accounts that stand for people of the register. */
class ActPageTest {
    private static final MemoryRoom ROOM = new MemoryRoom();
    private static House house;
    private static Visitor duty;
    private static Visitor rectifier;
    private static Visitor supervisor;
    private static Visitor stranger;

    /** Refusals that come from who somebody is, not from what he brings. */
    private static final Set<String> OF_THE_PERSON = Set.of("item-not-your-role", "item-separation", "item-own-item");

    @BeforeAll
    static void a_city_with_people_who_answer_for_hazards() {
        house = House.over(ROOM);
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.BodyRegistered("S", "应急管理局", "Emergency", "department", MemoryRoom.CITY));
        rows.add(new RosterFact.BodyRegistered("W", "外山村", "Waishan", "village", MemoryRoom.ZHAPU_VILLAGE));
        person(rows, "officer", "S", "值班员", "研判人员");
        person(rows, "rect", "W", "整改责任人", "核查人员");
        person(rows, "head", "W", "责任单位负责人");
        person(rows, "super", "S", "督办人员", "核查人员");
        person(rows, "keeper", "W", "整改责任人", "核查人员", "村责任人");
        for (var channel : List.of("text", "voice")) {
            rows.add(new RosterFact.ContactRegistered("keeper", channel, new Personal("keeper", "000")));
        }
        ROOM.bring(new Arrival.RegisterChanged("test", rows));
        duty = house.signInFor("officer", EnumSet.of(Role.DUTY_OFFICER), List.of());
        rectifier = house.signInFor("rect", EnumSet.of(Role.VILLAGE), List.of(MemoryRoom.ZHAPU_VILLAGE));
        supervisor = house.signInFor("super", EnumSet.of(Role.DEPARTMENT), List.of());
        stranger = house.signInFor("qian", EnumSet.of(Role.TOWN), List.of(MemoryRoom.XINDAI));
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

    @Test
    void a_hazard_goes_round_and_its_own_rectifier_is_told_the_rule_before_and_when_he_tries() {
        var item = opened("堤脚渗水");
        step(duty, item, "register", Map.of());
        step(duty, item, "assess", Map.of());
        step(duty, item, "supervise", Map.of("level", "large"), "\"lead\":\"W\",\"supervising\":\"S\"");
        step(rectifier, item, "accept", Map.of());
        step(rectifier, item, "begin", Map.of());
        var before = jpeg("before");
        var after = jpeg("after");
        step(
                rectifier,
                item,
                "feed-back",
                Map.of("measures", "抛石护脚"),
                proofs(Map.of("photo_before", stored(rectifier, before), "photo_after", stored(rectifier, after))));
        step(supervisor, item, "take-up", Map.of());

        var close = offered(rectifier, item, "close");
        assertThat(close.path("refused").path("code").asString()).isEqualTo("item-separation");
        assertThat(close.path("refused").path("allowed").asString()).contains("另一单位");
        var record = proofs(Map.of("verification_record", stored(rectifier, pdf("own"))));
        var own = move(rectifier, item, "close", Map.of(), record + ",\"on_site\":true");
        assertThat(own.status()).isEqualTo(409);
        assertThat(own.json().path("error").path("code").asString()).isEqualTo("item-separation");

        assertThat(offered(supervisor, item, "close").path("refused").isNull()).isTrue();
        step(
                supervisor,
                item,
                "close",
                Map.of(),
                proofs(Map.of("verification_record", stored(supervisor, pdf("checked")))) + ",\"on_site\":true");
        var ended = whole(supervisor, item);
        assertThat(ended.path("row").path("core").asString()).isEqualTo("CLOSED");
        assertThat(ended.path("acts").findValuesAsString("step"))
                .containsExactly(
                        "open", "register", "assess", "supervise", "accept", "begin", "feed-back", "take-up", "close");
        assertThat(ended.path("proofs").findValuesAsString("type"))
                .containsExactlyInAnyOrder("image/jpeg", "image/jpeg", "application/pdf");

        var photo = supervisor.get("/api/items/" + item + "/evidence/" + MemoryEvidence.sha256(after));
        assertThat(photo.bytes()).isEqualTo(after);
        assertThat(photo.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(photo.header("Content-Security-Policy")).contains("sandbox");
        assertThat(stranger.get("/api/items/" + item + "/evidence/" + MemoryEvidence.sha256(after))
                        .status())
                .as("another town")
                .isEqualTo(404);
        assertThat(supervisor
                        .get("/api/items/" + item + "/evidence/" + MemoryEvidence.sha256(pdf("own")))
                        .status())
                .as("kept, but of no item")
                .isEqualTo(404);
    }

    @Test
    void whoever_comes_second_is_told_by_name_who_was_first_and_when() {
        var item = opened("二人同办");
        step(duty, item, "register", Map.of());
        var late = move(duty, item, "register", Map.of(), "\"from\":\"found\"");
        assertThat(late.status()).isEqualTo(409);
        var error = late.json().path("error");
        assertThat(error.path("what").asString()).matches("别人先办了：示例officer \\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}");
        assertThat(error.path("allowed").asString()).contains("发现登记");
    }

    @Test
    void what_is_offered_is_what_the_room_allows_at_every_stage_to_everybody() {
        var item = opened("泵站漏油");
        agrees(item);
        step(duty, item, "register", Map.of());
        agrees(item);
        step(duty, item, "assess", Map.of());
        agrees(item);
        step(duty, item, "supervise", Map.of("level", "general"), "\"lead\":\"W\",\"supervising\":\"S\"");
        agrees(item);
        step(rectifier, item, "accept", Map.of());
        step(rectifier, item, "begin", Map.of());
        step(
                rectifier,
                item,
                "feed-back",
                Map.of("measures", "换密封"),
                proofs(Map.of(
                        "photo_before", stored(rectifier, jpeg("b2")), "photo_after", stored(rectifier, jpeg("a2")))));
        agrees(item);
        step(supervisor, item, "take-up", Map.of());
        agrees(item);
    }

    /** Whoever is refused on the page is refused by the room, by the same rule. */
    private static void agrees(String item) {
        for (var visitor : List.of(duty, rectifier, supervisor)) {
            for (var step : whole(visitor, item).path("steps")) {
                var name = step.path("step").asString();
                var said = step.path("refused").path("code").asString("");
                if (OF_THE_PERSON.contains(said)) {
                    assertThat(move(visitor, item, name, Map.of(), "")
                                    .json()
                                    .path("error")
                                    .path("code")
                                    .asString())
                            .as(name)
                            .isEqualTo(said);
                } else {
                    assertThat(said).as(name + " is offered").isEmpty();
                }
            }
        }
    }

    @Test
    void what_is_offered_beside_the_steps_is_what_the_room_allows() {
        var item = opened("闸门启闭机异响");
        step(duty, item, "register", Map.of());
        step(duty, item, "assess", Map.of());
        besideAgrees(item);
        step(duty, item, "supervise", Map.of("level", "general"), "\"lead\":\"W\",\"supervising\":\"S\"");
        step(rectifier, item, "accept", Map.of());
        step(rectifier, item, "begin", Map.of());
        besideAgrees(item);
        assertThat(beside(rectifier, item, "pause-item").path("code").asString())
                .isEqualTo("item-not-your-role");
        assertThat(supervisor
                        .get("/api/items/" + item + "?lang=en")
                        .json()
                        .path("beside")
                        .toString())
                .as("whose matter it is, in the reader's words")
                .contains("of the right body (Waishan)");
        assertThat(beside(rectifier, item, "ask-extension").isNull()).isTrue();
        assertThat(beside(supervisor, item, "pause-item").isNull()).isTrue();

        var asked = rectifier.post(
                "/api/acts/ask-extension",
                "{\"item\":\"" + item + "\",\"clock\":\"rectify\",\"days\":3,\"reason\":\"备件未到\","
                        + entries(Map.of("interim_control", "加派值守")) + "}");
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        besideAgrees(item);
        assertThat(beside(rectifier, item, "decide-extension").path("code").asString())
                .isEqualTo("item-not-your-role");
        assertThat(beside(supervisor, item, "decide-extension").isNull()).isTrue();
        assertThat(whole(rectifier, item).path("beside").findValuesAsString("deed"))
                .as("asked once at a time")
                .doesNotContain("ask-extension");

        assertThat(supervisor
                        .post("/api/acts/pause-item", "{\"item\":\"" + item + "\",\"reason\":\"等备件\"}")
                        .status())
                .isEqualTo(200);
        besideAgrees(item);
        assertThat(whole(supervisor, item).path("beside").findValuesAsString("deed"))
                .contains("resume-item")
                .doesNotContain("pause-item");
    }

    @Test
    void more_time_is_offered_as_often_as_the_pack_gives_it_and_no_more() {
        var item = opened("泵站前池淤积");
        step(duty, item, "register", Map.of());
        step(duty, item, "assess", Map.of());
        step(duty, item, "supervise", Map.of("level", "general"), "\"lead\":\"W\",\"supervising\":\"S\"");
        step(rectifier, item, "accept", Map.of());
        step(rectifier, item, "begin", Map.of());
        for (int times = 0; times < 2; times++) {
            assertThat(beside(rectifier, item, "ask-extension").isNull()).isTrue();
            var asked = rectifier.post(
                    "/api/acts/ask-extension",
                    "{\"item\":\"" + item + "\",\"clock\":\"rectify\",\"days\":3,\"reason\":\"备件未到\","
                            + entries(Map.of("interim_control", "加派值守")) + "}");
            assertThat(asked.status()).as(asked.body()).isEqualTo(200);
            assertThat(supervisor
                            .post(
                                    "/api/acts/decide-extension",
                                    "{\"item\":\"" + item
                                            + "\",\"clock\":\"rectify\",\"granted\":true,\"reason\":\"\"}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(beside(rectifier, item, "ask-extension").path("code").asString())
                .isEqualTo("item-too-often");
        var third = rectifier.post(
                "/api/acts/ask-extension",
                "{\"item\":\"" + item + "\",\"clock\":\"rectify\",\"days\":3,\"reason\":\"备件未到\",\"fields\":[]}");
        assertThat(third.json().path("error").path("code").asString()).isEqualTo("item-too-often");
    }

    private static JsonNode beside(Visitor visitor, String item, String deed) {
        return whole(visitor, item)
                .path("beside")
                .valueStream()
                .filter(one -> one.path("deed").asString().equals(deed))
                .findFirst()
                .orElseThrow()
                .path("refused");
    }

    /** Whoever is refused on the page is refused by the room, by the same rule; else only something he should bring is missing. */
    private static void besideAgrees(String item) {
        for (var visitor : List.of(duty, rectifier, supervisor)) {
            for (var one : whole(visitor, item).path("beside")) {
                var deed = one.path("deed").asString();
                var said = one.path("refused").path("code").asString("");
                if (!said.isEmpty() || !Set.of("approve-item", "resume-item").contains(deed)) {
                    var code = beside(visitor, deed, item, one.path("of").asString(), !said.isEmpty());
                    assertThat(OF_THE_PERSON.contains(code) ? code : "")
                            .as(deed + " by " + visitor)
                            .isEqualTo(said);
                }
            }
        }
    }

    /** The deed; of whoever may without what it needs, so that nobody does it. */
    private static String beside(Visitor visitor, String deed, String item, String of, boolean refused) {
        var reason = refused || deed.equals("ask-extension") ? "x" : "";
        var reply = visitor.post(
                "/api/acts/" + deed,
                "{\"item\":\"%s\",\"%s\":\"%s\",\"days\":1,\"granted\":false,\"reason\":\"%s\",\"fields\":[]}"
                        .formatted(item, deed.endsWith("-card") ? "card" : "clock", of, reason));
        assertThat(reply.status()).as(deed + ": " + reply.body()).isNotEqualTo(200);
        return reply.json().path("error").path("code").asString();
    }

    @Test
    void a_deed_names_only_files_that_came_in() {
        var item = opened("护坡塌陷");
        var unknown = "%064x".formatted(1);
        var refused = duty.post(
                "/api/acts/prove-item", "{\"item\":\"" + item + "\"," + proofs(Map.of("photo_before", unknown)) + "}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("error").path("what").asString()).isEqualTo("所附证据的文件没有传到");

        var text = duty.upload("/api/evidence", "just words, no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(text.status()).isEqualTo(415);
        assertThat(text.json().path("error").path("allowed").asString()).contains("image/jpeg", "application/pdf");
        var long_ = new byte[12 * 1024 * 1024 + 1];
        System.arraycopy(pdf("x"), 0, long_, 0, 5);
        assertThat(duty.upload("/api/evidence", long_).status()).isEqualTo(413);

        var kept = duty.upload("/api/evidence", jpeg("one"));
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.json().path("sha256").asString()).isEqualTo(MemoryEvidence.sha256(jpeg("one")));
        assertThat(duty.upload("/api/evidence", jpeg("one")).json().path("sha256"))
                .as("the same again is the same")
                .isEqualTo(kept.json().path("sha256"));
    }

    @Test
    void a_figure_opens_to_the_rows_it_counts_and_the_list_leaves_as_a_sheet() throws IOException {
        var item = opened("下穿积水");
        var day = house.room.now().atZone(java.time.ZoneId.of("Asia/Shanghai")).toLocalDate();
        var span = "from=" + day + "&to=" + day + "&as_of=" + day;
        var report = duty.get("/api/programmes/hazards/report?" + span).json();
        for (var figure : report.path("figures")) {
            var counted = figure.path("items").size();
            var rows = duty.get("/api/items?programme=hazards&state=all&figure="
                            + figure.path("id").asString() + "&since=" + day + "&to=" + day + "&as_of=" + day)
                    .json();
            assertThat(rows.path("total").asInt()).as(figure.toString()).isEqualTo(counted);
        }
        var open = report.path("figures")
                .valueStream()
                .filter(figure -> figure.path("id").asString().equals("open_now"))
                .findFirst()
                .orElseThrow();
        assertThat(open.path("value").asInt()).isGreaterThan(0);

        var sheet = duty.get("/api/items.xlsx?q=" + java.net.URLEncoder.encode("下穿积水", StandardCharsets.UTF_8));
        assertThat(sheet.header("Content-Type")).contains("spreadsheetml");
        assertThat(strings(sheet.bytes())).contains("下穿积水", "督办单位").doesNotContain("堤脚渗水");
        assertThat(duty.get("/api/items/summary")
                        .json()
                        .path("programmes")
                        .get(0)
                        .path("open")
                        .asInt())
                .isGreaterThan(0);
        assertThat(stranger.get("/api/items/" + item).status())
                .as("another town")
                .isEqualTo(404);
        assertThat(stranger.get("/api/items/summary")
                        .json()
                        .path("programmes")
                        .get(0)
                        .path("open")
                        .asInt())
                .isZero();
    }

    @Test
    void an_account_says_for_whom_it_acts_and_whether_storms_are_its_business() {
        assertThat(rectifier.get("/api/me").json().path("person").path("id").asString())
                .isEqualTo("rect");
        assertThat(rectifier.get("/api/me").json().path("storms").asBoolean())
                .as("roles of a programme only")
                .isFalse();
        assertThat(stranger.get("/api/me").json().path("storms").asBoolean()).isTrue();
        var nobody = house.withRole(Role.DEPARTMENT).get("/api/me").json();
        assertThat(nobody.path("person").isNull()).isTrue();
        assertThat(nobody.path("storms").asBoolean()).isTrue();

        var admin = house.signIn("admin");
        assertThat(admin.write("PUT", "/api/accounts/zhapu/person", "{\"person\":\"nobody\"}")
                        .status())
                .isEqualTo(400);
        var tied = admin.write("PUT", "/api/accounts/zhapu/person", "{\"person\":\"head\"}");
        assertThat(tied.json().path("person").asString()).isEqualTo("head");
        assertThat(ROOM.facts()).contains(new jiaoying.duty.room.RoomFact.AccountTied("zhapu", "head", "admin"));
    }

    @Test
    void on_his_own_page_a_rectifier_confirms_control_reports_back_with_photos_and_does_not_close() {
        var item = opened("闸门卡阻");
        step(duty, item, "register", Map.of());
        step(duty, item, "assess", Map.of());
        step(duty, item, "supervise", Map.of("level", "general"), "\"lead\":\"W\",\"supervising\":\"S\"");
        step(rectifier, item, "accept", Map.of());
        step(rectifier, item, "begin", Map.of());
        ROOM.bring(new Arrival.SignalReceived("气象台", "", "rainstorm", MemoryRoom.ZHAPU, SignalColor.RED, "", ""));
        var link = "/a/t-" + ROOM.errandTo("keeper").key();
        var phone = house.anybody();

        var page = phone.get(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.bytes().length).isLessThan(60 * 1024);
        assertThat(page.body())
                .contains("我的事项", "闸门卡阻", "已落实管控", "name=\"photo.photo_after\"", "name=\"field.measures\"")
                .contains("prefers-color-scheme:dark", "width=device-width")
                .doesNotContain("<script>", "核查通过销号");
        assertThat(phone.get(link + "?lang=en").body())
                .contains("My items", "Under control", "Take or choose a photo: photo after", "report back");

        var signal = whole(duty, item)
                .path("row")
                .path("controls")
                .get(0)
                .path("signal")
                .asString();
        var confirmed =
                phone.form(link, "act=confirm&item=" + item + "&signal=" + signal + "&said=" + "%E5%A4%87%E6%B3%B5");
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body()).contains("已记录", "已确认管控：备泵");

        var words =
                Map.of("act", "step", "item", item, "step", "feed-back", "from", "rectifying", "field.measures", "清淤");
        assertThat(phone.multipart("/a/t-nobody", words, Map.of()).status())
                .as("a token of nobody")
                .isEqualTo(404);
        var without = phone.multipart(link, words, Map.of("photo.photo_before", jpeg("p1")));
        assertThat(without.status()).isEqualTo(409);
        assertThat(without.body()).contains("缺少证据");
        var text = phone.multipart(
                link, words, Map.of("photo.photo_before", "no picture at all".getBytes(StandardCharsets.UTF_8)));
        assertThat(text.status()).isEqualTo(415);
        assertThat(text.body()).contains("不是照片，也不是 PDF");
        var photos = Map.of("photo.photo_before", jpeg("p1"), "photo.photo_after", jpeg("p2"));
        var key = "00ff00ff00ff00ff00ff00ff00ff00ff";
        var lone = phone.entry(link, key, 600, words, Map.of("photo.photo_before", jpeg("p1")));
        assertThat(lone.status() + lone.json().path("say").asString())
                .as("what the script shows beside what was entered")
                .startsWith("409缺少证据");
        var replies = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> house.anybody()
                        .entry(link, key, 0, words, photos)
                        .json()
                        .path("state")
                        .asString()))
                .toList();
        assertThat(replies.stream().map(CompletableFuture::join)).containsOnly("done");
        assertThat(whole(duty, item).path("acts").findValuesAsString("step"))
                .as("sent four times at once, done once")
                .containsOnlyOnce("feed-back");
        assertThat(phone.entry(link, key, 0, words, photos).json().path("state").asString())
                .isEqualTo("done");
        assertThat(whole(duty, item).path("proofs").size()).isEqualTo(2);
        assertThat(whole(duty, item).path("row").path("core").asString()).isEqualTo("SUBMITTED");
        assertThat(supervisor
                        .get("/api/items/" + item + "/evidence/" + MemoryEvidence.sha256(jpeg("p2")))
                        .bytes())
                .isEqualTo(jpeg("p2"));

        var paper = supervisor.get("/api/items/" + item + "/trace.html").body();
        assertThat(paper)
                .contains("责任倒查", "示例keeper", "备泵", "已确认", "整改时限", MemoryEvidence.sha256(jpeg("p2")))
                .doesNotContain("<script");
        assertThat(supervisor.get("/api/items/" + item + "/trace.html?lang=en").body())
                .contains("Who held it, and how long", "Whom the warning reached", "confirmed");
        assertThat(stranger.get("/api/items/" + item + "/trace.jsonl").status())
                .as("another town")
                .isEqualTo(404);
        assertThat(supervisor.get("/api/items/" + item + "/trace.jsonl").body())
                .contains("\"item\":\"" + item + "\"", "\"signal\":\"" + signal + "\"");

        step(supervisor, item, "take-up", Map.of());
        var close = phone.form(link, "act=close&item=" + item);
        assertThat(close.status()).isEqualTo(409);
        assertThat(close.body()).contains("谁也不能销自己的号");
        ROOM.bring(new Arrival.SignalReceived("气象台", "", "rainstorm", MemoryRoom.ZHAPU, SignalColor.NONE, "", ""));
    }

    // ----

    private static String opened(String title) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("title", title);
        fields.put("description", "示例");
        fields.put("category", "polder");
        fields.put("source", "inspection");
        fields.put("found_at", house.room.now().toString());
        fields.put("town", MemoryRoom.ZHAPU_VILLAGE);
        var reply = duty.post(
                "/api/acts/open-item", "{\"programme\":\"hazards\",\"kind\":\"hazard\"," + entries(fields) + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return "I" + reply.json().path("arrival").asLong();
    }

    private static void step(Visitor visitor, String item, String step, Map<String, String> fields, String... more) {
        var reply = move(visitor, item, step, fields, String.join(",", more));
        assertThat(reply.status()).as(step + ": " + reply.body()).isEqualTo(200);
    }

    private static Visitor.Reply move(
            Visitor visitor, String item, String step, Map<String, String> fields, String more) {
        return visitor.post(
                "/api/acts/move-item",
                "{\"item\":\"" + item + "\",\"step\":\"" + step + "\"," + entries(fields)
                        + (more.isEmpty() ? "" : "," + more) + "}");
    }

    private static String entries(Map<String, String> fields) {
        var all = new ArrayList<String>();
        fields.forEach((field, value) -> all.add("{\"field\":\"" + field + "\",\"value\":\"" + value + "\"}"));
        return "\"fields\":[" + String.join(",", all) + "]";
    }

    private static String proofs(Map<String, String> files) {
        var all = new ArrayList<String>();
        files.forEach((need, sha256) -> all.add("{\"need\":\"" + need + "\",\"sha256\":\"" + sha256 + "\",\"name\":\""
                + need + "\",\"taken_at\":\"" + house.room.now() + "\"}"));
        return "\"proofs\":[" + String.join(",", all) + "]";
    }

    private static String stored(Visitor visitor, byte[] file) {
        var reply = visitor.upload("/api/evidence", file);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json().path("sha256").asString();
    }

    private static JsonNode whole(Visitor visitor, String item) {
        return visitor.get("/api/items/" + item).json();
    }

    private static JsonNode offered(Visitor visitor, String item, String step) {
        return whole(visitor, item)
                .path("steps")
                .valueStream()
                .filter(one -> one.path("step").asString().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] jpeg(String what) {
        return ("\u00ff\u00d8\u00ff\u00e0picture of " + what).getBytes(ISO_8859_1);
    }

    private static byte[] pdf(String what) {
        return ("%PDF-1.7 record of " + what).getBytes(ISO_8859_1);
    }

    private static String strings(byte[] xlsx) throws IOException {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            return book.getFirstSheet().read().stream()
                    .map(row -> row.stream()
                            .map(cell -> cell == null ? "" : cell.getText())
                            .collect(Collectors.joining("|")))
                    .collect(Collectors.joining("\n"));
        }
    }
}
