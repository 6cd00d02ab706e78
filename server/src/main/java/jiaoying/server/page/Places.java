package jiaoying.server.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.View.ResponseView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.door.ActsDoor.Where;

/** Finds the place that a deed touches, from the projections. */
public final class Places {
    private final Reads reads;
    private final Map<String, Programme> programmes;

    public Places(Reads reads, List<Programme> programmes) {
        this.reads = reads;
        this.programmes = new Loop(programmes, Loop.NONE.calendar()).byName();
    }

    public Where of(Deed deed) {
        return switch (deed) {
            case Deed.ReachedByDesk act -> callee(act.order(), act.person());
            case Deed.ReachedByHand act -> callee(act.order(), act.person());
            case Deed.TakeOver act -> callee(act.order(), act.person());
            case Deed.ReportedInPlace act -> callee(act.order(), act.person());
            case Deed.StartDrill act -> new Where.Area(act.area());
            case Deed.TestAnswers act -> new Where.Area(act.area());
            case Deed.EndDrill act -> area(reads.order(act.order(), now()).map(row -> row.area()));
            case Deed.CallAgain act -> callee(act.order(), act.person());
            case Deed.Escalate act -> callee(act.order(), act.person());
            case Deed.EnterSignal act -> new Where.Area(act.area());
            case Deed.DecideAlert act -> alert(act.alert());
            case Deed.ApproveProposal act -> alert(act.alert());
            case Deed.CorrectSignal act -> signal(act.signal());
            case Deed.RetractSignal act -> signal(act.signal());
            case Deed.OverruleDoubt act -> station(act.station());
            case Deed.AcceptReading act -> station(act.station());
            case Deed.OnItem act -> where(act.deed());
            case Deed.ReportAction act -> action(act);
            case Deed.OnPaper _,
                    Deed.TryForecast _,
                    Deed.DecideResponse _,
                    Deed.EndResponse _,
                    Deed.TakeShift _,
                    Deed.ChoosePlan _,
                    Deed.ArmSound _,
                    Deed.WriteNote _,
                    Deed.ErasePerson _,
                    Deed.ReleaseRoom _,
                    Deed.SignedIn _,
                    Deed.SignedOut _,
                    Deed.OpenAccount _,
                    Deed.Access _ -> new Where.Room();
        };
    }

    /** The item that a deed is about, or empty. */
    static String item(CaseDeed deed) {
        return switch (deed) {
            case CaseDeed.Open open -> "";
            case CaseDeed.Move move -> move.item();
            case CaseDeed.Fill fill -> fill.item();
            case CaseDeed.Prove prove -> prove.item();
            case CaseDeed.Approve approve -> approve.item();
            case CaseDeed.Pause pause -> pause.item();
            case CaseDeed.Resume resume -> resume.item();
            case CaseDeed.AskExtension ask -> ask.item();
            case CaseDeed.DecideExtension decide -> decide.item();
            case CaseDeed.AnswerCard answer -> answer.item();
            case CaseDeed.CancelCard cancel -> cancel.item();
            case CaseDeed.ConfirmControl confirm -> confirm.item();
            case CaseDeed.TakeOver rows -> "";
            case CaseDeed.Plan plan -> "";
            case CaseDeed.Hear hear -> "";
        };
    }

    /** Where an item belongs; a new one belongs where its fields say. */
    private Where where(CaseDeed deed) {
        if (deed instanceof CaseDeed.Plan plan) {
            return place(plan.programme(), plan.what(), plan.fields());
        }
        if (deed instanceof CaseDeed.Open open) {
            return place(open.programme(), open.what(), open.fields());
        }
        if (deed instanceof CaseDeed.TakeOver || deed instanceof CaseDeed.Hear) {
            return new Where.Room();
        }
        return reads.find()
                .find(new ViewKey("item", item(deed)), now())
                .map(ItemView.class::cast)
                .<Where>map(row -> new Where.Item(
                        row.area(),
                        account -> ItemQuery.involves(reads.register().get(), row, account)))
                .orElseGet(Where.Nowhere::new);
    }

    /** By the field for an area, which holds the code; else by the name in the field that tells the town. */
    private Where place(String programme, String what, List<Entry> fields) {
        var pack = programmes.get(programme);
        if (pack == null) {
            return new Where.Room();
        }
        var areas = pack.findKind(what).stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> field.type() == Field.Type.AREA)
                .map(Field::id)
                .toList();
        var code = fields.stream()
                .filter(entry -> areas.contains(entry.field()))
                .map(Entry::value)
                .findFirst();
        return code.or(() -> fields.stream()
                        .filter(entry -> entry.field().equals(pack.town()))
                        .flatMap(entry -> reads.register().get().findAreaNamed(entry.value()).stream())
                        .findFirst())
                .<Where>map(Where.Area::new)
                .orElseGet(Where.Room::new);
    }

    private Where action(Deed.ReportAction act) {
        return reads.find()
                .find(new ViewKey("response", act.response()), now())
                .map(ResponseView.class::cast)
                .flatMap(row -> row.actions().stream()
                        .filter(done -> done.action().action().equals(act.action()))
                        .findFirst())
                .<Where>map(done -> new Where.Body(account ->
                        reads.register().get().belongs(account, done.action().body())))
                .orElseGet(Where.Nowhere::new);
    }

    private Where callee(String order, String person) {
        return area(reads.callee(order, person, now()).map(row -> row.area()));
    }

    private Where alert(String alert) {
        return area(reads.find()
                .find(new ViewKey("alert", alert), now())
                .map(AlertView.class::cast)
                .map(AlertView::area));
    }

    private Where signal(String signal) {
        return area(reads.find()
                .find(new ViewKey("signal", signal), now())
                .map(SignalView.class::cast)
                .map(SignalView::area));
    }

    /** A station outside every area belongs to the room. */
    private Where station(String station) {
        return Optional.ofNullable(reads.register().get().stations().get(station))
                .<Where>map(row -> row.area().isEmpty() ? new Where.Room() : new Where.Area(row.area()))
                .orElseGet(Where.Nowhere::new);
    }

    private static Where area(Optional<String> area) {
        return area.<Where>map(Where.Area::new).orElseGet(Where.Nowhere::new);
    }

    private long now() {
        return reads.factAt().applyAsLong(reads.clock().instant());
    }
}
