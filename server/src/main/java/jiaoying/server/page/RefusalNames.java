package jiaoying.server.page;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Text;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.reply.Texts;

/** What a room said no to about an item, for whoever reads it: names instead of ids, moments by the clock of the room. */
public final class RefusalNames {
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z");
    private static final Pattern ID = Pattern.compile("[\\p{Alnum}][\\p{Alnum}_-]*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private static final String SEPARATOR = ", ";

    private final Boards boards;
    private final Programmes programmes;

    public RefusalNames(Boards boards, List<Programme> programmes) {
        this.boards = boards;
        this.programmes = new Programmes(programmes, boards.reads());
    }

    /** The same refusal in the reader's words; of deeds on other things it stays as it is. */
    public Outcome.Refused named(Outcome.Refused no, Deed deed, Texts reader) {
        if (!(deed instanceof Deed.OnItem on)) {
            return no;
        }
        var board = boards.whole();
        return named(no, programme(on.deed(), board), kind(on.deed(), board), board, reader);
    }

    /** The same refusal in the reader's words. */
    static Outcome.Refused named(
            Outcome.Refused no, Optional<Programme> programme, Optional<Kind> kind, Board board, Texts reader) {
        UnaryOperator<String> name = id -> name(id, kind, board, reader).orElse(id);
        return new Outcome.Refused(
                no.why(),
                said(no.value(), name, Boards.zone(board)),
                said(words(no.allowed(), programme, kind, reader), name, Boards.zone(board)));
    }

    /** Rooms name roles, fields and rules in Chinese; whoever reads English gets their English words. */
    private static String words(String text, Optional<Programme> programme, Optional<Kind> kind, Texts reader) {
        if (reader.chinese()) {
            return text;
        }
        var names = Stream.of(
                        programme.stream().flatMap(one -> one.roles().stream().map(Programme.Role::name)),
                        kind.stream().flatMap(one -> one.fields().stream().map(field -> field.name())),
                        kind.stream().flatMap(one -> one.rules().stream().map(Kind.Rule::name)))
                .flatMap(one -> one)
                .collect(Collectors.toMap(Text::zh, Text::en, (one, other) -> one));
        return Arrays.stream(text.split(SEPARATOR))
                .map(part -> names.getOrDefault(part, part))
                .collect(Collectors.joining(SEPARATOR));
    }

    private static String said(String text, UnaryOperator<String> name, ZoneId zone) {
        var timed = MOMENT.matcher(text)
                .replaceAll(found -> Instant.parse(found.group()).atZone(zone).format(TIME));
        return ID.matcher(timed).replaceAll((MatchResult found) -> Matcher.quoteReplacement(name.apply(found.group())));
    }

    private Optional<Programme> programme(CaseDeed deed, Board board) {
        return switch (deed) {
            case CaseDeed.Open open -> programmes.find(open.programme(), board);
            case CaseDeed.Plan plan -> programmes.find(plan.programme(), board);
            case CaseDeed.TakeOver rows -> programmes.find(rows.programme(), board);
            case CaseDeed.Hear hear -> programmes.find(hear.programme(), board);
            default -> item(deed, board).flatMap(item -> programmes.find(item.programme(), board));
        };
    }

    private static Optional<ItemView> item(CaseDeed deed, Board board) {
        return board.reads()
                .find()
                .find(new ViewKey("item", Places.item(deed)), board.fact())
                .map(ItemView.class::cast);
    }

    private Optional<Kind> kind(CaseDeed deed, Board board) {
        return switch (deed) {
            case CaseDeed.Open open -> kind(open.programme(), open.what(), board);
            case CaseDeed.Plan plan -> kind(plan.programme(), plan.what(), board);
            case CaseDeed.TakeOver rows -> Optional.empty();
            case CaseDeed.Hear hear -> Optional.empty();
            default -> item(deed, board).flatMap(item -> kind(item.programme(), item.kind(), board));
        };
    }

    private Optional<Kind> kind(String programme, String kind, Board board) {
        return programmes.find(programme, board).flatMap(one -> one.findKind(kind));
    }

    private static Optional<String> name(String id, Optional<Kind> kind, Board board, Texts reader) {
        var register = board.register();
        if (register.persons().containsKey(id)) {
            return Optional.of(register.personName(id, reader));
        }
        if (register.bodies().containsKey(id)) {
            return Optional.of(ItemWords.body(id, board, reader).name());
        }
        return kind.flatMap(of -> Stream.of(
                                of.findField(id).map(one -> one.name()),
                                of.findStage(id).map(Kind.Stage::name),
                                of.findMove(id).map(Kind.Move::name),
                                of.findEvidence(id).map(Kind.Evidence::name),
                                of.findClock(id).map(Kind.ClockRule::name))
                        .flatMap(Optional::stream)
                        .findFirst())
                .map(name -> in(name, reader));
    }

    private static String in(Text name, Texts reader) {
        return reader.chinese() ? name.zh() : name.en();
    }
}
