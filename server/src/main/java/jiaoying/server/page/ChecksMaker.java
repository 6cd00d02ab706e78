package jiaoying.server.page;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.room.View.DisputeView;
import jiaoying.duty.room.View.DoubtView;
import jiaoying.duty.room.View.FindingView;
import jiaoying.duty.room.View.StationView;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.reply.Texts;

/**
 * The matters to be looked into (待核事项): silent stations and wrong numbers until they are put right, bad readings and what
 * could not be taken for a day.
 */
final class ChecksMaker {
    private static final Duration SHOWN = Duration.ofHours(24);

    private final Board board;
    private final Texts texts;
    private final ZoneId zone;

    private ChecksMaker(Board board, Texts texts) {
        this.board = board;
        this.texts = texts;
        this.zone = Boards.zone(board);
    }

    /** Latest first; those without a time last. */
    static List<Watch.Check> make(Board board, Texts texts) {
        var maker = new ChecksMaker(board, texts);
        return Stream.of(maker.stations(), maker.doubts(), maker.contacts(), maker.findings())
                .flatMap(rows -> rows)
                .sorted(comparing(row -> row.last().or(row::since).orElse(Instant.MIN), Comparator.reverseOrder()))
                .toList();
    }

    private Stream<Watch.Check> stations() {
        var silent = board.silentStations();
        return board.stations().stream()
                .filter(station -> silent.containsKey(station.station()))
                .map(station -> silent(station, Optional.ofNullable(silent.get(station.station()))));
    }

    private Watch.Check silent(StationRegistered station, Optional<StationView> row) {
        return new Watch.Check(
                "station-silent",
                station.station(),
                station.name(),
                station.area().isEmpty() ? "" : board.register().areaName(station.area(), texts),
                row.flatMap(StationView::lastObservedAt),
                Optional.empty(),
                1,
                "");
    }

    /** Standing doubts (存疑): one row for each check of a station, until its condition has gone or an officer overrules it. */
    private Stream<Watch.Check> doubts() {
        var doubted = StationMaker.doubts(board);
        return board.stations().stream()
                .flatMap(station -> doubted.getOrDefault(station.station(), List.of()).stream()
                        .map(doubt -> doubted(station, doubt)));
    }

    private Watch.Check doubted(StationRegistered station, DoubtView doubt) {
        return new Watch.Check(
                "station-doubted",
                station.station(),
                station.name(),
                texts.say("check." + doubt.check().word()),
                Optional.of(doubt.since()),
                Optional.empty(),
                1,
                texts.say(doubt.evidence(), this::named));
    }

    private Stream<Watch.Check> contacts() {
        return board.disputes().map(this::contact);
    }

    private Watch.Check contact(DisputeView row) {
        return new Watch.Check(
                "contact",
                "",
                board.register().personName(row.person(), texts),
                row.channel(),
                Optional.of(row.disputedAt()),
                Optional.empty(),
                1,
                "");
    }

    private Stream<Watch.Check> findings() {
        var alike = new LinkedHashMap<List<String>, List<FindingView>>();
        board.findingsSince(board.at().minus(SHOWN))
                .sorted(comparing(FindingView::at))
                .forEach(row -> alike.computeIfAbsent(List.of(row.kind(), subject(row)), _ -> new ArrayList<>())
                        .add(row));
        return alike.entrySet().stream().map(entry -> finding(entry.getKey().getLast(), entry.getValue()));
    }

    private Watch.Check finding(String subject, List<FindingView> rows) {
        var last = rows.getLast();
        return new Watch.Check(
                last.kind(),
                last.station(),
                subject,
                "",
                Optional.of(rows.getFirst().at()),
                Optional.of(last.at()),
                rows.size(),
                detail(last));
    }

    /** What was found, and what is allowed, in the reader's words. */
    private String detail(FindingView row) {
        return row.said().stream()
                .map(sentence -> texts.say(sentence, this::named))
                .collect(Collectors.joining(texts.say("checks.then")));
    }

    private String named(String kind, String value) {
        return switch (kind) {
            case "area" -> board.register().areaName(value, texts);
            case "time" -> Words.minuteOfDay(Instant.parse(value), board.at(), zone, texts);
            default -> value;
        };
    }

    /** The station, when the finding is about one; else who sent it, or what kind of arrival it was. */
    private String subject(FindingView row) {
        return row.station().isEmpty() ? row.source() : board.register().stationName(row.station());
    }
}
