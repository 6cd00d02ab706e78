package jiaoying.server.page;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.BodyRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** People of the register to choose from (选人), for an exercise: by name, body, duty or area, or all of one of these. */
@RestController
public final class PeopleController {
    private static final int SHOWN = 30;
    private static final int GROUPS_SHOWN = 8;

    /** As many as an exercise may have. */
    private static final int WHOLE = 5_000;

    private final Boards boards;

    public PeopleController(Boards boards) {
        this.boards = boards;
    }

    /** @param found how many there are in all; people: the first of them, groups: of people whose name was typed */
    record Body(int found, List<Person> people, List<Group> groups) {}

    /** @param at places and duties, as they are read beside a name */
    record Person(String person, String name, String post, String body, String at) {}

    /** @param kind body, area or duty; id: as the query of the same name wants it, people: how many it has */
    record Group(String kind, String id, String name, int people) {}

    /** Without a body, area or duty: who and what has these letters in it. With one of them: everybody of it. */
    @GetMapping("/api/answer/people")
    Body people(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String duty,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var book = new Book(boards.forCaller(""), Texts.of(lang));
        var whole = Stream.of(body, area, duty).anyMatch(asked -> !asked.isEmpty());
        var found = whole ? book.all(body, area, duty) : book.named(q.strip().toLowerCase(Locale.ROOT));
        return new Body(
                found.size(),
                found.stream().limit(whole ? WHOLE : SHOWN).map(book::person).toList(),
                whole || q.isBlank() ? List.of() : book.groups(q.strip().toLowerCase(Locale.ROOT)));
    }

    /** The register as one account sees it, in one language. */
    private static final class Book {
        /** Whoever reads English may have a Chinese list before him, and the other way round. */
        private static final List<Texts> BOTH = List.of(Texts.ZH, Texts.EN);

        private static final Comparator<PersonRegistered> BY_ID = Comparator.comparing(PersonRegistered::person);

        private final CityRegister register;
        private final Texts texts;
        private final Map<String, List<DutyAssigned>> duties;
        private final List<PersonRegistered> persons;

        Book(Board board, Texts texts) {
            register = board.register();
            this.texts = texts;
            var scope = board.scope();
            duties = register.duties().stream()
                    .filter(held -> scope.covers(held.area()))
                    .collect(groupingBy(DutyAssigned::person));
            persons = register.persons().values().stream()
                    .filter(row -> scope.whole() || duties.containsKey(row.person()))
                    .sorted(BY_ID)
                    .toList();
        }

        private List<DutyAssigned> duties(PersonRegistered row) {
            return duties.getOrDefault(row.person(), List.of());
        }

        List<PersonRegistered> all(String body, String area, String duty) {
            return persons.stream()
                    .filter(row -> body.isEmpty() || row.body().equals(body))
                    .filter(row -> area.isEmpty() || duties(row).stream().anyMatch(held -> lies(held.area(), area)))
                    .filter(row -> duty.isEmpty()
                            || duties(row).stream().anyMatch(held -> held.duty().equals(duty)))
                    .toList();
        }

        private boolean lies(String area, String whole) {
            var seen = new LinkedHashSet<String>();
            for (var at = Optional.of(area); at.isPresent() && seen.add(at.get()); at = register.parent(at.get())) {
                if (at.get().equals(whole)) {
                    return true;
                }
            }
            return false;
        }

        /** Whose name, number, post, body, place or duty has these letters in it, in either language; names come first. */
        List<PersonRegistered> named(String letters) {
            if (letters.isEmpty()) {
                return List.of();
            }
            return persons.stream()
                    .filter(row -> words(row).anyMatch(word -> has(word, letters)))
                    .sorted(Comparator.<PersonRegistered, Boolean>comparing(
                                    row -> !has(row.name().text(), letters))
                            .thenComparing(BY_ID))
                    .toList();
        }

        private Stream<String> words(PersonRegistered row) {
            return Stream.concat(
                    Stream.concat(
                            Stream.of(row.name().text(), row.person(), row.postZh(), row.postEn()),
                            BOTH.stream().map(language -> register.bodyOf(row.person(), language))),
                    duties(row).stream()
                            .flatMap(held -> Stream.concat(Stream.of(held.duty()), areaNames(held.area()))));
        }

        private Stream<String> areaNames(String area) {
            return BOTH.stream().map(language -> register.areaName(area, language));
        }

        private static boolean has(String word, String letters) {
            return word.toLowerCase(Locale.ROOT).contains(letters);
        }

        Person person(PersonRegistered row) {
            var at = duties(row).stream()
                    .map(held -> register.areaName(held.area(), texts) + " " + held.duty())
                    .distinct()
                    .collect(Collectors.joining(texts.chinese() ? "、" : ", "));
            return new Person(
                    row.person(),
                    register.personName(row.person(), texts),
                    register.post(row.person(), texts),
                    register.bodyOf(row.person(), texts),
                    at);
        }

        List<Group> groups(String letters) {
            var groups = new ArrayList<Group>();
            bodies(letters).forEach((id, name) -> add(groups, "body", id, name, all(id, "", "")));
            areas(letters).forEach((id, name) -> add(groups, "area", id, name, all("", id, "")));
            words().stream()
                    .filter(duty -> has(duty, letters))
                    .limit(GROUPS_SHOWN)
                    .forEach(duty -> add(groups, "duty", duty, duty, all("", "", duty)));
            return groups;
        }

        private static void add(List<Group> groups, String kind, String id, String name, List<?> people) {
            if (!people.isEmpty()) {
                groups.add(new Group(kind, id, name, people.size()));
            }
        }

        private Map<String, String> bodies(String letters) {
            return first(
                    register.bodies().values().stream(),
                    BodyRegistered::body,
                    row -> Stream.of(row.nameZh(), row.nameEn()),
                    row -> texts.chinese() || row.nameEn().isEmpty() ? row.nameZh() : row.nameEn(),
                    letters);
        }

        private Map<String, String> areas(String letters) {
            return first(
                    register.areas().values().stream(),
                    AreaRegistered::area,
                    row -> areaNames(row.area()),
                    row -> register.areaName(row.area(), texts),
                    letters);
        }

        /** The first of those of whose names one has these letters in it: names by id. */
        private static <R> Map<String, String> first(
                Stream<R> rows,
                Function<R, String> id,
                Function<R, Stream<String>> names,
                Function<R, String> name,
                String letters) {
            return rows.filter(row -> names.apply(row).anyMatch(one -> has(one, letters)))
                    .sorted(Comparator.comparing(id))
                    .limit(GROUPS_SHOWN)
                    .collect(Collectors.toMap(id, name, (one, other) -> one, TreeMap::new));
        }

        private Set<String> words() {
            return duties.values().stream()
                    .flatMap(List::stream)
                    .map(DutyAssigned::duty)
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
        }
    }
}
