package jiaoying.water;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of {@code water}: what may see what, and what numbers must not touch. */
class ArchitectureTest {

    /** The packages, each seeing only those before it. */
    private static final List<String> ORDER = List.of("grid", "inundation");

    private static final JavaClasses WATER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("jiaoying.water");

    @Test
    void every_package_is_on_the_map() {
        assertThat(ORDER).containsAll(packages());
    }

    @TestFactory
    Stream<DynamicTest> each_package_sees_only_those_before_it() {
        return packages().stream().map(name -> dynamicTest(name, () -> sees_only_those_before(name)));
    }

    private static void sees_only_those_before(String name) {
        var hidden = new ArrayList<>(ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()));
        var later = hidden.stream().map(ArchitectureTest::tree).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .allowEmptyShould(true)
                .check(WATER);
    }

    @Test
    void water_knows_the_jdk_and_nothing_else() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("jiaoying.water..", "org.jspecify.annotations..", "jdk.incubator.vector..")
                                .or(describe("are bytes and characters in memory", ArchitectureTest::inMemory))
                                .or(describe("are of java.base", ArchitectureTest::ofJavaBase)))
                .check(WATER);
    }

    @Test
    void water_touches_no_file_no_socket_no_thread_and_no_log() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("do input and output", ArchitectureTest::doesInputOrOutput)
                        .or(resideInAnyPackage(
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.logging..",
                                "java.util.concurrent..",
                                "java.lang.reflect.."))
                        .or(describe(
                                "are threads or processes",
                                it -> it.isAssignableTo(Thread.class)
                                        || it.isEquivalentTo(ProcessBuilder.class)
                                        || it.isEquivalentTo(Runtime.class)
                                        || it.isEquivalentTo(ThreadLocal.class))))
                .because("rasters come in and go out as arguments, and hands are lent by the caller")
                .check(WATER);
    }

    @Test
    void water_reads_no_clock() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "are clocks",
                        it -> it.isAssignableTo(java.time.InstantSource.class)
                                || it.isEquivalentTo(java.util.Timer.class)
                                || it.isEquivalentTo(java.util.Date.class)
                                || it.isAssignableTo(java.util.Calendar.class)))
                .orShould()
                .accessTargetWhere(calls("java.time", "now"))
                .orShould()
                .accessTargetWhere(calls("java.lang.System", "currentTimeMillis", "nanoTime"))
                .because("time comes as an argument")
                .check(WATER);
    }

    @Test
    void water_throws_no_dice() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.random..")
                        .or(describe("are random sources", it -> it.isAssignableTo(java.util.Random.class))))
                .orShould()
                .accessTargetWhere(calls("java.lang.Math", "random"))
                .orShould()
                .accessTargetWhere(calls("java.util.UUID", "randomUUID"))
                .because("the same scene gives the same water")
                .check(WATER);
    }

    @Test
    void water_does_not_depend_on_the_machine_it_runs_on() {
        noClasses()
                .should()
                .accessTargetWhere(
                        calls("java.lang.System", "getenv", "getProperty", "identityHashCode", "out", "err", "in"))
                .orShould()
                .accessTargetWhere(calls("java.time.ZoneId", "systemDefault"))
                .orShould()
                .accessTargetWhere(calls("java.util.Locale", "getDefault"))
                .orShould()
                .accessTargetWhere(calls("java.util.TimeZone", "getDefault"))
                .because("water flows the same in all places")
                .check(WATER);
    }

    @Test
    void water_makes_no_collection_whose_order_changes_from_run_to_run() {
        noClasses()
                .should()
                .accessTargetWhere(salted())
                .because("the JDK salts the order of Set.of, Set.copyOf, Map.of and Map.copyOf anew in each process; "
                        + "use a list, a TreeMap or a LinkedHashMap")
                .check(WATER);
    }

    @Test
    void every_package_is_null_marked() {
        packages()
                .forEach(name -> assertThat(
                                WATER.getPackage("jiaoying.water." + name).isAnnotatedWith(NullMarked.class))
                        .as("package jiaoying.water.%s is @NullMarked", name)
                        .isTrue());
    }

    @Test
    void nothing_has_a_name_that_attracts_everything() {
        classes()
                .should(be(describe("free of " + HALLS, it -> !it.getFullName().matches(HALLS))))
                .because("the method belongs on the type it serves, or beside its only caller")
                .check(WATER);
    }

    private static final String HALLS =
            "(?i:.*\\.(utils?|helpers?|commons?|managers?|misc|impl|services?)\\..*)|.*(Utils?|Helpers?|Common|Manager|Misc|Impl|Service)(\\$.*)?";

    private static Set<String> packages() {
        var names = new TreeSet<String>();
        WATER.forEach(it -> names.add(
                it.getPackageName().substring("jiaoying.water.".length()).replaceFirst("\\..*", "")));
        return names;
    }

    private static String tree(String name) {
        return "jiaoying.water." + name + "..";
    }

    private static boolean ofJavaBase(JavaClass it) {
        return it.isPrimitive()
                || it.isArray()
                || Stream.of(
                                "java.lang",
                                "java.math",
                                "java.nio",
                                "java.security",
                                "java.text",
                                "java.time",
                                "java.util")
                        .anyMatch(root -> it.getPackageName().equals(root)
                                || it.getPackageName().startsWith(root + "."));
    }

    private static final List<String> IN_MEMORY = List.of(
            "java.io.Reader",
            "java.io.StringReader",
            "java.io.ByteArrayOutputStream",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.IOException");

    private static boolean inMemory(JavaClass it) {
        return IN_MEMORY.contains(it.getFullName());
    }

    private static boolean doesInputOrOutput(JavaClass it) {
        return it.getPackageName().startsWith("java.io") && !inMemory(it);
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

    private static DescribedPredicate<JavaAccess<?>> salted() {
        return describe("a salted collection", access -> {
            var target = access.getTarget();
            return switch (target.getOwner().getFullName()) {
                case "java.util.Map" -> List.of("copyOf", "ofEntries").contains(target.getName()) || several(access, 2);
                case "java.util.Set" -> target.getName().equals("copyOf") || several(access, 1);
                case "java.util.stream.Collectors" ->
                    List.of("toUnmodifiableSet", "toUnmodifiableMap").contains(target.getName());
                default -> false;
            };
        });
    }

    private static boolean several(JavaAccess<?> access, int atMost) {
        return access.getTarget().getName().equals("of")
                && access.getTarget() instanceof CodeUnitCallTarget call
                && (call.getRawParameterTypes().size() > atMost
                        || call.getRawParameterTypes().stream().anyMatch(JavaClass::isArray));
    }
}
