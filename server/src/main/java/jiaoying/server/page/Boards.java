package jiaoying.server.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.RoomView;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import jiaoying.server.security.Caller;
import jiaoying.server.security.Scope;

/** Opens the board for whoever asks, at the instant he asks for. */
public final class Boards {
    private static final ZoneId USUAL_ZONE = ZoneId.of("Asia/Shanghai");

    private final Reads reads;

    public Boards(Reads reads) {
        this.reads = reads;
    }

    /** @param at an ISO 8601 instant, or empty for now; the future reads as now */
    Board forCaller(String at) {
        var account = Caller.person().account();
        return Board.at(reads, scope(account.areas()), account.person(), instant(at));
    }

    Reads reads() {
        return reads;
    }

    /** For pages that are open by a secret of their own. */
    Board whole() {
        return Board.at(reads, scope(List.of()), "", reads.clock().instant());
    }

    public Scope scope(List<String> areas) {
        return Scope.of(areas, area -> reads.register().get().parent(area));
    }

    Instant instant(String at) {
        var now = reads.clock().instant();
        if (at.isEmpty()) {
            return now;
        }
        try {
            var asked = Instant.parse(at);
            return asked.isAfter(now) ? now : asked;
        } catch (DateTimeException e) {
            throw Problem.allowing(400, "ask.time", PlainText.clip(at, 40), Sentence.of("utc-time"));
        }
    }

    /** Of the room. */
    public ZoneId zone() {
        return zone(whole());
    }

    static ZoneId zone(Board board) {
        return board.room()
                .map(RoomView::settings)
                .map(Settings::zone)
                .map(ZoneId::of)
                .orElse(USUAL_ZONE);
    }
}
