package jiaoying.sim;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The map of {@code sim}: the world outside knows nothing of the duty room that listens to it. */
class ArchitectureTest {

    private static final JavaClasses SIM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("jiaoying.sim");

    @Test
    void sim_knows_the_jdk_and_nothing_else() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "jiaoying.sim..",
                        "java..",
                        "javax.net..",
                        "com.sun.net.httpserver..",
                        "org.jspecify.annotations..")
                .allowEmptyShould(true)
                .check(SIM);
    }

    @Test
    void the_world_moves_by_the_clock_it_is_given() {
        noClasses()
                .should()
                .accessTargetWhere(calls("java.time", "now", "system", "systemUTC", "systemDefaultZone"))
                .orShould()
                .accessTargetWhere(calls("java.lang.System", "currentTimeMillis"))
                .orShould()
                .accessTargetWhere(calls("java.lang.Thread", "sleep"))
                .because("in a replay the whole world lives in virtual time")
                .allowEmptyShould(true)
                .check(SIM);
    }

    @Test
    void every_chance_comes_from_the_seed() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "are random without a seed",
                        it -> it.isEquivalentTo(ThreadLocalRandom.class)
                                || it.isEquivalentTo(java.security.SecureRandom.class)))
                .orShould()
                .accessTargetWhere(calls("java.lang.Math", "random"))
                .orShould()
                .accessTargetWhere(calls("java.util.UUID", "randomUUID"))
                .orShould()
                .callConstructor(java.util.Random.class)
                .because("the same seed gives the same world")
                .allowEmptyShould(true)
                .check(SIM);
    }

    @Test
    void no_two_packages_see_each_other() {
        slices().matching("jiaoying.sim.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(SIM);
    }

    @Test
    void every_package_is_null_marked() {
        var names = new TreeSet<String>();
        SIM.forEach(it -> names.add(it.getPackageName()));
        names.forEach(name -> assertThat(SIM.getPackage(name).isAnnotatedWith(NullMarked.class))
                .as("package %s is @NullMarked", name)
                .isTrue());
    }

    @Test
    void nothing_has_a_name_that_attracts_everything() {
        classes()
                .should(be(DescribedPredicate.<JavaClass>describe(
                        "free of " + HALLS, it -> !it.getFullName().matches(HALLS))))
                .allowEmptyShould(true)
                .check(SIM);
    }

    private static final String HALLS =
            "(?i:.*\\.(utils?|helpers?|commons?|managers?|misc|impl|services?)\\..*)|.*(Utils?|Helpers?|Common|Manager|Misc|Impl|Service)(\\$.*)?";

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
