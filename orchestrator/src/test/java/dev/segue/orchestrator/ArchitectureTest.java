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
    static final ArchRule theOrchestratorKnowsNoWorkerAndNoTensor = noClasses()
            .that()
            .resideInAPackage("dev.segue.orchestrator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.segue.worker..", "dev.segue.standalone..", "dev.segue.embedded..", "ai.djl..")
            .because("it speaks to workers through topics alone");

    @ArchTest
    static final ArchRule onlyHttpReadsObjects = noClasses()
            .that()
            .resideInAPackage("dev.segue.orchestrator..")
            .and()
            .resideOutsideOfPackage("dev.segue.orchestrator.status.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("workers alone write objects, and songs are made without the orchestrator seeing one");

    @ArchTest
    static final ArchRule onlyHttpKnowsItsServer = noClasses()
            .that()
            .resideInAPackage("dev.segue.orchestrator..")
            .and()
            .resideOutsideOfPackage("dev.segue.orchestrator.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
            .because("songs are made without anybody looking");

    @ArchTest
    static final ArchRule statusKnowsNothingOfHowSongsAreMade = noClasses()
            .that()
            .resideInAPackage("dev.segue.orchestrator.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.segue.orchestrator.state..", "dev.segue.orchestrator.topology..")
            .because("any orchestrator tells of songs, whichever makes them: from what lies in topics");

    @ArchTest
    static final ArchRule plansAndStateTellNobody = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.orchestrator.plan..", "dev.segue.orchestrator.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..", "dev.segue.telemetry..")
            .because("what is decided is the same whoever watches");

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
            .layer("document")
            .definedBy("dev.segue.orchestrator.status.document..")
            .layer("view")
            .definedBy("dev.segue.orchestrator.status.view..")
            .layer("openapi")
            .definedBy("dev.segue.orchestrator.status.openapi..")
            .layer("http")
            .definedBy("dev.segue.orchestrator.status.http..")
            .layer("page")
            .definedBy("dev.segue.orchestrator.status.page..")
            .layer("status")
            .definedBy("dev.segue.orchestrator.status")
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
            .whereLayer("document")
            .mayNotAccessAnyLayer()
            .whereLayer("view")
            .mayOnlyAccessLayers("document", "plan")
            .whereLayer("openapi")
            .mayOnlyAccessLayers("document")
            .whereLayer("http")
            .mayOnlyAccessLayers("openapi", "view", "document", "plan")
            .whereLayer("page")
            .mayOnlyAccessLayers("http", "document")
            .whereLayer("status")
            .mayOnlyAccessLayers("http", "openapi", "view", "document", "plan")
            .because("a program runs a topology, which moves songs from state to state as plans say");

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
