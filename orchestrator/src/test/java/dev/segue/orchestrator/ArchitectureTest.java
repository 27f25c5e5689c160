package dev.segue.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the orchestrator may know which. */
@AnalyzeClasses(packages = "dev.segue", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theOrchestratorKnowsNoWorkerNoTensorAndNoObjectStore = noClasses()
            .that()
            .resideInAPackage("dev.segue.orchestrator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.segue.worker..",
                    "dev.segue.standalone..",
                    "dev.segue.embedded..",
                    "ai.djl..",
                    "software.amazon.awssdk..")
            .because("it speaks to workers through topics alone, and only they read and write objects");

    @ArchTest
    static final ArchRule stateKnowsNoWire = noClasses()
            .that()
            .resideInAPackage("dev.segue.orchestrator.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.segue.contracts.wire..", "dev.segue.contracts.topic..", "io.confluent..")
            .because("a song goes on from its state without a registry");

    @ArchTest
    static final ArchRule packagesDependDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("callback")
            .definedBy("dev.segue.orchestrator.callback..")
            .layer("webhook")
            .definedBy("dev.segue.orchestrator.webhook..")
            .layer("plan")
            .definedBy("dev.segue.orchestrator.plan..")
            .layer("state")
            .definedBy("dev.segue.orchestrator.state..")
            .layer("topology")
            .definedBy("dev.segue.orchestrator.topology..")
            .layer("program")
            .definedBy("dev.segue.orchestrator")
            .whereLayer("callback")
            .mayNotAccessAnyLayer()
            .whereLayer("webhook")
            .mayOnlyAccessLayers("callback")
            .whereLayer("plan")
            .mayOnlyAccessLayers("callback")
            .whereLayer("state")
            .mayOnlyAccessLayers("plan")
            .whereLayer("topology")
            .mayOnlyAccessLayers("state", "plan")
            .because("a program runs a topology, which moves songs from state to state as plans say, and tells of it"
                    + " what events say");

    @ArchTest
    static final ArchRule onlyFeedAndProgramOfWebhooksKnowKafka = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.segue.orchestrator.webhook.delivery..",
                    "dev.segue.orchestrator.webhook.message..",
                    "dev.segue.orchestrator.webhook.signature..",
                    "dev.segue.orchestrator.callback..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("when a message is sent again is tested without a cluster, with a clock that stands still");

    @ArchTest
    static final ArchRule noPackagesDependOnEachOther = slices().matching("dev.segue.orchestrator.(*)")
            .should()
            .beFreeOfCycles()
            .because("a cycle is one package under two names");
}
