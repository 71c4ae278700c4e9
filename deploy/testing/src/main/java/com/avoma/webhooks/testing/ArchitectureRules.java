package com.avoma.webhooks.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The house style as far as a machine can hold it. Each module has one small test that calls
/// [#check].
public final class ArchitectureRules {
    private static final List<String> EDGES =
            List.of(
                    "Listener",
                    "Publisher",
                    "Controller",
                    "Sender",
                    "Client",
                    "Repository",
                    "Metrics",
                    "Properties",
                    "Configuration",
                    "Application");

    private static final DescribedPredicate<JavaClass> IO =
            resideInAnyPackage(
                            "org.springframework..",
                            "org.apache.kafka..",
                            "io.r2dbc..",
                            "io.netty..",
                            "reactor.netty..",
                            "java.net.http..")
                    .or(assignableTo("java.net.Socket"))
                    .or(assignableTo("java.net.ServerSocket"))
                    .or(assignableTo("java.net.DatagramSocket"))
                    .or(assignableTo("java.net.URLConnection"))
                    .or(assignableTo("java.nio.channels.NetworkChannel"))
                    .as("are of Spring, Kafka, R2DBC, Netty or sockets");

    private static final Set<String> CLOCK_READS =
            Set.of(
                    "java.lang.System.currentTimeMillis()",
                    "java.time.Instant.now()",
                    "java.time.LocalDate.now()",
                    "java.time.LocalTime.now()",
                    "java.time.LocalDateTime.now()",
                    "java.time.OffsetDateTime.now()",
                    "java.time.ZonedDateTime.now()",
                    "java.time.Clock.systemUTC()",
                    "java.time.Clock.systemDefaultZone()",
                    "java.time.InstantSource.system()",
                    "java.util.Date.<init>()");

    private ArchitectureRules() {}

    /// Checks every rule on the main classes of a module.
    ///
    /// @param basePackage like `com.avoma.webhooks.delivery`
    /// @param alsoEdge simple names of classes that are at the edge although their names do not end
    ///   like it
    /// @throws AssertionError with each violation and the rule's reason
    /// @throws IllegalArgumentException if there is no class in the package
    public static void check(String basePackage, String... alsoEdge) {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(basePackage);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "package: " + basePackage + " (expected: one with classes)");
        }
        Stream.of(
                        onlyTheEdgeDoesInputAndOutput(alsoEdge),
                        onlyTheEdgeReadsTheClock(alsoEdge),
                        namesSayWhatAClassDoes(),
                        packagesHaveNoCycles(basePackage),
                        nothingIsInjectedIntoFields())
                .forEach(rule -> rule.check(classes));
    }

    public static ArchRule onlyTheEdgeDoesInputAndOutput(String... alsoEdge) {
        return noClasses()
                .that(are(not(edge(alsoEdge))))
                .should()
                .dependOnClassesThat(IO)
                .because(
                        "what decides is plain Java, tested in milliseconds; what talks says so in its name: *"
                                + String.join(", *", EDGES))
                .allowEmptyShould(true);
    }

    public static ArchRule onlyTheEdgeReadsTheClock(String... alsoEdge) {
        return noClasses()
                .that(are(not(edge(alsoEdge))))
                .should()
                .accessTargetWhere(readsTheClock())
                .because(
                        "policy takes time as an argument or a Clock, so that a test replays a day in milliseconds")
                .allowEmptyShould(true);
    }

    public static ArchRule namesSayWhatAClassDoes() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base|DTO|Dto)")
                .because(
                        "a newcomer finds a thing by guessing its name, and these names say nothing");
    }

    public static ArchRule packagesHaveNoCycles(String basePackage) {
        return slices().matching(basePackage + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("a package is a feature that can be read, moved and deleted by itself")
                .allowEmptyShould(true);
    }

    public static ArchRule nothingIsInjectedIntoFields() {
        return noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource")
                .because("a constructor shows what a class needs, and a test calls it")
                .allowEmptyShould(true);
    }

    /// Nested and anonymous classes belong to the edge where the class around them does.
    private static DescribedPredicate<JavaClass> edge(String... also) {
        List<String> names = List.of(also);
        return describe(
                "at the edge",
                type -> {
                    String name = outermostName(type);
                    return names.contains(name)
                            || name.equals("package-info")
                            || EDGES.stream().anyMatch(name::endsWith);
                });
    }

    private static String outermostName(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length());
        String simple = name.startsWith(".") ? name.substring(1) : name;
        int nested = simple.indexOf('$');
        return nested < 0 ? simple : simple.substring(0, nested);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return describe(
                "reads the clock",
                access -> CLOCK_READS.contains(access.getTarget().getFullName()));
    }
}
