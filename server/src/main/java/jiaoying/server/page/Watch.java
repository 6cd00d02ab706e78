package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of the Watch screen (值守) at one instant, in the words of its JSON. Colours in lower case, rain in mm unless a unit is named. */
record Watch(
        Instant at,
        boolean live,
        long fact,
        Instant now,
        double speed,
        boolean held,
        Optional<Long> dataAgeS,
        List<Signal> signals,
        List<Alert> alerts,
        List<Order> orders,
        List<Silent> silent,
        Optional<LastAnswer> lastAnswer,
        List<Area> areas,
        List<Station> stations,
        Extremes extremes,
        Optional<Shift> shift,
        List<Note> notes,
        long silentStations,
        Optional<RoomInfo.Restart> restarted,
        List<RoomInfo.Finding> findings,
        List<Check> checks) {

    /**
     * @param quantity rain, level or depth
     * @param windowH  hours of the window of rain; 0 for a level or depth as it stands, 1 for its rise in an hour
     * @param unit     of the value
     */
    record BasisLine(
            String station, String stationName, String quantity, int windowH, double value, String unit, Instant at) {}

    record Signal(
            String id,
            String hazard,
            String color,
            String area,
            String areaName,
            Instant issuedAt,
            String source,
            String text,
            String action,
            List<BasisLine> basis) {}

    /** @param expected by a forecast: nothing of it has been measured yet */
    record Alert(
            String id,
            String hazard,
            String color,
            String was,
            String area,
            String areaName,
            Instant raisedAt,
            Optional<Instant> decideBy,
            List<BasisLine> basis,
            String source,
            String text,
            boolean expected) {}

    record Named(String person, String name) {}

    record Order(
            String id,
            String color,
            String area,
            String areaName,
            Instant openedAt,
            Optional<Instant> closedAt,
            int called,
            int answered,
            int takenOver,
            int silent,
            String notice,
            List<Named> notReceived) {}

    record LastAttempt(String channel, String state, Instant at) {}

    record NextStep(String what, String name, Instant at) {}

    record DutyItem(String duty, String areaName) {}

    record Silent(
            String order,
            String person,
            String name,
            String post,
            String body,
            String area,
            String areaName,
            String color,
            Instant since,
            String state,
            int round,
            int rounds,
            Optional<LastAttempt> last,
            Optional<NextStep> next,
            List<DutyItem> items) {}

    /** The latest word from somebody called. @param takenOver it came from a deputy or superior in the callee's stead */
    record LastAnswer(String name, Instant at, boolean takenOver) {}

    /**
     * A matter to be looked into (待核事项), like ones as one.
     *
     * @param kind    would-raise, station-silent, station-doubted, contact, set-aside, or refused or suspect with what was
     *                wrong, such as suspect-value
     * @param station that it is about, or empty
     * @param subject name of the station or person, else the source
     * @param about   area of a station, channel of a contact, else empty
     * @param since   empty for a station that never reported
     * @param last    when the latest like it came
     * @param detail  of the latest, as the program recorded it; or empty
     */
    record Check(
            String kind,
            String station,
            String subject,
            String about,
            Optional<Instant> since,
            Optional<Instant> last,
            int count,
            String detail) {}

    record Rain(double h1, double h3, double h6, double h12, double h24) {}

    record Area(
            String code,
            String name,
            String level,
            String signal,
            Optional<Instant> fallingSince,
            Optional<Rain> rain) {}

    record Station(
            String id,
            String name,
            double lon,
            double lat,
            String area,
            Optional<Rain> rain,
            Optional<Instant> lastAt,
            boolean silent) {}

    record Extreme(double mm, String station, String name, String areaName) {}

    record Extremes(Optional<Extreme> h1, Optional<Extreme> h3, Optional<Extreme> h24) {}

    record Shift(String officer, Instant since, boolean soundArmed) {}

    record Note(Instant at, String by, String text) {}
}
