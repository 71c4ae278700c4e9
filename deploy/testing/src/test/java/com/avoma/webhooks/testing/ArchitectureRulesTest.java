package com.avoma.webhooks.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.avoma.webhooks.testing.bad.ClockHelper;
import com.avoma.webhooks.testing.bad.GoodListener;
import com.avoma.webhooks.testing.bad.Injected;
import com.avoma.webhooks.testing.bad.Talker;
import com.avoma.webhooks.testing.bad.one.One;
import com.avoma.webhooks.testing.bad.two.Two;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureRulesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Talker.OverSocket.class,
                Talker.OverHttp.class,
                Talker.OverKafka.class,
                Injected.class
            })
    void refusesInputAndOutputOutsideTheEdge(Class<?> type) {
        refuses(
                ArchitectureRules.onlyTheEdgeDoesInputAndOutput(),
                "Spring, Kafka, R2DBC, Netty or sockets",
                type);
    }

    @Test
    void allowsInputAndOutputAtTheEdgeAndInItsNestedClasses() {
        allows(
                ArchitectureRules.onlyTheEdgeDoesInputAndOutput(),
                GoodListener.class,
                GoodListener.Loop.class);
    }

    @Test
    void allowsInputAndOutputInAClassThatIsNamed() {
        allows(ArchitectureRules.onlyTheEdgeDoesInputAndOutput("Talker"), Talker.OverSocket.class);
    }

    @Test
    void refusesToReadTheClockOutsideTheEdge() {
        ArchRule rule = ArchitectureRules.onlyTheEdgeReadsTheClock();
        refuses(rule, "Instant.now()", ClockHelper.class);
        refuses(rule, "System.currentTimeMillis()", ClockHelper.class);
        refuses(rule, "Clock.systemUTC()", ClockHelper.class);
        refuses(rule, "Instant.now()", ClockHelper.ByReference.class);
    }

    @Test
    void allowsToReadTheClockAtTheEdgeAndAClockAnywhere() {
        allows(ArchitectureRules.onlyTheEdgeReadsTheClock(), GoodListener.class, One.class);
    }

    @Test
    void refusesNamesThatSayNothing() {
        refuses(ArchitectureRules.namesSayWhatAClassDoes(), "ClockHelper", ClockHelper.class);
        allows(ArchitectureRules.namesSayWhatAClassDoes(), GoodListener.class, One.class);
    }

    @Test
    void refusesCyclesOfPackages() {
        ArchRule rule = ArchitectureRules.packagesHaveNoCycles("com.avoma.webhooks.testing.bad");
        refuses(rule, "Cycle detected", One.class, Two.class);
        allows(rule, One.class);
    }

    @Test
    void refusesInjectionIntoFields() {
        refuses(ArchitectureRules.nothingIsInjectedIntoFields(), "Injected.key", Injected.class);
        allows(ArchitectureRules.nothingIsInjectedIntoFields(), One.class);
    }

    @Test
    void refusesAPackageWithoutClassesRatherThanFindingNothingWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchitectureRules.check("com.avoma.webhooks.misspelt"))
                .withMessageContaining("com.avoma.webhooks.misspelt");
    }

    private static void refuses(ArchRule rule, String what, Class<?>... types) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(new ClassFileImporter().importClasses(List.of(types))))
                .withMessageContaining(what)
                .withMessageContaining("because");
    }

    private static void allows(ArchRule rule, Class<?>... types) {
        assertThatCode(() -> rule.check(new ClassFileImporter().importClasses(List.of(types))))
                .doesNotThrowAnyException();
    }
}
