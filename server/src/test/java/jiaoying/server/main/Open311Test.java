package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import jiaoying.server.security.Role;
import jiaoying.wire.xml.Xml;
import jiaoying.wire.xml.XmlElement;
import jiaoying.wire.xml.XmlLimits;
import jiaoying.wire.xml.XmlRead;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** GeoReport v2 as another city's app speaks it: services, a request in, the same again, requests out. */
class Open311Test {
    private static final MemoryRoom ROOM = new MemoryRoom();
    private static final String FORM =
            "service_code=hazards.hazard.pump&description=%E6%B3%B5%E7%AB%99%E6%BC%8F%E6%B2%B9"
                    + "&lat=30.6&long=121.1&address_id=" + MemoryRoom.ZHAPU + "&external_id=";
    private static House house;
    private static Visitor officer;

    @BeforeAll
    static void a_room_with_a_door_for_requests() {
        house = House.over(ROOM);
        officer = house.withRole(Role.DUTY_OFFICER);
    }

    @AfterAll
    static void closed() {
        house.close();
    }

    @Test
    void a_request_becomes_a_draft_once_and_is_read_back() {
        var door = "Bearer " + house.doors.make("city-app", "requests");
        var app = house.anybody();
        var services = app.get("/open311/v2/services.json?lang=en", "Authorization", door)
                .json();
        assertThat(services.findValuesAsString("service_code")).contains("hazards.hazard.pump");
        assertThat(services.findValuesAsString("service_name")).contains("pump and sluice");

        var first = app.form("/open311/v2/requests.json", FORM + "A-17", "Authorization", door);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        var id = first.json().get(0).path("service_request_id").asString();
        var again = app.form("/open311/v2/requests.json", FORM + "A-17", "Authorization", door);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get(0).path("service_request_id").asString())
                .as("each thing counts once")
                .isEqualTo(id);

        var read = app.get("/open311/v2/requests/" + id + ".json", "Authorization", door)
                .json()
                .get(0);
        assertThat(read.path("status").asString()).isEqualTo("open");
        assertThat(read.path("description").asString()).isEqualTo("泵站漏油");
        assertThat(read.path("lat").asDouble()).isEqualTo(30.6);
        assertThat(read.path("long").asDouble()).isEqualTo(121.1);
        assertThat(officer.get("/api/items/" + id)
                        .json()
                        .path("row")
                        .path("core")
                        .asString())
                .as("only a person registers it")
                .isEqualTo("DRAFT");
        assertThat(app.get("/open311/v2/requests.json?status=closed", "Authorization", door)
                        .json())
                .isEmpty();
        assertThat(app.get("/open311/v2/requests.json?service_code=hazards.hazard.pump", "Authorization", door)
                        .json())
                .hasSize(1);
        var elsewhere = house.signInFor("qian", EnumSet.of(Role.TOWN), List.of(MemoryRoom.XINDAI));
        assertThat(elsewhere.get("/open311/v2/requests.json").json()).isEmpty();
    }

    @Test
    void what_is_no_request_is_refused_with_what_to_do() {
        var door = "Bearer " + house.doors.make("city-app", "requests");
        var app = house.anybody();
        assertThat(app.form("/open311/v2/requests.json", FORM + "B", "Authorization", "Bearer none")
                        .status())
                .as("missing or invalid key")
                .isEqualTo(403);
        assertThat(app.form(
                                "/open311/v2/requests.json",
                                FORM.replace("hazard.pump", "hazard.moon") + "B",
                                "Authorization",
                                door)
                        .status())
                .as("a service that is not found")
                .isEqualTo(404);
        var nowhere = app.form(
                "/open311/v2/requests.json",
                FORM.replace(MemoryRoom.ZHAPU, "9").replace("lat=30.6", "lat=3") + "C",
                "Authorization",
                door);
        assertThat(nowhere.status()).isEqualTo(400);
        assertThat(nowhere.json().get(0).path("code").asString()).isEqualTo("400");
        assertThat(nowhere.json().get(0).path("description").asString()).contains("不知道在什么地方", "请改正位置");
    }

    /** Bodies as the specification prints them: form encoding, the key among the fields. */
    @Test
    void a_request_as_the_specification_writes_it_comes_and_goes_in_xml() {
        var key = house.doors.make("standard-app", "requests");
        var app = house.anybody();
        var sent = "api_key=" + key + "&jurisdiction_id=pinghu&service_code=hazards.hazard.drainage&lat=30.6&long=121.1"
                + "&address_string=&address_id=" + MemoryRoom.ZHAPU
                + "&email=smit333%40sfgov.edu&device_id=tt222111&account_id=123456&first_name=john&last_name=smith"
                + "&phone=111111111&description=A+large+sinkhole+%3Cbig%3E+%26+deep"
                + "&media_url=http%3A%2F%2Ffarm3.static.flickr.com%2F2002%2F2212426634_5ed477a060.jpg"
                + "&attribute%5BWHISPAWN%5D=123456";
        var post = app.form("/open311/v2/requests.xml", sent);
        assertThat(post.status()).as(post.body()).isEqualTo(201);
        assertThat(post.header("Content-Type")).isEqualTo("text/xml;charset=UTF-8");
        var received = xml(post).find("", "request").orElseThrow();
        var id = received.find("", "service_request_id").orElseThrow().text();
        assertThat(received.find("", "service_notice").orElseThrow().text()).contains("登记");

        var authorization = "Bearer " + key;
        var read = xml(app.get("/open311/v2/requests/" + id + ".xml", "Authorization", authorization));
        assertThat(read.name()).isEqualTo("service_requests");
        var request = read.find("", "request").orElseThrow();
        assertThat(request.children().stream().map(XmlElement::name))
                .containsExactly(
                        "service_request_id",
                        "status",
                        "status_notes",
                        "service_name",
                        "service_code",
                        "description",
                        "agency_responsible",
                        "service_notice",
                        "requested_datetime",
                        "updated_datetime",
                        "expected_datetime",
                        "address",
                        "address_id",
                        "zipcode",
                        "lat",
                        "long",
                        "media_url");
        assertThat(request.find("", "description").orElseThrow().text()).isEqualTo("A large sinkhole <big> & deep");
        assertThat(request.find("", "media_url").orElseThrow().text())
                .isEqualTo("http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg");
        assertThat(request.find("", "address_id").orElseThrow().text()).isEqualTo(MemoryRoom.ZHAPU);
        assertThat(officer.get("/api/items/" + id).body()).doesNotContain("smit333", "111111111");

        var token = xml(app.get("/open311/v2/tokens/" + id.substring(1) + ".xml", "Authorization", authorization));
        assertThat(token.find("", "request")
                        .orElseThrow()
                        .find("", "service_request_id")
                        .orElseThrow()
                        .text())
                .isEqualTo(id);
        var services = xml(app.get("/open311/v2/services.xml?jurisdiction_id=pinghu", "Authorization", authorization));
        assertThat(services.name()).isEqualTo("services");
        assertThat(services.list("", "service").stream()
                        .map(one -> one.find("", "service_code").orElseThrow().text()))
                .contains("hazards.hazard.drainage");
        var definition =
                xml(app.get("/open311/v2/services/hazards.hazard.drainage.xml", "Authorization", authorization));
        assertThat(definition.find("", "service_code").orElseThrow().text()).isEqualTo("hazards.hazard.drainage");
        assertThat(definition.find("", "attributes").orElseThrow().children()).isEmpty();
        var discovery = xml(app.get("/open311/discovery.xml"));
        assertThat(discovery
                        .find("", "endpoints")
                        .orElseThrow()
                        .find("", "endpoint")
                        .orElseThrow()
                        .find("", "url")
                        .orElseThrow()
                        .text())
                .isEqualTo(house.address + "/open311/v2");
    }

    @Test
    void errors_come_in_the_form_and_with_the_codes_of_the_specification() {
        var key = house.doors.make("erring-app", "requests");
        var app = house.anybody();
        assertThat(fault(app.get("/open311/v2/services.xml"))).startsWith("403 ");
        assertThat(fault(app.form("/open311/v2/requests.xml", FORM + "E&api_key=wrong")))
                .startsWith("403 ");
        assertThat(fault(app.form("/open311/v2/requests.xml", FORM + "E&jurisdiction_id=sfgov.org&api_key=" + key)))
                .startsWith("404 ")
                .contains("sfgov.org", "pinghu");
        assertThat(fault(app.form(
                        "/open311/v2/requests.xml", FORM.replace("hazards.hazard.pump", "") + "E&api_key=" + key)))
                .startsWith("400 ");
        assertThat(fault(app.form("/open311/v2/requests.xml", FORM + "E&media_url=file%3A%2F%2F%2Fetc&api_key=" + key)))
                .startsWith("400 ")
                .contains("media_url");
        for (var missing : List.of("requests/I0", "services/x.y", "tokens/7", "tokens/x")) {
            assertThat(fault(app.get("/open311/v2/" + missing + ".xml", "Authorization", "Bearer " + key)))
                    .as(missing)
                    .startsWith("404 ");
        }
        assertThat(ROOM.arrivals().stream().map(Object::toString)).noneMatch(one -> one.contains("erring-app"));
    }

    @Test
    void what_the_room_has_not_come_to_is_asked_for_by_its_token() {
        var key = house.doors.make("hasty-app", "requests");
        var app = house.anybody();
        ROOM.slow(true);
        var post = app.form("/open311/v2/requests.json", FORM + "T-1&api_key=" + key);
        assertThat(post.status()).isEqualTo(202);
        var token = post.json().get(0).path("token").asString();
        var asked = "/open311/v2/tokens/" + token + ".json";
        assertThat(app.get(asked, "Authorization", "Bearer " + key)
                        .json()
                        .get(0)
                        .path("description")
                        .asString())
                .contains("稍后再查");
        ROOM.wake();
    }

    private static XmlElement xml(Visitor.Reply reply) {
        var limits = new XmlLimits(1 << 20, 10, 10_000);
        if (Xml.read(reply.bytes(), limits) instanceof XmlRead.Read read) {
            return read.root();
        }
        throw new AssertionError(reply.status() + " " + reply.body());
    }

    private static String fault(Visitor.Reply reply) {
        var error = xml(reply).find("", "error").orElseThrow();
        var code = error.find("", "code").orElseThrow().text();
        assertThat(code).isEqualTo(Integer.toString(reply.status()));
        return code + " " + error.find("", "description").orElseThrow().text();
    }
}
