package dev.upshift;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Waiting;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;

/** Keeps the rules that hold across all modules; what modules may know of each other is in {@link ModularityTests}. */
class ArchitectureTests {

    private static final String ROOT = UpshiftApplication.class.getPackageName();

    private static final JavaClasses UPSHIFT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** The modules that reach servers of others, and the one that brings our own. */
    @Test
    void connectionsAreOpenedInThreeModulesOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.upshift.postgres..", "dev.upshift.pooler..", "dev.upshift.metadata..")
                .should()
                .dependOnClassesThat(belongToAnyOf(DriverManager.class, Driver.class)
                        .or(describe(
                                "data sources of the driver",
                                type -> type.getPackageName().startsWith("org.postgresql.ds"))))
                .because("every connection to a foreign server needs the timeouts that those modules set"));
    }

    @Test
    void statementsForForeignServersAreMadeInOneModule() {
        DescribedPredicate<JavaCall<?>> statements = target(nameMatching("jdbc|change"))
                .and(target(owner(assignableTo(PostgresSession.class))))
                .forSubtype();
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.upshift.postgres..")
                .should()
                .callMethodWhere(statements)
                .because("what differs between versions, rights and catalogues is known there"));
    }

    @Test
    void timeComesFromAnInjectedClock() {
        DescribedPredicate<JavaCall<?>> now = target(name("now"))
                .and(target(owner(assignableTo(TemporalAccessor.class))))
                .and(target(rawParameterTypes(List.of())))
                .forSubtype();
        check(noClasses()
                .should()
                .callMethodWhere(now)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(java.util.Date.class)
                .because("tests set the clock"));
    }

    @Test
    void clocksAreMadeInConfigurationOnly() {
        DescribedPredicate<JavaCall<?>> system = target(nameMatching("system.*|tick.*"))
                .and(target(owner(assignableTo(Clock.class))))
                .forSubtype();
        check(noClasses().that(areNoConfigurations()).should().callMethodWhere(system));
    }

    @Test
    void waitingHappensInOnePlace() {
        check(noClasses()
                .that()
                .areNotAssignableTo(Waiting.class)
                .should()
                .callMethodWhere(target(name("sleep")).forSubtype())
                .orShould()
                .accessTargetWhere(targetOwner(assignableTo(LockSupport.class)).forSubtype())
                .because("every wait needs a deadline and must end on interruption"));
    }

    @Test
    void repositoriesStayInsideTheirModule() {
        check(classes()
                .that()
                .areAssignableTo(Repository.class)
                .or()
                .areAnnotatedWith(org.springframework.stereotype.Repository.class)
                .should()
                .bePackagePrivate()
                .because("other modules speak to the collection in the module's top package")
                .allowEmptyShould(true));
    }

    @Test
    void controllersLiveInWebPackages() {
        check(classes()
                .that()
                .areMetaAnnotatedWith(Controller.class)
                .or()
                .areAnnotatedWith(Controller.class)
                .should()
                .resideInAPackage("..web..")
                .allowEmptyShould(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Impl", "Manager", "Helper", "Util", "Utils", "Dto", "DTO"})
    void namesSayWhatAThingIs(String emptyWord) {
        check(noClasses().should().haveSimpleNameEndingWith(emptyWord));
    }

    @Test
    void dependenciesComeThroughConstructors() {
        check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
    }

    @Test
    void whatHappensGoesToTheLog() {
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noPackagesOfAModuleDependOnEachOtherInACircle(String module) {
        check(slices().assignedFrom(new PackagesOf(module))
                .should()
                .beFreeOfCycles()
                .because("what belongs together is one package, and what does not has a direction"));
    }

    static Stream<String> modules() {
        return UPSHIFT.stream()
                .map(ArchitectureTests::moduleOf)
                .filter(module -> !module.isEmpty())
                .distinct()
                .sorted();
    }

    /** @return the empty text for what belongs to no module */
    private static String moduleOf(JavaClass type) {
        String inside = type.getPackageName().substring(ROOT.length());
        return inside.isEmpty() ? inside : inside.split("\\.")[1];
    }

    /** Every package of a module is a slice, its top package as well. */
    private record PackagesOf(String module) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT) && moduleOf(type).equals(module)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of " + module;
        }
    }

    private static DescribedPredicate<JavaClass> areNoConfigurations() {
        return describe(
                "are no configurations",
                type -> !type.isAnnotatedWith(Configuration.class) && !type.isMetaAnnotatedWith(Configuration.class));
    }

    private static void check(ArchRule rule) {
        rule.check(UPSHIFT);
    }
}
