package jiaoying.server.programme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.Clock;
import jiaoying.duty.casework.Item;
import org.junit.jupiter.api.Test;

/** Three and a half thousand requests of Los Angeles, with their planned days, go through the loop; late is what the dates say. */
class LosAngelesTest {
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("MM/dd/uuuu hh:mm:ss a", Locale.ENGLISH);

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
                  - {id: sr_number, zh: 编号, en: number, type: text, required: yes}
                  - {id: planned_on, zh: 计划日期, en: planned on, type: date}
                stages:
                  - {id: open, zh: 办理中, en: open, core: ASSIGNED}
                  - {id: closed, zh: 办结, en: closed, core: CLOSED}
                moves:
                  - {id: close, zh: 办结, en: close, from: open, to: closed, by: [clerk]}
                clocks:
                  - {id: service, zh: 计划, en: service, start: open, stop: [closed], until: planned_on, basis: {kind: local, certainty: high}}
            indicators:
              - {id: closed, zh: 办结数, en: closed, unit: count, formula: 'count(request where core_state = "CLOSED")'}
            """;

    private record Request(
            String id, LocalDateTime created, Optional<LocalDate> planned, Optional<LocalDateTime> closed) {
        boolean backwards() {
            return closed.filter(at -> at.isBefore(created)).isPresent();
        }

        boolean late() {
            return planned.filter(day ->
                            closed.map(at -> at.toLocalDate().isAfter(day)).orElse(true))
                    .isPresent();
        }
    }

    private record Event(Instant at, Request request, boolean closes) {}

    @Test
    void a_day_with_its_time_is_that_day_and_a_month_that_might_be_a_day_is_none() {
        assertThat(LedgerMapping.day("12/31/2017 11:59:58 PM")).isEqualTo("2017-12-31");
        assertThat(LedgerMapping.day("2022-01-21 13:47:00")).isEqualTo("2022-01-21");
        assertThat(LedgerMapping.day("2026年3月5日 8:05")).isEqualTo("2026-03-05");
        assertThat(LedgerMapping.day("12/11/2017")).isEqualTo("12/11/2017");
        assertThat(LedgerMapping.day("2022-01-21T13:47:00Z"))
                .as("the day of another zone is not ours")
                .isEqualTo("2022-01-21T13:47:00Z");
    }

    @Test
    void what_was_closed_after_its_planned_day_is_missed_and_nothing_else() throws Exception {
        var requests = requests();
        assertThat(requests).hasSize(3_502);
        assertThat(requests.stream().filter(Request::backwards))
                .as("closed before they were created: no loop can hold them")
                .hasSize(4);
        var events = new ArrayList<Event>();
        for (var request : requests) {
            if (!request.backwards()) {
                events.add(new Event(moment(request.created()), request, false));
                request.closed().ifPresent(at -> events.add(new Event(moment(at), request, true)));
            }
        }
        events.sort(Comparator.comparing(Event::at)
                .thenComparing(Event::closes)
                .thenComparing(event -> event.request().id()));

        var office = new Office(BostonTest.programme(REQUESTS));
        office.person("clerk@A", "clerk");
        office.sleepUntil("2017-12-01T00:00:00Z");
        var items = new HashMap<String, String>();
        for (var event : events) {
            office.until(event.at());
            if (event.closes()) {
                assertThat(office.step(requireNonNull(items.get(event.request().id())), "clerk@A", "close"))
                        .isEqualTo("done");
            } else {
                items.put(event.request().id(), open(office, event.request()));
            }
        }
        office.until("2019-01-01T00:00:00Z");

        var wrong = new ArrayList<String>();
        var late = 0;
        for (var request : requests) {
            if (!request.backwards()) {
                var missed = missed(office.item(requireNonNull(items.get(request.id()))));
                late += missed && request.closed().isPresent() ? 1 : 0;
                if (missed != request.late()) {
                    wrong.add(request.id());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(late).as("as counted from the dates alone").isEqualTo(1_267);
    }

    private static String open(Office office, Request request) {
        var fields = new ArrayList<Entry>();
        fields.add(new Entry("sr_number", request.id()));
        request.planned().ifPresent(day -> fields.add(new Entry("planned_on", day.toString())));
        var before = office.facts.size();
        assertThat(office.does(
                        "clerk@A", new CaseDeed.Open("requests", "request", fields, "", "", "", Optional.empty())))
                .isEqualTo("done");
        return office.facts.get(before).item();
    }

    private static boolean missed(Item item) {
        return item.clocks().values().stream().anyMatch(clock -> clock.state() == Clock.State.MISSED)
                || item.endedClocks().stream().anyMatch(clock -> clock.state() == Clock.State.MISSED);
    }

    /** Local times without a zone are taken as those of the office. */
    private static Instant moment(LocalDateTime local) {
        return local.atZone(Office.ZONE).toInstant();
    }

    private static List<Request> requests() throws IOException {
        var file = Path.of("src/test/resources/loop/la311-2017-12.csv.gz");
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            var sheet = Sheet.read(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    List.of("SRNumber", "CreatedDate", "ServiceDate", "ClosedDate"));
            assertThat(sheet.faults()).isEmpty();
            return sheet.rows().stream()
                    .map(row -> new Request(
                            row.cell("SRNumber"),
                            local(row.cell("CreatedDate")).orElseThrow(),
                            local(row.cell("ServiceDate")).map(LocalDateTime::toLocalDate),
                            local(row.cell("ClosedDate"))))
                    .toList();
        }
    }

    private static Optional<LocalDateTime> local(String written) {
        return written.isEmpty() ? Optional.empty() : Optional.of(LocalDateTime.parse(written, WRITTEN));
    }
}
