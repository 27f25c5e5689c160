package dev.segue.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which: the picture in ARCHITECTURE.md, held. */
@AnalyzeClasses(packages = "dev.segue", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CONTRACTS = "dev.segue.contracts..";
    private static final String TORCH = "ai.djl..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String AVRO = "org.apache.avro..";
    private static final String S3 = "software.amazon.awssdk..";

    @ArchTest
    static final ArchRule contractsKnowNobody = noClasses()
            .that()
            .resideInAPackage(CONTRACTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.segue.worker..", TORCH)
            .because("whoever plans or watches songs shares these words and must not carry a tensor library for them");

    @ArchTest
    static final ArchRule onlyAccessToTheStoreKnowsS3 = noClasses()
            .that()
            .resideInAPackage(CONTRACTS)
            .and()
            .resideOutsideOfPackage("dev.segue.contracts.store")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(S3)
            .because("records name objects by their keys, wherever these lie");

    @ArchTest
    static final ArchRule onlyTheWireAndItsClientsKnowKafka = noClasses()
            .that()
            .resideInAPackage(CONTRACTS)
            .and()
            .resideOutsideOfPackages("dev.segue.contracts.wire", "dev.segue.contracts.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, "io.confluent..")
            .because("what is said does not hang on how it travels");

    @ArchTest
    static final ArchRule windowsAndRejectionsArePlainJava = classes()
            .that()
            .resideInAnyPackage("dev.segue.contracts.window", "dev.segue.contracts.request")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.segue.contracts.window", "dev.segue.contracts.request")
            .because("the schedule is arithmetic, which is tested without anything around it");

    @ArchTest
    static final ArchRule onlyCardsAndRequestsAreWrittenAsJson = noClasses()
            .that()
            .resideInAPackage(CONTRACTS)
            .and()
            .haveSimpleNameNotStartingWith("ModelCardJson")
            .and()
            .resideOutsideOfPackages("dev.segue.contracts.record", "dev.segue.contracts.client")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..")
            .because("shapes and windows are records whose meaning does not hang on how they are written");

    @ArchTest
    static final ArchRule theModelAndItsSamplerKnowNoTransport = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.segue.worker.jukebox..",
                    "dev.segue.worker.sampling..",
                    "dev.segue.worker.training..",
                    "dev.segue.worker.torch..",
                    "dev.segue.worker.audio..",
                    "dev.segue.worker.sound..",
                    "dev.segue.worker.lyrics..",
                    "dev.segue.worker.codes..",
                    "dev.segue.worker.figures..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, S3, AVRO)
            .because("what is computed must not depend on how it is asked for or where it is put");

    @ArchTest
    static final ArchRule onlyRolesKnowKafka = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker..")
            .and()
            .resideOutsideOfPackages(
                    "dev.segue.worker.tasks..", "dev.segue.worker.generation..", "dev.segue.worker.assembly..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, AVRO, "dev.segue.contracts.record..", "dev.segue.contracts.wire..")
            .because("records and topics end where work begins");

    @ArchTest
    static final ArchRule onlyRolesTellWhatTheyMeasure = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker..")
            .and()
            .resideOutsideOfPackages(
                    "dev.segue.worker",
                    "dev.segue.worker.tasks..",
                    "dev.segue.worker.generation..",
                    "dev.segue.worker.assembly..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..", "dev.segue.telemetry..")
            .because("a model, its sampler and its files are the same whoever watches");

    @ArchTest
    static final ArchRule lanesKnowNothingOfTheWork = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker.tasks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    TORCH,
                    S3,
                    "dev.segue.worker.jukebox..",
                    "dev.segue.worker.sampling..",
                    "dev.segue.worker.weights..",
                    "dev.segue.worker.generation..",
                    "dev.segue.worker.assembly..")
            .because("every role comes by its work in the same way");

    @ArchTest
    static final ArchRule rolesDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker.generation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.segue.worker.assembly..")
            .because("a worker may have one role without the other");

    @ArchTest
    static final ArchRule assemblyDoesNotKnowGeneration = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker.assembly..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.segue.worker.generation..")
            .because("a worker may have one role without the other");

    @ArchTest
    static final ArchRule assemblyLoadsNoPrior = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker.assembly..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "dev\\.segue\\.worker\\.(jukebox\\.Prior|sampling\\.(SlotEngine|SongSampler|LevelSampler|LyricAligner))")
            .because("words are checked and sound is made on machines that could not hold a prior");

    @ArchTest
    static final ArchRule theStoreKnowsObjectsAndNothingOfSongs = classes()
            .that()
            .resideInAPackage("dev.segue.worker.store..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.slf4j..",
                    S3,
                    "dev.segue.contracts.settings..",
                    "dev.segue.worker.weights..",
                    "dev.segue.worker.store..")
            .because("whoever keeps songs, prompts or models in a bucket comes by it in the same way");

    @ArchTest
    static final ArchRule onlyTheStoreAndModelSourcesSpeakS3 = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker..")
            .and()
            .resideOutsideOfPackages("dev.segue.worker.store..", "dev.segue.worker.weights..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage(S3).and(not(assignableTo("software.amazon.awssdk.services.s3.S3Client"))))
            .because("failures of a store become ours in one place; others only pass its connection on");

    @ArchTest
    static final ArchRule weightsAreReadWithoutTorch = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker.weights..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TORCH, KAFKA, AVRO)
            .because("an import streams files of many gigabytes in bounded memory and executes nothing of them");

    @ArchTest
    static final ArchRule labelsAndAlignmentKnowNoTensors = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.worker.jukebox.labels..", "dev.segue.worker.jukebox.alignment..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TORCH)
            .because("they are exact arithmetic on words and numbers");

    @ArchTest
    static final ArchRule soundFilesAndLyricFilesKnowNoTensors = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.worker.sound..", "dev.segue.worker.lyrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TORCH)
            .because("files are read and written where no model is loaded");

    @ArchTest
    static final ArchRule songsAreMadeAndJudgedWithoutTensors = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.segue.worker.corpus..", "dev.segue.worker.manifest..", "dev.segue.worker.evaluation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TORCH, KAFKA, S3, AVRO)
            .because("what a model learns from and is judged by must not hang on what computes the model");

    @ArchTest
    static final ArchRule logsAndPicturesKnowOnlyNumbers = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.worker.trainlog..", "dev.segue.worker.plots..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TORCH, KAFKA, S3, AVRO)
            .because("what a training says is read and drawn where no model is loaded");

    @ArchTest
    static final ArchRule onlyPicturesNeedAWindowingToolkit = noClasses()
            .that()
            .resideInAPackage("dev.segue..")
            .and()
            .resideOutsideOfPackage("dev.segue.worker.plots..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.imageio..", "org.knowm..")
            .because("servers run where there are no fonts");

    @ArchTest
    static final ArchRule whatIsComposedIsTheSameOnEveryMachine = noClasses()
            .that()
            .resideInAPackage("dev.segue.worker.corpus..")
            .should()
            .callMethodWhere(target(nameMatching("sin|cos|tan|exp|expm1|log|log10|log1p|pow|cbrt|hypot|a?tan2?|sinh"))
                    .and(target(owner(type(Math.class)))))
            .because("java.lang.Math may round these differently from processor to processor; StrictMath does not");

    @ArchTest
    static final ArchRule onlyTheTorchPackageTouchesTheEngine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.segue.worker.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.engine..")
            .because("the traps of the engine are written down in one place");

    @ArchTest
    static final ArchRule packagesOfTheWorkerDependDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("torch")
            .definedBy("dev.segue.worker.torch")
            .layer("weights")
            .definedBy("dev.segue.worker.weights")
            .layer("labels")
            .definedBy("dev.segue.worker.jukebox.labels")
            .layer("alignment")
            .definedBy("dev.segue.worker.jukebox.alignment")
            .layer("audio")
            .definedBy("dev.segue.worker.audio")
            .layer("jukebox")
            .definedBy("dev.segue.worker.jukebox")
            .layer("sampling")
            .definedBy("dev.segue.worker.sampling")
            .layer("training")
            .definedBy("dev.segue.worker.training")
            .layer("sound")
            .definedBy("dev.segue.worker.sound")
            .layer("lyrics")
            .definedBy("dev.segue.worker.lyrics")
            .layer("codes")
            .definedBy("dev.segue.worker.codes")
            .layer("manifest")
            .definedBy("dev.segue.worker.manifest")
            .layer("corpus")
            .definedBy("dev.segue.worker.corpus")
            .layer("evaluation")
            .definedBy("dev.segue.worker.evaluation")
            .layer("trainlog")
            .definedBy("dev.segue.worker.trainlog")
            .layer("plots")
            .definedBy("dev.segue.worker.plots")
            .layer("figures")
            .definedBy("dev.segue.worker.figures")
            .layer("trainer")
            .definedBy("dev.segue.worker.trainer")
            .whereLayer("torch")
            .mayNotAccessAnyLayer()
            .whereLayer("weights")
            .mayNotAccessAnyLayer()
            .whereLayer("labels")
            .mayNotAccessAnyLayer()
            .whereLayer("alignment")
            .mayOnlyAccessLayers("labels")
            .whereLayer("audio")
            .mayOnlyAccessLayers("torch")
            .whereLayer("jukebox")
            .mayOnlyAccessLayers("torch", "weights", "labels", "alignment")
            .whereLayer("sampling")
            .mayOnlyAccessLayers("jukebox", "alignment", "labels", "torch")
            .whereLayer("training")
            .mayOnlyAccessLayers("jukebox", "labels", "audio", "weights", "torch")
            .whereLayer("sound")
            .mayOnlyAccessLayers("audio")
            .whereLayer("lyrics")
            .mayOnlyAccessLayers("alignment", "labels")
            .whereLayer("codes")
            .mayOnlyAccessLayers("sampling", "jukebox", "sound", "weights")
            .whereLayer("manifest")
            .mayNotAccessAnyLayer()
            .whereLayer("corpus")
            .mayOnlyAccessLayers("manifest", "sound", "audio")
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("manifest", "sound", "audio")
            .whereLayer("trainlog")
            .mayNotAccessAnyLayer()
            .whereLayer("plots")
            .mayOnlyAccessLayers("trainlog")
            .whereLayer("figures")
            .mayOnlyAccessLayers(
                    "evaluation", "manifest", "sound", "audio", "lyrics", "sampling", "jukebox", "alignment", "labels")
            .whereLayer("trainer")
            .mayOnlyAccessLayers(
                    "training",
                    "trainlog",
                    "plots",
                    "manifest",
                    "sound",
                    "audio",
                    "jukebox",
                    "labels",
                    "weights",
                    "torch")
            .because("a model is read from its bytes upwards: bytes, tensors, layers, windows, songs");

    @ArchTest
    static final ArchRule noPackagesDependOnEachOther = slices().matching("dev.segue.(**)")
            .should()
            .beFreeOfCycles()
            .because("a cycle is one package under two names");
}
