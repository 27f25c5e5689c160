package dev.segue.orchestrator.plan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What planning may know. */
@AnalyzeClasses(packages = "dev.segue.orchestrator.plan", importOptions = DoNotIncludeTests.class)
class PlanDependenciesTest {
    @ArchTest
    static final ArchRule planningKnowsContractsAndRulesOfAddressesAndNothingElse = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "dev.segue.orchestrator.plan",
                    "dev.segue.orchestrator.callback",
                    "dev.segue.contracts.model",
                    "dev.segue.contracts.record",
                    "dev.segue.contracts.request",
                    "dev.segue.contracts.window")
            .because(
                    "what is decided about songs must not hang on how they travel, and is tested without anything around");
}
