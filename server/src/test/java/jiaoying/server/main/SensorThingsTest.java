package jiaoying.server.main;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** SensorThings 1.1 as clients use it; tests are named by what 18-088 asks for. */
class SensorThingsTest {
    private final House house = House.open();
    private final String token = "Bearer " + house.doors.make("things", "readings");

    private Visitor.Reply get(String path) {
        return house.anybody().send("GET", "/v1.1" + path, "", "Authorization", token);
    }

    private static String q(String text) {
        return encode(text, UTF_8);
    }

    private Visitor.Reply post(String path, String body) {
        return house.anybody()
                .send("POST", "/v1.1" + path, body, "Authorization", token, "Content-Type", "application/json");
    }

    @Test
    void service_root_lists_the_sets_and_only_what_is_done() {
        var root = get("").json();
        assertThat(root.path("value").size()).isEqualTo(8);
        assertThat(root.path("value").path(0).path("url").asString()).isEqualTo(house.address + "/v1.1/Things");
        assertThat(root.path("serverSettings").path("conformance").toString())
                .contains("request-data/filter")
                .doesNotContain("create-update-delete", "mqtt");
    }

    @Test
    void thing_has_links_and_expands_nested() {
        var thing = get("/Things('Z1')").json();
        assertThat(thing.path("@iot.id").asString()).isEqualTo("Z1");
        assertThat(thing.path("name").asString()).isEqualTo("乍浦站");
        assertThat(thing.path("properties").path("stcd").asString()).isEqualTo("Z1");
        assertThat(thing.path("Datastreams@iot.navigationLink").asString())
                .isEqualTo(house.address + "/v1.1/Things('Z1')/Datastreams");
        observe("Z1", 3);
        var expanded = get("/Things?$filter=" + q("name eq '乍浦站'") + "&$expand="
                        + q(
                                "Locations,Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc),ObservedProperty)"))
                .json()
                .path("value");
        assertThat(expanded.size()).isEqualTo(1);
        var location = expanded.path(0).path("Locations").path(0).path("location");
        assertThat(location.path("coordinates").path(0).asDouble()).isEqualTo(121.09);
        var stream = expanded.path(0).path("Datastreams").path(0);
        assertThat(stream.path("unitOfMeasurement").path("symbol").asString()).isEqualTo("mm");
        assertThat(stream.path("ObservedProperty").path("name").asString()).isEqualTo("雨量");
        assertThat(stream.path("Observations").size()).isEqualTo(1);
        var next = stream.path("Observations@iot.nextLink").asString();
        assertThat(results(get(next.replace(house.address + "/v1.1", "")).json()))
                .as("the next link keeps order and top: %s", next)
                .containsExactly("1.5");
    }

    @Test
    void a_question_without_a_bound_in_time_looks_through_a_month_a_page_and_a_next_link_goes_on() {
        var now = house.room.now().truncatedTo(ChronoUnit.SECONDS);
        for (var days : new int[] {100, 40, 3, 2}) {
            var reply = post(
                    "/Datastreams('Z1:rain')/Observations",
                    "{\"phenomenonTime\":\"" + now.minus(Duration.ofDays(days)) + "\",\"result\":" + days + ".25}");
            assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        }
        var path = "/Datastreams('Z1:rain')/Observations?$orderby=phenomenonTime";
        assertThat(pages(path + "%20desc")).containsExactly("2.25 3.25", "40.25", "", "100.25");
        assertThat(pages(path)).containsExactly("100.25", "40.25", "", "3.25 2.25");
        assertThat(pages(path + "&$filter=" + q("result gt 39"))).containsExactly("100.25", "40.25", "", "");
        assertThat(pages(path + "&$skip=1&$top=100")).containsExactly("", "40.25", "", "3.25 2.25");
        assertThat(pages("/Datastreams('Z1:rain')/Observations?$orderby=result"))
                .containsExactly("2.25 3.25 40.25 100.25");
    }

    /** The results of each page that are of a test that ends its values so; others share the room. */
    private java.util.List<String> pages(String path) {
        var pages = new ArrayList<String>();
        for (var next = path; !next.isEmpty(); ) {
            var page = get(next).json();
            pages.add(results(page).stream()
                    .filter(result -> result.endsWith(".25"))
                    .collect(java.util.stream.Collectors.joining(" ")));
            next = page.path("@iot.nextLink").asString("").replace(house.address + "/v1.1", "");
        }
        return pages;
    }

    /** Some readings a minute apart, ending far enough back to be none of other tests. */
    private Instant observe(String station, int count) {
        var first = house.room
                .now()
                .minus(Duration.ofHours(5))
                .plus(house.room.journal().size() * 7L, ChronoUnit.SECONDS)
                .truncatedTo(ChronoUnit.SECONDS);
        for (var i = 0; i < count; i++) {
            var reply = post(
                    "/Datastreams('" + station + ":rain')/Observations",
                    "{\"phenomenonTime\":\"" + first.plusSeconds(60L * i) + "\",\"result\":" + i + ".5}");
            assertThat(reply.status()).as(reply.body()).isEqualTo(201);
            assertThat(reply.header("Location")).startsWith(house.address + "/v1.1/Observations(");
        }
        return first;
    }

    @Test
    void observations_are_created_and_read_with_filter_order_top_and_next_links() {
        var first = observe("X1", 5);
        var path = "/Datastreams('X1:rain')/Observations?$filter="
                + q("phenomenonTime ge " + first + " and phenomenonTime le " + first.plusSeconds(240)) + "&$count=true";
        var all = get(path).json();
        assertThat(all.path("@iot.count").asInt()).isEqualTo(5);
        assertThat(results(all)).containsExactly("0.5", "1.5", "2.5", "3.5", "4.5");
        assertThat(all.path("value").path(0).path("phenomenonTime").asString()).endsWith("/" + first);
        assertThat(all.path("value").path(0).path("resultQuality").asString()).isEqualTo("good");

        var pages = new ArrayList<String>();
        var next = path + "&$top=2&$orderby=" + q("phenomenonTime desc");
        while (!next.isEmpty()) {
            var page = get(next).json();
            pages.addAll(results(page));
            next = page.path("@iot.nextLink").asString("").replace(house.address + "/v1.1", "");
        }
        assertThat(pages).containsExactly("4.5", "3.5", "2.5", "1.5", "0.5");

        assertThat(results(
                        get(path + "&$orderby=" + q("result desc") + "&$top=2").json()))
                .containsExactly("4.5", "3.5");
        assertThat(results(get(path + "&$skip=3").json())).containsExactly("3.5", "4.5");
        var bigger = get("/Observations?$filter="
                + q("Datastream/Thing/name eq '新埭站' and result gt 2 and phenomenonTime ge " + first
                        + " and phenomenonTime le " + first.plusSeconds(240))
                + "&$select=result");
        assertThat(results(bigger.json())).containsExactly("2.5", "3.5", "4.5");
        assertThat(bigger.json().path("value").path(0).has("phenomenonTime")).isFalse();
    }

    private static java.util.List<String> results(JsonNode page) {
        var all = new ArrayList<String>();
        page.path("value").forEach(it -> all.add(it.path("result").asString()));
        return all;
    }

    @Test
    void time_with_an_offset_may_come_with_a_space_for_its_plus() {
        var first = observe("X1", 1);
        var local = first.atOffset(java.time.ZoneOffset.ofHours(8)).toString();
        for (var time : new String[] {q(local), local}) {
            assertThat(results(get("/Datastreams('X1:rain')/Observations?$filter=phenomenonTime%20ge%20" + time
                                    + "%20and%20phenomenonTime%20le%20" + time)
                            .json()))
                    .as(time)
                    .containsExactly("0.5");
        }
    }

    @Test
    void data_arrays_come_and_go() {
        var at = house.room.now().minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.SECONDS);
        var reply = post("/CreateObservations", """
                [{"Datastream":{"@iot.id":"Z1:rain"},"components":["phenomenonTime","result"],
                  "dataArray@iot.count":3,"dataArray":[["%s",1.2],["%s","many"],["%s",1.3]]}]
                """.formatted(at, at, at.plusSeconds(60)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json().path(0).asString()).startsWith(house.address);
        assertThat(reply.json().path(1).asString()).isEqualTo("error");
        var arrays = get("/Datastreams('Z1:rain')/Observations?resultFormat=dataArray&$filter="
                        + q("phenomenonTime ge " + at + " and phenomenonTime le " + at.plusSeconds(60)))
                .json()
                .path("value");
        assertThat(arrays.size()).isEqualTo(1);
        assertThat(arrays.path(0).path("components").path(0).asString()).isEqualTo("id");
        assertThat(arrays.path(0).path("dataArray@iot.count").asInt()).isEqualTo(2);
        assertThat(arrays.path(0).path("dataArray").path(1).path(2).asString()).isEqualTo("1.3");
    }

    @Test
    void addresses_lead_to_properties_and_references() {
        assertThat(get("/Things('Z1')/name").json().path("name").asString()).isEqualTo("乍浦站");
        assertThat(get("/Things('Z1')/name/$value").body()).isEqualTo("乍浦站");
        assertThat(get("/Datastreams('Z1:rain')/Thing").json().path("@iot.id").asString())
                .isEqualTo("Z1");
        assertThat(get("/Things('Z1')/Datastreams('Z1:rain')/Sensor")
                        .json()
                        .path("@iot.id")
                        .asString())
                .isEqualTo("rain");
        assertThat(get("/Things/$ref").json().path("value").path(0).size()).isEqualTo(1);
        assertThat(get("/Things?$select=name&$orderby=name%20desc&$top=1")
                        .json()
                        .path("value")
                        .path(0)
                        .size())
                .isEqualTo(1);
        observe("Z1", 1);
        var some = get("/Observations?$top=1").json().path("value").path(0);
        var one = get("/Observations(" + some.path("@iot.id").asLong() + ")/Datastream");
        assertThat(one.json().path("observationType").asString()).endsWith("OM_Measurement");
    }

    @Test
    void a_property_that_a_kind_does_not_have_is_refused_by_name_also_where_nothing_is_found() {
        for (var path : new String[] {
            "/Things?$select=nmae",
            "/Things('Z1')?$select=name,nmae",
            "/Things('Z1')/HistoricalLocations?$select=nmae",
            "/Things?$top=0&$expand=Datastreams($select=nmae)",
        }) {
            var reply = get(path);
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.body()).as(path).contains("nmae").contains(" have no ");
        }
        var stream =
                get("/Datastreams('Z1:rain')?$select=id,phenomenonTime,Thing").json();
        assertThat(stream.path("@iot.id").asString()).isEqualTo("Z1:rain");
        assertThat(stream.has("Thing@iot.navigationLink")).isTrue();
    }

    @Test
    void functions_and_logic_of_filters() {
        assertThat(names("startswith(name,'乍') or name eq 'nothing'")).containsExactly("乍浦站");
        assertThat(names("not (properties/stcd eq 'X1')")).containsExactly("乍浦站");
        assertThat(names("substringof('埭',name)")).containsExactly("新埭站");
        assertThat(names("length(name) eq 3 and properties/interval_min add 1 eq 6"))
                .hasSize(2);
        assertThat(names("Datastreams/unitOfMeasurement/symbol eq 'm'")).isEmpty();
        assertThat(names("name eq 'it''s'")).isEmpty();
    }

    private java.util.List<String> names(String filter) {
        var all = new ArrayList<String>();
        var reply = get("/Things?$filter=" + q(filter));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        reply.json().path("value").forEach(it -> all.add(it.path("name").asString()));
        return all;
    }

    @Test
    void stations_are_found_by_place() {
        var all = get("/Locations?$count=true").json().path("@iot.count").asLong();
        var earth = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))";
        var counted = "/Locations?$count=true&$filter=";
        assertThat(get(counted + q("st_within(location,geography'" + earth + "')"))
                        .json()
                        .path("@iot.count")
                        .asLong())
                .isEqualTo(all)
                .isPositive();
        assertThat(get("/Things?$count=true&$filter="
                                + q("geo.distance(Locations/location,geography'POINT(0 0)') lt 1"))
                        .json()
                        .path("@iot.count")
                        .asLong())
                .isZero();
    }

    @Test
    void what_cannot_be_done_is_said_in_json() {
        assertThat(get("/Things('nobody')").status()).isEqualTo(404);
        assertThat(get("/Thing").status()).isEqualTo(404);
        assertThat(get("/Things?$filter=name%20eq").status()).isEqualTo(400);
        assertThat(get("/Things?$top=many").status()).isEqualTo(400);
        assertThat(get("/Things?$colour=red").status()).isEqualTo(400);
        assertThat(get("/Things?$expand=Sensors").status()).isEqualTo(400);
        assertThat(get("/Things?$filter=" + q("st_buffer(name,'x')")).status()).isEqualTo(501);
        assertThat(get("/Things?$filter=" + q("(".repeat(500))).status()).isEqualTo(400);
        assertThat(post("/Things", "{}").status()).isEqualTo(405);
        assertThat(post("/Observations", "{\"result\":1}").status()).isEqualTo(400);
        assertThat(post("/Observations", "no json").status()).isEqualTo(400);
        var refused = post("/Datastreams('nobody:rain')/Observations", "{\"result\":1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("type").asString()).isEqualTo("error");
        assertThat(refused.json().path("message").asString()).contains("nobody");
    }

    @Test
    void people_see_their_areas_and_create_nothing() {
        var zhapu = house.signIn("zhapu");
        assertThat(zhapu.get("/v1.1/Things").json().path("value").size()).isEqualTo(1);
        assertThat(zhapu.get("/v1.1/Things('X1')").status()).isEqualTo(404);
        assertThat(zhapu.get("/v1.1/Datastreams('X1:rain')/Observations").status())
                .isEqualTo(404);
        assertThat(zhapu.post("/v1.1/Observations", "{}").status()).isEqualTo(403);
        assertThat(house.anybody().get("/v1.1/Things").status()).isEqualTo(401);
        assertThat(house.withRole(Role.SYSTEM_ADMINISTRATOR).get("/v1.1/Things").status())
                .isEqualTo(403);
    }
}
