package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import jiaoying.server.security.Role;
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
                .isEqualTo(401);
        assertThat(app.form(
                                "/open311/v2/requests.json",
                                FORM.replace("hazard.pump", "hazard.moon") + "B",
                                "Authorization",
                                door)
                        .status())
                .isEqualTo(400);
        var nowhere = app.form(
                "/open311/v2/requests.json",
                FORM.replace(MemoryRoom.ZHAPU, "9").replace("lat=30.6", "lat=3") + "C",
                "Authorization",
                door);
        assertThat(nowhere.status()).isEqualTo(400);
        assertThat(nowhere.json().path("error").path("todo").asString()).isNotEmpty();
    }
}
