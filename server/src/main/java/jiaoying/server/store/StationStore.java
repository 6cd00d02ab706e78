package jiaoying.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What telemetry stations are to be asked, and their pictures. May be used from any thread. */
public final class StationStore {
    /** Pictures kept of one station; the oldest give way. */
    public static final int PICTURES_MOST = 200;

    private static final Duration RECENT = Duration.ofDays(2);

    private static final Sql WISHES =
            Sql.of("SELECT * FROM station_wish WHERE room = :room ORDER BY begins, kind, address");
    private static final Sql KEEP = Sql.of("""
            INSERT INTO station_wish (room, address, kind, station, begins, ends, asked_by)
            VALUES (:room, :address, :kind, :station, :begins, :ends, :by)
            ON CONFLICT DO NOTHING""");
    private static final Sql DROP = Sql.of("""
            DELETE FROM station_wish
             WHERE room = :room AND address = :address AND kind = :kind AND begins = :begins""");
    private static final Sql PICTURE = Sql.of("""
            INSERT INTO station_picture (room, station, sha256, observed_at, received_at, jpeg)
            VALUES (:room, :station, :sha, CAST(:observed AS timestamp), :received, :jpeg)
            ON CONFLICT DO NOTHING""");
    private static final Sql GIVE_UP = Sql.of("""
            DELETE FROM station_picture
             WHERE room = :room AND station = :station AND sha256 IN (
                   SELECT sha256 FROM station_picture WHERE room = :room AND station = :station
                    ORDER BY received_at DESC, sha256 OFFSET :most)""");
    private static final Sql PICTURES = Sql.of("""
            SELECT station, sha256, observed_at, received_at, length(jpeg) AS size FROM station_picture
             WHERE room = :room AND station = :station ORDER BY received_at DESC, sha256""");
    private static final Sql ONE =
            Sql.of("SELECT jpeg FROM station_picture WHERE room = :room AND sha256 = :sha LIMIT 1");
    private static final Sql LAST = Sql.of("""
            SELECT station, max(observed_at) AS last FROM journal
             WHERE room = :room AND observed_at > :since GROUP BY station""");

    private final Database db;
    private final String room;

    public StationStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /** @param begins station's clock, as {@code ends} */
    public record Wish(
            String address, String kind, String station, LocalDateTime begins, LocalDateTime ends, String by) {}

    /** A picture without its bytes. */
    public record Picture(
            String station, String sha256, Optional<LocalDateTime> observedAt, Instant receivedAt, int size) {}

    public List<Wish> wishes() {
        return db.write(c -> WISHES.on(c)
                .with("room", room)
                .list(row -> new Wish(
                        row.getString("address"),
                        row.getString("kind"),
                        row.getString("station"),
                        row.getObject("begins", LocalDateTime.class),
                        row.getObject("ends", LocalDateTime.class),
                        row.getString("asked_by"))));
    }

    public void keep(Wish wish) {
        db.write(c -> KEEP.on(c)
                .with("room", room)
                .with("address", wish.address())
                .with("kind", wish.kind())
                .with("station", wish.station())
                .with("begins", wish.begins())
                .with("ends", wish.ends())
                .with("by", wish.by())
                .update());
    }

    public void drop(Wish wish) {
        db.write(c -> DROP.on(c)
                .with("room", room)
                .with("address", wish.address())
                .with("kind", wish.kind())
                .with("begins", wish.begins())
                .update());
    }

    /** Keeps a picture, and of its station the newest {@value #PICTURES_MOST} only. */
    public void keep(Picture picture, byte[] jpeg) {
        db.write(c -> {
            PICTURE.on(c)
                    .with("room", room)
                    .with("station", picture.station())
                    .with("sha", picture.sha256())
                    .withMaybe("observed", picture.observedAt())
                    .with("received", picture.receivedAt())
                    .with("jpeg", jpeg)
                    .update();
            return GIVE_UP.on(c)
                    .with("room", room)
                    .with("station", picture.station())
                    .with("most", PICTURES_MOST)
                    .update();
        });
    }

    /** Newest first. */
    public List<Picture> pictures(String station) {
        return db.write(
                c -> PICTURES.on(c).with("room", room).with("station", station).list(StationStore::picture));
    }

    private static Picture picture(ResultSet row) throws SQLException {
        return new Picture(
                row.getString("station"),
                row.getString("sha256"),
                Optional.ofNullable(row.getObject("observed_at", LocalDateTime.class)),
                Sql.instant(row, "received_at"),
                row.getInt("size"));
    }

    public Optional<byte[]> findPicture(String sha256) {
        return db.write(c -> ONE.on(c).with("room", room).with("sha", sha256).find(row -> row.getBytes("jpeg")));
    }

    /** Latest observation of each station in the two days before {@code now}. */
    public Map<String, Instant> lastObserved(Instant now) {
        var last = new HashMap<String, Instant>();
        db.write(c -> LAST.on(c)
                        .with("room", room)
                        .with("since", now.minus(RECENT))
                        .list(row -> Map.entry(row.getString("station"), Sql.instant(row, "last"))))
                .forEach(it -> last.put(it.getKey(), it.getValue()));
        return last;
    }
}
