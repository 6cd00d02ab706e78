package jiaoying.server.page;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.Offers;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Text;
import jiaoying.duty.programme.Usual;
import jiaoying.duty.room.ItemOffers;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemCard;
import jiaoying.duty.room.View.ItemControl;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;

/** Items with the names that people read: of stages and fields from the packs, of people, bodies and areas from the register. */
final class ItemWords {
    private final Map<String, Programme> programmes = new LinkedHashMap<>();

    ItemWords(List<Programme> programmes) {
        programmes.forEach(one -> this.programmes.put(one.name(), one));
    }

    record Named(String id, String name) {}

    /** @param state running or missed; null where no clock runs */
    record Due(
            String clock, String name, Instant at, Instant firstAt, Instant since, boolean provisional, String state) {}

    record Row(
            String item,
            String number,
            String title,
            Named programme,
            Named kind,
            Named stage,
            String core,
            Named level,
            Named area,
            Named lead,
            Named supervising,
            Instant openedAt,
            Instant changedAt,
            @Nullable Instant closedAt,
            @Nullable Due due,
            List<Card> cards,
            List<Control> controls,
            int rework,
            String place) {}

    record Card(
            String card,
            String name,
            String level,
            List<Named> persons,
            String reason,
            Instant dueAt,
            Instant issuedAt,
            @Nullable Instant answerBy,
            String how,
            Named by,
            String text,
            @Nullable Instant endedAt) {}

    record Control(
            String signal,
            String ask,
            List<Named> persons,
            Instant dueAt,
            String how,
            Named by,
            String text,
            @Nullable Instant endedAt) {}

    record FieldWords(
            String id,
            String name,
            String type,
            String unit,
            boolean required,
            List<Named> choices,
            String value,
            String shown) {}

    /**
     * A step that exists from the item's stage.
     *
     * @param lead       the usual lead body of the item's town where the step names bodies, else empty; supervising: likewise
     * @param approval   role of another person who must agree first, or empty
     * @param approvedBy who agreed
     * @param refused    by which rule whoever asks may not take it; null: he may, once he brings what it needs
     */
    record Step(
            String step,
            String name,
            Named to,
            List<String> by,
            List<String> fields,
            List<Named> evidence,
            boolean bodies,
            Named lead,
            Named supervising,
            boolean reason,
            boolean onSite,
            String approval,
            @Nullable Named approvedBy,
            Problem.@Nullable Words refused) {}

    /**
     * What there is to do beside the steps.
     *
     * @param deed    as the room's messages name it: pause-item, ask-extension ...
     * @param of      the step, clock, card or signal that it is about, or empty
     * @param fields  that may be filled with it
     * @param refused by which rule whoever asks may not; null: he may
     */
    record Beside(String deed, String of, List<String> fields, Problem.@Nullable Words refused) {}

    record Act(
            String step,
            String name,
            Named from,
            Named to,
            Named by,
            String role,
            Named onBehalfOf,
            String body,
            Instant recordedAt,
            Instant happenedAt,
            String reason) {}

    /** @param type of the file, or empty when it is not kept here */
    record Proof(
            String need,
            String name,
            String sha256,
            String file,
            Instant takenAt,
            String place,
            Named by,
            Instant recordedAt,
            String type) {}

    record Extension(String clock, String name, int days, Named by, String reason, Instant decideBy) {}

    record Whole(
            Row row,
            List<FieldWords> fields,
            List<Named> assisting,
            List<Step> steps,
            List<Beside> beside,
            List<Due> clocks,
            List<Extension> extensions,
            List<Act> acts,
            List<Proof> proofs,
            String source,
            String parent,
            List<String> children,
            String pausedFor) {}

    record ProgrammeWords(
            String name,
            String title,
            String version,
            List<Named> roles,
            List<KindWords> kinds,
            List<Named> indicators,
            boolean imports) {}

    record KindWords(String id, String name, boolean loop, List<Named> stages, List<FieldWords> fields) {}

    /** @param parent of an area, or empty */
    record AreaChoice(String id, String name, String parent) {}

    record PersonChoice(String id, String name, String body) {}

    record Choices(List<AreaChoice> areas, List<Named> bodies, List<PersonChoice> persons) {}

    Choices choices(Board board, Texts texts) {
        var register = board.register();
        var roles = new Loop(List.copyOf(programmes.values()), Loop.NONE.calendar()).duties();
        return new Choices(
                register.areas().values().stream()
                        .filter(area -> board.scope().covers(area.area()))
                        .map(area -> new AreaChoice(area.area(), register.areaName(area.area(), texts), area.parent()))
                        .toList(),
                register.bodies().keySet().stream()
                        .map(one -> body(one, board, texts))
                        .toList(),
                register.duties().stream()
                        .filter(row -> roles.contains(row.duty()))
                        .map(row -> row.person())
                        .distinct()
                        .sorted()
                        .map(one -> new PersonChoice(one, register.personName(one, texts), register.bodyOf(one, texts)))
                        .toList());
    }

    Row row(ItemView item, Board board, Texts texts) {
        var programme = programmes.get(item.programme());
        var kind = kind(item);
        return new Row(
                item.item(),
                item.number(),
                item.title(),
                new Named(item.programme(), programme == null ? item.programme() : in(programme.title(), texts)),
                new Named(item.kind(), kind.map(one -> in(one.name(), texts)).orElse(item.kind())),
                stage(kind, item.stage(), texts),
                item.core().name(),
                new Named(
                        item.level(),
                        kind.flatMap(one -> one.findField(one.level()))
                                .map(field -> choice(field, item.level(), texts))
                                .orElse(item.level())),
                new Named(item.area(), board.register().areaName(item.area(), texts)),
                body(item.lead(), board, texts),
                body(item.supervising(), board, texts),
                item.openedAt(),
                item.changedAt(),
                ItemQuery.endedAt(item).orElse(null),
                ItemQuery.next(item).map(clock -> due(clock, kind, texts)).orElse(null),
                item.cards().stream()
                        .map(card -> card(card, item, board, texts))
                        .toList(),
                item.controls().stream()
                        .map(control -> control(control, item, kind, board, texts))
                        .toList(),
                item.rework(),
                place(item));
    }

    /** Longitude and latitude, as {@code 121.015,30.678}; empty where none is known. */
    private static String place(ItemView item) {
        return TraceBook.place(item).map(at -> at[0] + "," + at[1]).orElse("");
    }

    String bodyName(String body, Board board, Texts texts) {
        return body(body, board, texts).name();
    }

    String stageName(ItemView item, String stage, Texts texts) {
        return stage(kind(item), stage, texts).name();
    }

    String clockName(ItemView item, String clock, Texts texts) {
        return clockName(clock, kind(item), texts);
    }

    /** Whether an item waits for this person, or belongs to his body. */
    static boolean concerns(ItemView item, String person, Board board) {
        var body = Optional.ofNullable(board.register().persons().get(person))
                .map(row -> row.body())
                .orElse("");
        return !body.isEmpty()
                        && (item.lead().equals(body) || item.supervising().equals(body))
                || item.cards().stream()
                        .anyMatch(card ->
                                card.how().equals("open") && card.persons().contains(person))
                || item.controls().stream()
                        .anyMatch(one ->
                                one.how().equals("asked") && one.persons().contains(person));
    }

    /**
     * @param person who asks: his steps are those that he may take
     * @param types  of the files of evidence that are kept, by their hash; empty for others
     */
    Whole whole(ItemView item, String person, UnaryOperator<String> types, Board board, Texts texts) {
        var kind = kind(item);
        return new Whole(
                row(item, board, texts),
                kind.map(one -> one.fields().stream()
                                .map(field -> field(field, value(item, field.id()), board, texts))
                                .toList())
                        .orElse(List.of()),
                item.assisting().stream().map(one -> body(one, board, texts)).toList(),
                kind.map(one -> steps(one, item, person, board, texts)).orElse(List.of()),
                kind.map(one -> beside(one, item, person, board, texts)).orElse(List.of()),
                item.clocks().stream().map(clock -> due(clock, kind, texts)).toList(),
                item.extensions().stream()
                        .map(one -> new Extension(
                                one.clock(),
                                clockName(one.clock(), kind, texts),
                                one.days(),
                                person(one.by(), board, texts),
                                one.reason(),
                                one.decideBy()))
                        .toList(),
                item.acts().stream()
                        .map(act -> act(
                                act.move(),
                                act.from(),
                                act.to(),
                                act.by(),
                                act.recordedAt(),
                                act.happenedAt(),
                                act.reason(),
                                item,
                                kind,
                                board,
                                texts))
                        .toList(),
                item.proofs().stream()
                        .map(one -> new Proof(
                                one.proof().need(),
                                kind.flatMap(k -> k.findEvidence(one.proof().need()))
                                        .map(need -> in(need.name(), texts))
                                        .orElse(one.proof().need()),
                                one.proof().sha256(),
                                one.proof().name(),
                                one.proof().takenAt(),
                                one.proof().place(),
                                person(one.by().person(), board, texts),
                                one.recordedAt(),
                                types.apply(one.proof().sha256())))
                        .toList(),
                item.source(),
                item.parent(),
                item.children(),
                item.pausedFor());
    }

    private static String value(ItemView item, String field) {
        return item.fields().stream()
                .filter(entry -> entry.field().equals(field))
                .map(entry -> entry.value())
                .findFirst()
                .orElse("");
    }

    private List<Beside> beside(Kind kind, ItemView item, String person, Board board, Texts texts) {
        var programme = Optional.ofNullable(programmes.get(item.programme())).orElseThrow();
        return ItemOffers.beside(
                        item, programme, new RegisterDirectory(board.register(), programmes), person, board.at())
                .stream()
                .map(one -> new Beside(
                        word(one.deed()),
                        one.of(),
                        fields(one.deed(), kind, item),
                        one.refused().map(no -> refusal(no, item, board, texts)).orElse(null)))
                .toList();
    }

    private static String word(Offers.Deed deed) {
        return switch (deed) {
            case PAUSE -> "pause-item";
            case RESUME -> "resume-item";
            case FILL -> "fill-item";
            case APPROVE -> "approve-item";
            case ASK_EXTENSION -> "ask-extension";
            case DECIDE_EXTENSION -> "decide-extension";
            case ANSWER_CARD -> "answer-card";
            case CANCEL_CARD -> "cancel-card";
            case CONFIRM_CONTROL -> "confirm-control";
        };
    }

    /** What ended takes only what its kind takes after the end. */
    private static List<String> fields(Offers.Deed deed, Kind kind, ItemView item) {
        return switch (deed) {
            case FILL ->
                item.core().open() ? kind.fields().stream().map(Field::id).toList() : kind.afterClose();
            case ASK_EXTENSION -> kind.extension().map(Kind.Extension::fields).orElse(List.of());
            case PAUSE, RESUME, APPROVE, DECIDE_EXTENSION, ANSWER_CARD, CANCEL_CARD, CONFIRM_CONTROL -> List.of();
        };
    }

    private Problem.Words refusal(Outcome.Refused no, ItemView item, Board board, Texts texts) {
        return Problem.Words.refused(
                texts,
                RefusalNames.named(
                        no, Optional.ofNullable(programmes.get(item.programme())), kind(item), board, texts));
    }

    private List<Step> steps(Kind kind, ItemView item, String person, Board board, Texts texts) {
        var programme = Optional.ofNullable(programmes.get(item.programme())).orElseThrow();
        return ItemOffers.of(item, programme, new RegisterDirectory(board.register(), programmes), person).stream()
                .map(offer -> step(kind, offer, item, board, texts))
                .toList();
    }

    private Step step(Kind kind, ItemOffers.Offer offer, ItemView item, Board board, Texts texts) {
        var move = offer.move();
        var usual = Optional.ofNullable(programmes.get(item.programme()))
                .filter(one -> move.bodies())
                .flatMap(one -> one.usualFor(kind.id(), value(item, one.town())));
        return new Step(
                move.id(),
                in(move.name(), texts),
                stage(Optional.of(kind), move.to(), texts),
                move.by().stream()
                        .map(role -> role(item.programme(), role, texts))
                        .toList(),
                move.fields(),
                move.evidence().stream()
                        .map(need -> new Named(
                                need,
                                kind.findEvidence(need)
                                        .map(one -> in(one.name(), texts))
                                        .orElse(need)))
                        .toList(),
                move.bodies(),
                body(usual.map(Usual::lead).orElse(""), board, texts),
                body(usual.map(Usual::supervising).orElse(""), board, texts),
                move.reason(),
                move.onSite(),
                move.approval().isEmpty() ? "" : role(item.programme(), move.approval(), texts),
                item.approvals().stream()
                        .filter(one -> one.move().equals(move.id()))
                        .findFirst()
                        .map(one -> person(one.by().person(), board, texts))
                        .orElse(null),
                offer.refused().map(no -> refusal(no, item, board, texts)).orElse(null));
    }

    private Act act(
            String move,
            String from,
            String to,
            Actor by,
            Instant recordedAt,
            Instant happenedAt,
            String reason,
            ItemView item,
            Optional<Kind> kind,
            Board board,
            Texts texts) {
        return new Act(
                move,
                kind.flatMap(one -> one.findMove(move))
                        .map(one -> in(one.name(), texts))
                        .orElse(move),
                from.isEmpty() ? new Named("", "") : stage(kind, from, texts),
                stage(kind, to, texts),
                person(by.person(), board, texts),
                role(item.programme(), by.role(), texts),
                person(by.onBehalfOf(), board, texts),
                body(by.body(), board, texts).name(),
                recordedAt,
                happenedAt,
                reason);
    }

    /** Why a card went, or what a warning asked: the room said it in Chinese, and the pack has the other words for it. */
    private static String reason(String said, ItemView item, Optional<Kind> kind, Texts texts) {
        return kind.stream()
                .flatMap(one -> Stream.concat(
                        one.clocks().stream().map(Kind.ClockRule::name),
                        one.linkages().stream()
                                .map(asks -> new Text(
                                        filled(asks.ask().zh(), item),
                                        filled(asks.ask().en(), item)))))
                .filter(text -> text.zh().equals(said))
                .map(text -> in(text, texts))
                .findFirst()
                .orElse(said);
    }

    private static String filled(String text, ItemView item) {
        var filled = text.replace("{number}", item.number());
        for (var entry : item.fields()) {
            filled = filled.replace("{" + entry.field() + "}", entry.value());
        }
        return filled;
    }

    private Card card(ItemCard card, ItemView item, Board board, Texts texts) {
        var kind = kind(item);
        var level = Optional.ofNullable(programmes.get(item.programme()))
                .map(one -> in(one.card(card.level()), texts))
                .orElseGet(() -> texts.say("card.level." + card.level()));
        var name = kind.stream()
                .flatMap(one -> one.ladder().stream())
                .filter(rung -> rung.id().equals(card.rung()))
                .map(rung -> rung.level().equals(card.level())
                        ? in(rung.name(), texts)
                        : level + " · " + in(rung.name(), texts))
                .findFirst()
                .orElse(level);
        return new Card(
                card.card(),
                name,
                card.level(),
                card.persons().stream().map(one -> person(one, board, texts)).toList(),
                reason(card.reason(), item, kind, texts),
                card.dueAt(),
                card.issuedAt(),
                card.answerBy().orElse(null),
                card.how(),
                person(card.by(), board, texts),
                card.text(),
                card.endedAt().orElse(null));
    }

    private static Control control(ItemControl control, ItemView item, Optional<Kind> kind, Board board, Texts texts) {
        return new Control(
                control.signal(),
                reason(control.ask(), item, kind, texts),
                control.persons().stream().map(one -> person(one, board, texts)).toList(),
                control.dueAt(),
                control.how(),
                person(control.by(), board, texts),
                control.text(),
                control.endedAt().orElse(null));
    }

    private static Due due(ClockView clock, Optional<Kind> kind, Texts texts) {
        return new Due(
                clock.clock(),
                clockName(clock.clock(), kind, texts),
                clock.dueAt(),
                clock.firstDue(),
                clock.startedAt(),
                clock.provisional(),
                clock.state());
    }

    private static String clockName(String clock, Optional<Kind> kind, Texts texts) {
        return kind.flatMap(one -> one.findClock(clock))
                .map(rule -> in(rule.name(), texts))
                .orElse(clock);
    }

    ProgrammeWords programme(Programme programme, Texts texts) {
        return new ProgrammeWords(
                programme.name(),
                in(programme.title(), texts),
                programme.version(),
                programme.roles().stream()
                        .map(role -> new Named(role.id(), in(role.name(), texts)))
                        .toList(),
                programme.kinds().stream()
                        .map(kind -> new KindWords(
                                kind.id(),
                                in(kind.name(), texts),
                                kind.loop(),
                                kind.stages().stream()
                                        .map(stage -> new Named(stage.id(), in(stage.name(), texts)))
                                        .toList(),
                                kind.fields().stream()
                                        .map(field -> field(field, "", null, texts))
                                        .toList()))
                        .toList(),
                programme.indicators().stream()
                        .map(one -> new Named(one.id(), in(one.name(), texts)))
                        .toList(),
                programme.exchange().isPresent());
    }

    private static FieldWords field(Field field, String value, @Nullable Board board, Texts texts) {
        var shown = switch (field.type()) {
            case CHOICE -> choice(field, value, texts);
            case AREA ->
                board == null || value.isEmpty() ? value : board.register().areaName(value, texts);
            case PERSON ->
                board == null || value.isEmpty() ? value : board.register().personName(value, texts);
            case TEXT, INTEGER, DECIMAL, DATE, MOMENT, FLAG, PLACE, FILE -> value;
        };
        return new FieldWords(
                field.id(),
                in(field.name(), texts),
                field.type().word(),
                field.unit(),
                field.required(),
                field.choices().stream()
                        .filter(one -> !one.retired() || one.id().equals(value))
                        .map(one -> new Named(one.id(), in(one.name(), texts)))
                        .toList(),
                value,
                shown);
    }

    private static String choice(Field field, String value, Texts texts) {
        return field.choices().stream()
                .filter(one -> one.id().equals(value))
                .map(one -> in(one.name(), texts))
                .findFirst()
                .orElse(value);
    }

    private Optional<Kind> kind(ItemView item) {
        return Optional.ofNullable(programmes.get(item.programme())).flatMap(one -> one.findKind(item.kind()));
    }

    private static Named stage(Optional<Kind> kind, String stage, Texts texts) {
        return new Named(
                stage,
                kind.flatMap(one -> one.findStage(stage))
                        .map(one -> in(one.name(), texts))
                        .orElse(stage));
    }

    private String role(String programme, String role, Texts texts) {
        return Optional.ofNullable(programmes.get(programme))
                .flatMap(one -> one.findRole(role))
                .map(one -> in(one.name(), texts))
                .orElse(role);
    }

    private static Named person(String person, Board board, Texts texts) {
        return new Named(person, person.isEmpty() ? "" : board.register().personName(person, texts));
    }

    String title(Programme programme, Texts texts) {
        return in(programme.title(), texts);
    }

    static Named body(String body, Board board, Texts texts) {
        return new Named(
                body,
                Optional.ofNullable(board.register().bodies().get(body))
                        .map(row -> texts.chinese() || row.nameEn().isEmpty() ? row.nameZh() : row.nameEn())
                        .orElse(body));
    }

    private static String in(Text text, Texts texts) {
        return texts.chinese() ? text.zh() : text.en();
    }
}
