package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.security.Role;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A body that led more than a thousand items: nothing of it is cut without a word, on the page, on paper or in a file. */
class ManyItemsTest {
    private static final int ITEMS = 1_050;
    private static final MemoryRoom ROOM = new MemoryRoom();
    private static final String PERIOD = "?from=2026-06-01&to=2026-07-01&as_of=2026-07-01";
    private static House house;
    private static Visitor officer;

    @BeforeAll
    static void a_village_that_leads_many() {
        house = House.over(ROOM);
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.BodyRegistered("S", "应急管理局", "Emergency", "department", MemoryRoom.CITY));
        rows.add(new RosterFact.BodyRegistered("W", "外山村", "Waishan", "village", MemoryRoom.ZHAPU_VILLAGE));
        rows.add(new RosterFact.PersonRegistered("officer", new Personal("officer", "示例值班员"), "S", "", ""));
        for (var duty : List.of("值班员", "研判人员")) {
            rows.add(new RosterFact.DutyAssigned(duty, "officer", duty, MemoryRoom.CITY, List.of(), ""));
        }
        ROOM.bring(new Arrival.RegisterChanged("test", rows));
        officer = house.signInFor("officer", EnumSet.of(Role.DUTY_OFFICER), List.of());
        for (var n = 0; n < ITEMS; n++) {
            act(opened(n));
        }
        for (var item : ROOM.views(ItemView.class)) {
            act(moved(item.item(), "register", "found", "", ""));
            act(moved(item.item(), "assess", "reported", "", ""));
            act(moved(item.item(), "supervise", "triage", "W", "S"));
        }
        assertThat(ROOM.views(ItemView.class))
                .hasSize(ITEMS)
                .allMatch(item -> item.leads().contains("W"));
    }

    @AfterAll
    static void closed() {
        house.close();
    }

    private static void act(CaseDeed deed) {
        ROOM.bring(new Arrival.Act("officer", new Deed.OnItem(deed)));
    }

    private static CaseDeed opened(int n) {
        var fields = List.of(
                new Entry("title", "示例隐患%04d".formatted(n)),
                new Entry("description", "示例"),
                new Entry("category", "pump"),
                new Entry("source", "inspection"),
                new Entry("found_at", "2026-06-30T01:00:00Z"),
                new Entry("town", MemoryRoom.ZHAPU));
        return new CaseDeed.Open("hazards", "hazard", fields, "", "", "", Optional.empty());
    }

    private static CaseDeed moved(String item, String move, String from, String lead, String supervising) {
        return new CaseDeed.Move(
                item,
                move,
                from,
                "",
                lead.isEmpty() ? List.of() : List.of(new Entry("level", "general")),
                lead,
                supervising,
                List.of(),
                List.of(),
                false,
                "",
                "",
                Optional.empty());
    }

    @Test
    void the_signed_file_of_a_body_has_every_item_that_it_led() {
        var file = officer.get("/api/trace/bodies/W.jsonl").body();
        assertThat(ROOM.views(ItemView.class))
                .allSatisfy(item -> assertThat(file).contains("\"item\":\"" + item.item() + "\""));
    }

    @Test
    void the_page_of_a_body_says_which_rows_it_shows_of_how_many_and_leads_to_the_others() {
        var first = officer.get("/api/trace/bodies/W.html").body();
        assertThat(first)
                .contains("第 1–1000 行，共 1050 行", "第 1 页，共 2 页", "示例隐患0999")
                .doesNotContain("示例隐患1000");
        assertThat(first).contains("href=\"?page=2\"").doesNotContain("page=0");
        var second = officer.get("/api/trace/bodies/W.html?page=2").body();
        assertThat(second)
                .contains("第 1001–1050 行，共 1050 行", "示例隐患1000", "示例隐患1049")
                .doesNotContain("示例隐患0999");
        assertThat(officer.get("/api/trace/persons/officer.html?lang=en&page=4").body())
                .as("four deeds with every item")
                .contains("Rows 3001 to 4000 of 4200", "href=\"?lang=en&amp;page=5\"");
        assertThat(officer.get("/api/trace/bodies/W.html?page=99").body()).contains("第 2 页，共 2 页");
    }

    @Test
    void a_trace_on_paper_has_every_row() throws IOException {
        try (var pdf = Loader.loadPDF(officer.get("/api/trace/bodies/W.pdf").bytes())) {
            var text = new PDFTextStripper().getText(pdf);
            assertThat(IntStream.range(0, ITEMS))
                    .allSatisfy(n -> assertThat(text).contains("%04d".formatted(n)));
        }
    }

    @Test
    void a_report_names_its_annex_and_every_item_stands_there() throws IOException {
        var numbers = ROOM.views(ItemView.class).stream().map(ItemView::number).toList();
        var report = "/api/programmes/hazards/report.";
        try (var pdf = Loader.loadPDF(officer.get(report + "pdf" + PERIOD).bytes())) {
            var text = new PDFTextStripper().getText(pdf);
            assertThat(text).contains("见附 1（1050 项）", "附 1：");
            assertThat(numbers).allSatisfy(number -> assertThat(text).contains(number));
        }
        var document = part(officer.get(report + "docx" + PERIOD).bytes(), "word/document.xml");
        assertThat(document).contains("见附 1（1050 项）").doesNotContain("<w:gridCol/>");
        assertThat(numbers).allSatisfy(number -> assertThat(document).contains(">" + number + "<"));
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(
                        officer.get(report + "xlsx" + PERIOD).bytes()));
                var rows = book.getFirstSheet().openStream()) {
            assertThat(rows.map(row -> row.getCellCount() == 0 ? "" : first(row)))
                    .as("one a row, to count and to filter")
                    .containsAll(numbers);
        }
    }

    private static String first(Row row) {
        return row.getCellAsString(0).orElse("");
    }

    private static String part(byte[] file, String name) throws IOException {
        try (var zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(file))
                .get()) {
            return new String(
                    zip.getInputStream(zip.getEntry(name)).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
