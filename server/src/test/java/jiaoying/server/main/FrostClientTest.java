package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import de.fraunhofer.iosb.ilt.sta.model.Datastream;
import de.fraunhofer.iosb.ilt.sta.model.Observation;
import de.fraunhofer.iosb.ilt.sta.model.Thing;
import de.fraunhofer.iosb.ilt.sta.service.SensorThingsService;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.message.BasicHeader;
import org.junit.jupiter.api.Test;

/** The SensorThings door as FROST-Client, a client of others, uses it. */
class FrostClientTest {
    private final House house = House.open();

    private SensorThingsService service() throws Exception {
        var service = new SensorThingsService(URI.create(house.address + "/v1.1"));
        var token = "Bearer " + house.doors.make("frost", "readings");
        service.getClientBuilder().setDefaultHeaders(List.of(new BasicHeader("Authorization", token)));
        service.rebuildHttpClient();
        return service;
    }

    @Test
    void things_are_listed_with_what_belongs_to_them() throws Exception {
        var things = service()
                .things()
                .query()
                .filter("properties/stcd eq 'Z1'")
                .expand("Datastreams($expand=ObservedProperty,Sensor),Locations")
                .list();
        assertThat(things.toList()).singleElement().satisfies(thing -> {
            assertThat(thing.getName()).isEqualTo("乍浦站");
            assertThat(thing.getLocations().toList()).hasSize(1);
            var stream = thing.getDatastreams().toList().getFirst();
            assertThat(stream.getUnitOfMeasurement().getSymbol()).isEqualTo("mm");
            assertThat(stream.getObservedProperty().getName()).isEqualTo("雨量");
        });
    }

    @Test
    void observations_are_created_and_read_page_by_page() throws Exception {
        var service = service();
        Datastream stream = service.things()
                .query()
                .filter("name eq '新埭站'")
                .first()
                .datastreams()
                .query()
                .first();
        var first = house.room.now().minus(Duration.ofHours(9)).truncatedTo(ChronoUnit.SECONDS);
        for (var i = 0; i < 5; i++) {
            var observation = new Observation(i + 0.5, stream);
            observation.setPhenomenonTimeFrom(first.plusSeconds(60L * i).atZone(ZoneOffset.UTC));
            service.create(observation);
            assertThat(observation.getId()).isNotNull();
        }
        var found = new ArrayList<String>();
        var page = stream.observations()
                .query()
                .filter("phenomenonTime ge " + first + " and phenomenonTime le " + first.plusSeconds(240))
                .orderBy("phenomenonTime desc")
                .top(2)
                .count()
                .list();
        assertThat(page.getCount()).isEqualTo(5);
        for (var all = page.fullIterator(); all.hasNext(); ) {
            found.add(all.next().getResult().toString());
        }
        assertThat(found).containsExactly("4.5", "3.5", "2.5", "1.5", "0.5");
        Thing thing = stream.getThing();
        assertThat(thing.getName()).isEqualTo("新埭站");
    }
}
