package jiaoying.server.page;

import java.util.List;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.ForecastsView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.security.Account;
import jiaoying.server.security.Caller;
import jiaoying.server.security.Role;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in, and in which room. */
@RestController
public final class MeController {
    private final Boards boards;
    private final RoomInfo info;

    public MeController(Boards boards, RoomInfo info) {
        this.boards = boards;
        this.info = info;
    }

    /** @param password whether the account has one */
    record Me(String name, boolean password, List<String> roles, List<String> areas, Room room) {}

    record Room(
            String id,
            String name,
            boolean demo,
            String issuer,
            String banner,
            String bannerEn,
            boolean schematic,
            double speed,
            RoomInfo.Criteria criteria,
            boolean forecasts) {}

    @GetMapping("/api/me")
    Object me() {
        return me(Caller.person().account());
    }

    public Object me(Account account) {
        var board = boards.whole();
        var settings = board.room().map(RoomView::settings);
        var banner = info.banner().get();
        return new Me(
                account.name(),
                account.password(),
                account.roles().stream().map(Role::word).toList(),
                account.areas(),
                new Room(
                        info.id(),
                        settings.map(Settings::name).orElse(info.id()),
                        settings.map(Settings::demo).orElse(false),
                        settings.map(Settings::issuer)
                                .orElse(Settings.Issuer.HEADQUARTERS)
                                .name(),
                        banner.zh(),
                        banner.en(),
                        board.register().schematic(),
                        info.speed().getAsDouble(),
                        info.criteria(),
                        board.reads()
                                .find()
                                .find(new ViewKey("forecasts", "now"), board.fact())
                                .map(ForecastsView.class::cast)
                                .filter(row -> row.plan().isPresent())
                                .isPresent()));
    }
}
