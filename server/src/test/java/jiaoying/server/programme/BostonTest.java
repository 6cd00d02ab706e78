package jiaoying.server.programme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.Clock;
import jiaoying.duty.casework.Item;
import jiaoying.server.pack.Pack;
import jiaoying.server.pack.PackFiles;
import jiaoying.server.pack.PackReader;
import org.junit.jupiter.api.Test;

/** A hundred requests of Boston's 311 of January 2022 go through the loop; the city's own verdict comes out for each. */
class BostonTest {
    private static final ZoneId BOSTON = ZoneId.of("America/New_York");
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    /** The export is later than the last promised time that was open in it, 20 May 2022. */
    private static final String AS_OF = "2022-06-01T04:00:00Z";

    private static final String REQUESTS = """
            roles:
              - {id: clerk, zh: 受理员, en: clerk}
            kinds:
              - id: request
                zh: 诉求
                en: request
                form: record
                number: 'R-{yyyy}-{seq}'
                fields:
                  - {id: case_id, zh: 编号, en: case, type: text, required: yes}
                  - {id: target_at, zh: 承诺时间, en: promised, type: moment}
                stages:
                  - {id: open, zh: 办理中, en: open, core: ASSIGNED}
                  - {id: closed, zh: 办结, en: closed, core: CLOSED}
                moves:
                  - {id: close, zh: 办结, en: close, from: open, to: closed, by: [clerk]}
                clocks:
                  - {id: promise, zh: 承诺, en: promise, start: open, stop: [closed], until: target_at, basis: {kind: local, certainty: high}}
            indicators:
              - {id: closed, zh: 办结数, en: closed, unit: count, formula: 'count(request where core_state = "CLOSED")'}
            """;

    private record Event(Instant at, String id, boolean closes) {}

    @Test
    void the_citys_verdict_comes_out_of_the_loop_for_every_request() throws Exception {
        var sheet = Sheet.read(
                Path.of("src/test/resources/loop/boston311-2022-01.csv"),
                List.of("case_enquiry_id", "open_dt", "target_dt", "closed_dt", "ontime"));
        assertThat(sheet.faults()).isEmpty();
        assertThat(sheet.rows()).hasSize(100);
        var rows = new TreeMap<String, Sheet.Row>();
        var events = new ArrayList<Event>();
        for (var row : sheet.rows()) {
            rows.put(row.cell("case_enquiry_id"), row);
            events.add(new Event(moment(row.cell("open_dt")).orElseThrow(), row.cell("case_enquiry_id"), false));
            moment(row.cell("closed_dt")).ifPresent(at -> events.add(new Event(at, row.cell("case_enquiry_id"), true)));
        }
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::id).thenComparing(Event::closes));

        var office = new Office(programme());
        office.person("clerk@A", "clerk");
        var items = new TreeMap<String, String>();
        office.sleepUntil("2022-01-01T00:00:00Z");
        for (var event : events) {
            office.until(event.at());
            if (event.closes()) {
                assertThat(office.step(requireNonNull(items.get(event.id())), "clerk@A", "close"))
                        .isEqualTo("done");
            } else {
                items.put(event.id(), open(office, requireNonNull(rows.get(event.id()))));
            }
        }
        office.until(AS_OF);

        var wrong = new ArrayList<String>();
        rows.forEach((id, row) -> {
            var verdict = verdict(office.item(requireNonNull(items.get(id))));
            if (!verdict.equals(row.cell("ontime"))) {
                wrong.add(id + " " + verdict);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(rows.values().stream()
                        .map(row -> verdict(office.item(requireNonNull(items.get(row.cell("case_enquiry_id"))))))
                        .filter("OVERDUE"::equals))
                .hasSize(17);
    }

    private static String open(Office office, Sheet.Row row) {
        var fields = new ArrayList<Entry>();
        fields.add(new Entry("case_id", row.cell("case_enquiry_id")));
        moment(row.cell("target_dt")).ifPresent(at -> fields.add(new Entry("target_at", at.toString())));
        assertThat(office.does(
                        "clerk@A", new CaseDeed.Open("requests", "request", fields, "", "", "", Optional.empty())))
                .isEqualTo("done");
        return office.cases.items().stream().toList().getLast().id();
    }

    /** A request without a promised time is on time by the city's rule. */
    private static String verdict(Item item) {
        var missed = item.clocks().values().stream().anyMatch(clock -> clock.state() == Clock.State.MISSED)
                || item.endedClocks().stream().anyMatch(clock -> clock.state() == Clock.State.MISSED);
        return missed ? "OVERDUE" : "ONTIME";
    }

    private static Optional<Instant> moment(String written) {
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        LocalDateTime.parse(written, WRITTEN).atZone(BOSTON).toInstant());
    }

    private static jiaoying.duty.programme.Programme programme() throws Exception {
        return programme(REQUESTS);
    }

    /** A programme called {@code requests}. */
    static jiaoying.duty.programme.Programme programme(String yaml) throws Exception {
        var head = Files.readString(Path.of("../packs/hazards/pack.yaml"), StandardCharsets.UTF_8)
                .replace("name: hazards", "name: requests");
        var read = PackReader.read(
                PackFiles.ofTexts("requests", new TreeMap<>(Map.of("pack.yaml", head, "programme.yaml", yaml))));
        assertThat(read).isInstanceOf(Pack.ProgrammePack.class);
        return ((Pack.ProgrammePack) read).programme();
    }
}
