package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import jiaoying.duty.roster.RosterFact.ShiftPlanned;
import jiaoying.server.register.RegisterChecked.Prepared;
import jiaoying.server.register.RegisterChecked.Refused;
import jiaoying.server.register.RegisterImport.Ground;
import jiaoying.server.reply.Texts;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faulty files and the words in which they are refused. */
class RegisterImportTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String AREAS = """
            code,name_zh,name_en,kind,parent,schematic
            330482,平湖市,Pinghu,city,,true
            330482001,当湖街道,Danghu,subdistrict,330482,true
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    private static final String SQUARE = """
            {"type":"FeatureCollection",%s"features":[{"type":"Feature","properties":{"code":"330482001"%s},"geometry":
            {"type":"Polygon","coordinates":[[[121.0,30.6],[121.1,30.6],[121.1,30.7],[121.0,30.6]]]}}]}
            """;

    private String checkReal(Ground ground) throws Exception {
        return RegisterImport.checkReal(RegisterFiles.read(dir), Register.EMPTY, ZONE, false, ground)
                        instanceof Refused refused
                ? refused.text(Texts.EN)
                : "";
    }

    @Test
    void a_real_room_demands_the_boundary_of_each_town_that_is_no_sketch() throws Exception {
        write("areas.csv", AREAS.replace("330482,true", "330482,false"));
        assertThat(checkReal(new Ground(Optional.empty())))
                .isEqualTo("areas.csv row 3, code: \"330482001\"; allowed: a town with its boundary in areas.geojson"
                        + " beside the tables, or marked as schematic");
        assertThat(checkReal(new Ground(Optional.of(SQUARE.formatted("", ""))))).isEmpty();
        write("areas.geojson", SQUARE.formatted("", ""));
        assertThat(checkReal(new Ground(Optional.empty()))).isEmpty();
        write("areas.csv", AREAS);
        assertThat(checkReal(new Ground(Optional.empty()))).isEmpty();
    }

    @Test
    void a_real_room_takes_no_sketch_for_its_boundaries_and_no_other_coordinates() throws Exception {
        write("areas.csv", AREAS);
        write("areas.geojson", SQUARE.formatted("", ",\"schematic\":true"));
        assertThat(checkReal(new Ground(Optional.empty()))).contains("in a real room a sketch decides nothing");
        write(
                "areas.geojson",
                SQUARE.formatted(
                        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4549\"}},", ""));
        assertThat(checkReal(new Ground(Optional.empty())))
                .contains("coordinates in urn:ogc:def:crs:EPSG::4549, not WGS 84");
    }

    @Test
    void every_faulty_cell_of_every_file_is_named_at_once() throws Exception {
        write("areas.csv", AREAS + "33048200X,钟埭街道,Zhongdai,subdistrct,330482,maybe\n");
        write(
                "bodies.csv",
                "id,name_zh,name_en,kind,area\nB 1,办公室,Office,town,330482001\n,办公室,Office,town,330482001\n");
        write("stations.csv", """
                id,name,kind,lon,lat,area,interval_min
                R1,雨量站,rain,30.7,121.0,330482001,5
                R2,"=HYPERLINK(""x"")",rain,121.0,30.7,330482001,0
                """);

        assertThat(check()).isEqualTo("""
                        areas.csv row 4, code: "33048200X"; allowed: a statistics code of 6 to 12 digits
                        areas.csv row 4, kind: "subdistrct"; allowed: one of city (市), town (镇), subdistrict (街道), village (村社区)
                        areas.csv row 4, schematic: "maybe"; allowed: one of true (是), false (否)
                        bodies.csv row 2, id: "B 1"; allowed: 1 to 40 letters, digits, dots, dashes
                        bodies.csv row 3, id: ""; allowed: 1 to 40 letters, digits, dots, dashes
                        stations.csv row 2, lat: "121.0"; allowed: degrees from -90 to 90 (WGS 84 / CGCS2000)
                        stations.csv row 3, name: "=HYPERLINK("x")"; allowed: one line of at most 200 characters that does not begin with = + - or @
                        stations.csv row 3, interval_min: "0"; allowed: a whole number from 1 to 1440""");
    }

    @Test
    void whoever_names_a_row_with_a_fault_is_not_at_fault() throws Exception {
        write("areas.csv", AREAS.replace("subdistrict", "subdistrct"));
        write("bodies.csv", "id,name_zh,name_en,kind,area\nB1,办公室,Office,town,330482001\n");

        assertThat(check()).isEqualTo("""
                        areas.csv row 3, kind: "subdistrct"; allowed: one of city (市), town (镇), subdistrict (街道), village (村社区)""");
    }

    @Test
    void unknown_references_repeated_keys_and_circles_are_named() throws Exception {
        write("areas.csv", AREAS + """
                330482002,钟埭街道,Zhongdai,subdistrict,330482003,true
                330482003,曹桥街道,Caoqiao,subdistrict,330482002,true
                330482001,当湖街道,Danghu,subdistrict,330482,true
                330482004,某镇,Town,town,,true
                """);
        write("bodies.csv", "id,name_zh,name_en,kind,area\nB1,办公室,Office,town,330482009\n");
        write("persons.csv", "id,name,body,post_zh,post_en\nP1,王示一,B1,值班员,\nP2,李示一,B2,值班员,\nP3,,B1,值班员,\n");
        write(
                "contacts.csv",
                "person,channel,address\nP1,text,p1@example.invalid\nP1,mail,0000100001\nP9,voice,0000100001\n");
        write(
                "duties.csv",
                "id,person,duty,area,deputies,superior\nD1,P1,责任人,330482001,P1;P8,P1\nD2,P2,责任人,330482001,P1,P7\n");

        assertThat(check()).isEqualTo("""
                        areas.csv row 6, code: "330482001"; allowed: each once; row 3 has it too
                        bodies.csv row 2, area: "330482009"; allowed: an id of the table areas
                        persons.csv row 3, body: "B2"; allowed: an id of the table bodies
                        contacts.csv row 4, person: "P9"; allowed: an id of the table persons
                        duties.csv row 2, deputies: "P8"; allowed: an id of the table persons
                        duties.csv row 3, superior: "P7"; allowed: an id of the table persons
                        areas.csv row 4, parent: "330482003"; allowed: an area above this one, not below it
                        areas.csv row 5, parent: "330482002"; allowed: an area above this one, not below it
                        areas.csv row 7, parent: ""; allowed: the code of the area above
                        persons.csv row 4, name: ""; allowed: a value for name
                        contacts.csv row 2, address: "p1@example.invalid"; allowed: a telephone number
                        contacts.csv row 3, address: "0000100001"; allowed: a mail address
                        duties.csv row 2, deputies: "P1"; allowed: other persons than the one who has the duty
                        duties.csv row 2, superior: "P1"; allowed: another person than the one who has the duty""");
    }

    @Test
    void headers_files_and_quotes_are_checked() throws Exception {
        write("area.csv", AREAS);
        write("bodies.csv", "id,name_zh,name_en,knd,area,area\n");
        write("persons.csv", "id,name,body,post_zh,post_en\nP1,\"王示一,B1,值班员,\n");
        write("contacts.csv", "person,channel,address\nP1,text,0000100001,surplus\n");
        write("shifts.csv", "");

        assertThat(check()).isEqualTo("""
                        area.csv: "area.csv"; allowed: the tables areas, bodies, persons, contacts, duties, stations, thresholds, sites, shifts
                        bodies.csv row 1, knd: an unknown column; allowed: the columns id, name_zh, name_en, kind, area
                        bodies.csv row 1, area: a second column of that name; allowed: each column once
                        bodies.csv row 1, kind: no such column; allowed: the header kind (类型)
                        contacts.csv row 2: "surplus"; allowed: nothing beside the named columns; quote texts with commas
                        persons.csv row 2: a quote that is never closed; allowed: cells quoted as in RFC 4180
                        shifts.csv row 1: no header; allowed: the columns id, from, to, officer, leader
                        contacts.csv row 2, person: "P1"; allowed: an id of the table persons""");
    }

    @Test
    void a_folder_without_tables_or_a_file_that_is_no_workbook_is_refused() throws Exception {
        assertThat(check()).isEqualTo(": no table; allowed: at least one table, for example areas.csv");
        Files.writeString(dir.resolve("x.xlsx"), "no workbook");
        assertThat(check(dir.resolve("x.xlsx")))
                .isEqualTo("x.xlsx: not a workbook; allowed: an .xlsx file, or a folder with CSV files");
    }

    @Test
    void times_come_with_a_zone_in_the_rooms_zone_or_as_a_spreadsheet_counts_them() throws Exception {
        try (var out = Files.newOutputStream(dir.resolve("shifts.xlsx"));
                var workbook = new Workbook(out, "test", "1.0")) {
            var sheet = workbook.newWorksheet("班次");
            var rows = new Object[][] {
                {"编号", "开始", "结束", "值班员编号", "带班领导编号"},
                {"W1", "2026-06-01T08:00+08:00", "2026-06-01 20:00", "P003", "P001"},
                {20260601, 46174.5, 46175.0, "P003", "P001"},
                {"W3", "2026-06-02 08:00", "2026-06-02 08:00", "P003", "P001"},
                {"W4", "昨天", "2026-06-02 08:00", "P003", "P001"},
            };
            for (var r = 0; r < rows.length; r++) {
                for (var c = 0; c < rows[r].length; c++) {
                    if (rows[r][c] instanceof Number number) {
                        sheet.value(r, c, number);
                    } else {
                        sheet.value(r, c, String.valueOf(rows[r][c]));
                    }
                }
            }
        }
        var files = RegisterFiles.read(dir.resolve("shifts.xlsx"));
        var city = SampleCityTest.register();

        assertThat(((Refused) RegisterImport.check(files, city, ZONE)).text(Texts.EN))
                .isEqualTo("""
                        shifts.xlsx sheet 班次 row 5, from: "昨天"; allowed: a time like 2026-06-01T08:00+08:00, or 2026-06-01 08:00 in the room's zone
                        shifts.xlsx sheet 班次 row 4, to: "2026-06-02T00:00:00Z"; allowed: a time after 2026-06-02T00:00:00Z""");

        write("shifts.csv", "id,from,to,officer,leader\n20260601,46174.5,46175,P003,P001\n");
        Files.delete(dir.resolve("shifts.xlsx"));
        assertThat(((Prepared) RegisterImport.check(RegisterFiles.read(dir), city, ZONE)).rows())
                .containsExactly(new ShiftPlanned(
                        "20260601",
                        Instant.parse("2026-06-01T04:00:00Z"),
                        Instant.parse("2026-06-01T16:00:00Z"),
                        "P003",
                        "P001"));
    }

    @Test
    void a_sketched_outline_cannot_pass_for_a_boundary() throws Exception {
        write("areas.csv", AREAS.replace("330482,true", "330482,false"));
        write("areas.geojson", square("330482001", "\"schematic\":true,"));
        assertThat(check())
                .isEqualTo(
                        "areas.csv row 3, schematic: \"false\"; allowed: true: its outline in areas.geojson is a sketch");

        write("areas.geojson", square("330482077", ""));
        assertThat(check()).isEqualTo("areas.geojson, code: \"330482077\"; allowed: an id of the table areas");

        write("areas.geojson", "{");
        assertThat(check())
                .startsWith("areas.geojson: JSON, line 1, column 2: it ends in the middle")
                .endsWith("allowed: a GeoJSON FeatureCollection");
    }

    @Test
    void a_flood_of_problems_is_counted_not_listed() throws Exception {
        write("areas.csv", AREAS + "x,某村,Village,village,330482001,true\n".repeat(2000));

        var refused = (Refused) RegisterImport.check(RegisterFiles.read(dir), Register.EMPTY, ZONE);
        assertThat(refused.problems()).hasSize(500);
        assertThat(refused.text(Texts.EN)).endsWith("\nand 1500 more");
    }

    private static String square(String code, String more) {
        return """
                {"type":"FeatureCollection","features":[{"type":"Feature","properties":{%s"code":"%s"},"geometry":
                {"type":"Polygon","coordinates":[[[121,30],[122,30],[122,31],[121,31],[121,30]]]}}]}""".formatted(more, code);
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(dir.resolve(file), text);
    }

    private String check() throws Exception {
        return check(dir);
    }

    private static String check(Path place) throws Exception {
        return switch (RegisterImport.check(RegisterFiles.read(place), Register.EMPTY, ZONE)) {
            case Prepared prepared -> "good";
            case Refused refused -> refused.text(Texts.EN);
        };
    }
}
