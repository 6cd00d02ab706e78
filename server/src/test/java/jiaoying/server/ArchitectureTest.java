package jiaoying.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of {@code server}, the shell around the decisions: who sees whom, and who may touch SQL, Spring and clocks. */
class ArchitectureTest {

    /** Each package and those of the others that it may see. All may see {@code duty}. */
    private static final Map<String, Set<String>> SEES = Map.ofEntries(
            entry("scratch", Set.of()),
            entry("postgres", Set.of()),
            entry("pack", Set.of("reply")),
            entry("flood", Set.of("reply")),
            entry("forecaster", Set.of("scratch", "reply", "store", "flood", "courier")),
            entry("reply", Set.of()),
            entry("store", Set.of()),
            entry("register", Set.of("store", "reply")),
            entry("programme", Set.of("pack", "register")),
            entry("ledger", Set.of("store", "reply")),
            entry("loop", Set.of("store")),
            entry("courier", Set.of("store", "reply")),
            entry("security", Set.of("store", "reply")),
            entry("cap", Set.of("pack", "reply", "store", "register")),
            entry("door", Set.of("store", "reply", "security", "cap")),
            entry("page", Set.of("store", "reply", "security", "cap", "door", "programme")),
            entry(
                    "replay",
                    Set.of("scratch", "postgres", "pack", "reply", "store", "register", "ledger", "loop", "courier")),
            entry("sim", Set.of("scratch", "postgres", "store", "loop", "courier")),
            entry("drill", Set.of("courier")),
            entry("watch", Set.of()),
            entry("demo", Set.of("pack", "store", "register", "loop", "courier", "replay")),
            entry(
                    "main",
                    Set.of(
                            "scratch",
                            "postgres",
                            "pack",
                            "programme",
                            "flood",
                            "forecaster",
                            "reply",
                            "store",
                            "register",
                            "ledger",
                            "loop",
                            "courier",
                            "security",
                            "cap",
                            "door",
                            "page",
                            "replay",
                            "sim",
                            "drill",
                            "watch",
                            "demo")));

    /** The packages that play the outside world. */
    private static final String[] STAGES = trees("replay", "sim", "drill", "demo", "main");

    /** The packages that know Spring; the core is made by plain constructors. */
    private static final String[] SPRING = trees("door", "page", "reply", "security", "main");

    /** The packages that may ask what time it is. */
    private static final String[] CLOCKS = trees("door", "loop", "main", "replay", "drill", "demo");

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("jiaoying.server");

    @Test
    void every_package_is_on_the_map() {
        assertThat(SEES.keySet()).containsAll(packages());
    }

    @TestFactory
    Stream<DynamicTest> each_package_sees_only_its_neighbours() {
        return packages().stream().map(name -> dynamicTest(name, () -> sees_only_its_neighbours(name)));
    }

    private static void sees_only_its_neighbours(String name) {
        var hidden = new TreeSet<>(SEES.keySet());
        hidden.removeAll(SEES.getOrDefault(name, Set.of()));
        hidden.remove(name);
        noClasses()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(trees(hidden.toArray(String[]::new)))
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void no_two_packages_see_each_other() {
        slices().matching("jiaoying.server.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void only_the_store_speaks_sql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(tree("store"), tree("postgres"), tree("main"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.springframework.jdbc..")
                .because("SQL stands beside the store class that uses it; the database starter only asks who answers")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void main_passes_a_data_source_but_asks_it_nothing() {
        noClasses()
                .that()
                .resideInAPackage(tree("main"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "org.springframework.jdbc..")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void the_core_is_free_of_spring() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SPRING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void only_the_stages_know_the_simulated_world() {
        noClasses()
                .that()
                .resideOutsideOfPackages(STAGES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jiaoying.sim..")
                .because("a real room never meets a simulated carrier")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void only_doors_and_the_loop_ask_what_time_it_is() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CLOCKS)
                .should()
                .accessTargetWhere(calls("java.time", "now", "system", "systemUTC", "systemDefaultZone"))
                .orShould()
                .accessTargetWhere(calls("java.lang.System", "currentTimeMillis"))
                .orShould()
                .callConstructor(java.util.Date.class)
                .because("everything else is told the time; System.nanoTime is for waiting, not for the record")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void every_package_is_null_marked() {
        packages()
                .forEach(name -> assertThat(
                                SERVER.getPackage("jiaoying.server." + name).isAnnotatedWith(NullMarked.class))
                        .as("package jiaoying.server.%s is @NullMarked", name)
                        .isTrue());
    }

    @Test
    void nothing_has_a_name_that_attracts_everything() {
        classes()
                .should(be(DescribedPredicate.<JavaClass>describe(
                        "free of " + HALLS, it -> !it.getFullName().matches(HALLS))))
                .allowEmptyShould(true)
                .check(SERVER);
    }

    private static final String HALLS =
            "(?i:.*\\.(utils?|helpers?|commons?|managers?|misc|impl|services?)\\..*)|.*(Utils?|Helpers?|Common|Manager|Misc|Impl|Service)(\\$.*)?";

    private static Set<String> packages() {
        var names = new TreeSet<String>();
        SERVER.forEach(it -> names.add(
                it.getPackageName().substring("jiaoying.server.".length()).replaceFirst("\\..*", "")));
        return names;
    }

    private static String tree(String name) {
        return "jiaoying.server." + name + "..";
    }

    private static String[] trees(String... names) {
        return Stream.of(names).map(ArchitectureTest::tree).toArray(String[]::new);
    }

    /** An access to one of these members of a class, or of any class of a package. */
    private static DescribedPredicate<JavaAccess<?>> calls(String owner, String... members) {
        return describe(owner + "." + List.of(members), access -> {
            var target = access.getTarget();
            return List.of(members).contains(target.getName())
                    && (target.getOwner().getFullName().equals(owner)
                            || target.getOwner().getPackageName().equals(owner));
        });
    }
}
