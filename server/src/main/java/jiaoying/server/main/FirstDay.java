package jiaoying.server.main;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.security.Account;
import jiaoying.server.security.Accounts;
import jiaoying.server.security.Passwords;
import jiaoying.server.security.Role;

/** What a new room is given: its settings, the register of a sample city, and the first account; each once. */
final class FirstDay {
    private static final String BY = "setup";
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(60);

    private final RoomAtWork room;
    private final Stage stage;

    private FirstDay(RoomAtWork room, Stage stage) {
        this.room = room;
        this.stage = stage;
    }

    /** Returns the name of the first account. */
    static String furnish(RoomAtWork room, Stage stage, PlanChoice plan, int passwordCost) {
        var day = new FirstDay(room, stage);
        day.set();
        day.plan(plan);
        day.register();
        var accounts = new Accounts(room::accounts, new Passwords(passwordCost));
        stage.accounts()
                .forEach(one -> day.open(accounts, new Account(one.name(), one.roles(), one.areas()), one.person()));
        return day.account(accounts);
    }

    /** On a slow machine a minute may have ended, and been taken in, before the room was told how it works. */
    private void set() {
        if (room.settings().isEmpty()) {
            bring(new Arrival.RoomSet(BY, stage.settings()));
        }
    }

    /** The room writes down by which plan it calls, and since when, as soon as that is not the usual one. */
    private void plan(PlanChoice plan) {
        if (room.hasChosenPlan() || !plan.name().equals(PackLibrary.USUAL_PLAN)) {
            bring(new Arrival.Act(OpenRooms.BY, plan.deed()));
        }
    }

    /** The register and what was heard before, when there is neither. */
    private void register() {
        var rows = stage.city();
        if (rows.isEmpty() || !room.register().areas(room.room()).isEmpty()) {
            return;
        }
        bring(new Arrival.RegisterChanged(BY, rows));
        stage.history().ifPresent(this::bring);
        stage.items(this::bring);
    }

    /**
     * In a demo the visitor is officer and leader. The first account of a real room keeps accounts too, so that it can open
     * one for each person.
     */
    private String account(Accounts accounts) {
        var demo = stage.settings().demo();
        var name = demo ? "值班员" : "管理员";
        var roles = demo
                ? EnumSet.of(Role.DUTY_OFFICER, Role.DUTY_LEADER)
                : EnumSet.of(Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.SYSTEM_ADMINISTRATOR);
        open(accounts, new Account(name, roles, List.of()), stage.firstPerson());
        return name;
    }

    /** Once; an account that is there stays as it is. */
    private void open(Accounts accounts, Account account, String person) {
        if (accounts.exists(account.name())) {
            return;
        }
        var words = account.roles().stream().map(Role::word).toList();
        bring(new Arrival.Act(BY, new Deed.OpenAccount(account.name(), words, account.areas())));
        accounts.openForLinks(account);
        if (!person.isEmpty()) {
            bring(new Arrival.Act(BY, new Deed.TieAccount(account.name(), person)));
            accounts.tie(account.name(), person);
        }
    }

    private long bring(Arrival arrival) {
        long number = room.put(arrival).join();
        var outcome = room.outcome(number, TAKEN_WITHIN)
                .orElseThrow(() -> new IllegalStateException("The room has not taken "
                        + arrival.getClass().getSimpleName() + " within " + TAKEN_WITHIN.toSeconds() + " s"));
        if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.SetAside) {
            throw new IllegalStateException("The room did not take its first day: " + outcome);
        }
        return number;
    }
}
