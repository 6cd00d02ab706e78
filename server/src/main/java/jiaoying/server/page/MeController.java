package jiaoying.server.page;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.ForecastsView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Account;
import jiaoying.server.security.Caller;
import jiaoying.server.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in, and in which room. */
@RestController
public final class MeController {
    private final Boards boards;
    private final RoomInfo info;
    private final Map<String, Programme> programmes;

    /** @param programmes that the room carries */
    public MeController(Boards boards, RoomInfo info, List<Programme> programmes) {
        this.boards = boards;
        this.info = info;
        this.programmes = new Loop(programmes, Loop.NONE.calendar()).byName();
    }

    /**
     * @param password whether the account has one
     * @param person   of the register, for whom it acts on items; null: for nobody
     * @param storms   whether it has to do with storms; else no screen of theirs is offered
     */
    record Me(
            String name,
            boolean password,
            List<String> roles,
            List<String> areas,
            @Nullable Acting person,
            boolean storms,
            Room room) {}

    /** For whom the account acts on items. */
    record Acting(String id, String name, String body, String bodyName, String bodyNameEn) {}

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

    private @Nullable Acting acting(Account account, Board board) {
        var person = board.register().persons().get(account.actor());
        return person == null
                ? null
                : new Acting(
                        person.person(),
                        board.register().personName(person.person(), Texts.ZH),
                        person.body(),
                        board.register().bodyOf(person.person(), Texts.ZH),
                        board.register().bodyOf(person.person(), Texts.EN));
    }

    /** Officers, leaders and auditors have; of departments, towns and villages whoever holds a duty that storms call. */
    private boolean storms(Account account, Board board) {
        var always = EnumSet.of(Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.AUDITOR);
        return account.roles().stream().anyMatch(always::contains)
                || !board.register().persons().containsKey(account.actor())
                || new RegisterDirectory(board.register(), programmes).calledInStorms(account.actor());
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
                acting(account, board),
                storms(account, board),
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
