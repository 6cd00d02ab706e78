package jiaoying.rules;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What every pure module keeps to. The module's own {@code ArchitectureTest} names its packages and what else it may use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PureModule {
    /** Types of {@code java.io} that reach no farther than memory. */
    protected static final List<String> IN_MEMORY = List.of(
            "java.io.Reader",
            "java.io.StringReader",
            "java.io.ByteArrayOutputStream",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.IOException");

    private static final String HALLS =
            "(?i:.*\\.(utils?|helpers?|commons?|managers?|misc|impl|services?)\\..*)|.*(Utils?|Helpers?|Common|Manager|Misc|Impl|Service)(\\$.*)?";

    private final String root;
    private final List<String> order;
    private final List<String> types;
    private final String[] known;
    private final JavaClasses module;

    /**
     * @param root the module's package
     * @param order its packages, each seeing only those before it
     * @param types of {@code java.io} that it may use
     * @param packages beside its own and those of java.base that it may use, as {@code "org.w3c.dom.."}
     */
    protected PureModule(String root, List<String> order, List<String> types, String... packages) {
        this.root = root;
        this.order = order;
        this.types = types;
        known = Stream.concat(Stream.of(root + "..", "org.jspecify.annotations.."), Stream.of(packages))
                .toArray(String[]::new);
        module = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
    }

    /** The packages that this one must not see. */
    protected List<String> hidden(String name) {
        return order.subList(order.indexOf(name) + 1, order.size());
    }

    @Test
    void every_package_is_on_the_map() {
        assertThat(order).containsAll(packages());
    }

    @TestFactory
    Stream<DynamicTest> each_package_sees_only_those_before_it() {
        return packages().stream().map(name -> dynamicTest(name, () -> sees_only_those_before(name)));
    }

    private void sees_only_those_before(String name) {
        noClasses()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(hidden(name).stream().map(this::tree).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(module);
    }

    @Test
    void it_knows_the_jdk_and_nothing_else() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(known)
                        .or(describe("are bytes and characters in memory", this::inMemory))
                        .or(describe("are of java.base", PureModule::ofJavaBase)))
                .check(module);
    }

    @Test
    void it_touches_no_file_no_socket_no_thread_and_no_log() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("do input and output", this::doesInputOrOutput)
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
                .because("what takes time or may fail is done by others, and errors are values")
                .check(module);
    }

    @Test
    void it_reads_no_clock() {
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
                .because("time is an argument")
                .check(module);
    }

    @Test
    void it_throws_no_dice() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.random..")
                        .or(describe("are random sources", it -> it.isAssignableTo(java.util.Random.class))))
                .orShould()
                .accessTargetWhere(calls("java.lang.Math", "random"))
                .orShould()
                .accessTargetWhere(calls("java.util.UUID", "randomUUID"))
                .because("the same input gives the same result, byte for byte")
                .check(module);
    }

    @Test
    void it_does_not_depend_on_the_machine_it_runs_on() {
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
                .because("the same input gives the same result in all places")
                .check(module);
    }

    @Test
    void it_makes_no_collection_whose_order_changes_from_run_to_run() {
        noClasses()
                .should()
                .accessTargetWhere(salted())
                .because("the JDK salts the order of Set.of, Set.copyOf, Map.of and Map.copyOf anew in each process; "
                        + "use a list, a TreeMap or a LinkedHashMap")
                .check(module);
    }

    @Test
    void every_package_is_null_marked() {
        packages()
                .forEach(name -> assertThat(module.getPackage(root + "." + name).isAnnotatedWith(NullMarked.class))
                        .as("package %s.%s is @NullMarked", root, name)
                        .isTrue());
    }

    @Test
    void nothing_has_a_name_that_attracts_everything() {
        classes()
                .should(be(describe("free of " + HALLS, it -> !it.getFullName().matches(HALLS))))
                .because("the method belongs on the type it serves, or beside its only caller")
                .check(module);
    }

    private Set<String> packages() {
        var names = new TreeSet<String>();
        module.forEach(
                it -> names.add(it.getPackageName().substring(root.length() + 1).replaceFirst("\\..*", "")));
        return names;
    }

    private String tree(String name) {
        return root + "." + name + "..";
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

    private boolean inMemory(JavaClass it) {
        return types.contains(it.getFullName());
    }

    private boolean doesInputOrOutput(JavaClass it) {
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
