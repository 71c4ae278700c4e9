package com.avoma.webhooks.common;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.job.JobRecord;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses COMMON =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("com.avoma.webhooks.common");

    @Test
    void seesTheClasses() {
        assertThat(COMMON.contain(JobRecord.class)).isTrue();
    }

    @Test
    void usesKafkaAtItsEdgeOnly() {
        DescribedPredicate<JavaClass> edge =
                resideInAPackage("..common.topic..").or(belongToAnyOf(JobRecord.class));
        noClasses()
                .that(DescribedPredicate.not(edge))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("what is not an edge is tested in milliseconds, without a broker")
                .check(COMMON);
    }

    @Test
    void usesNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("the wire contract must not change with a framework")
                .check(COMMON);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("com.avoma.webhooks.common.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package is a feature that is understood without those that use it")
                .check(COMMON);
    }
}
