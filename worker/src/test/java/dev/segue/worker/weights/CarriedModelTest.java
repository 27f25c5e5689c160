package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.jukebox.UntrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model on a class path of its own, and the home that it is unpacked to. */
class CarriedModelTest {
    private static final String NAME = "untrained";
    private static final String WEIGHTS = "prior_level_1.safetensors";

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void carry() throws IOException {
        home = folder.resolve("home");
        UntrainedModel.write(carried(), 1);
    }

    @Test
    void aModelIsUnpackedWhole() throws IOException {
        Path model = unpack();

        assertThat(model).isEqualTo(home.resolve("models/untrained"));
        assertWhole(model);
        try (Stream<Path> files = Files.list(model)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(ModelStore.CARD)
                    .noneMatch(name -> name.contains(".part"));
        }
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws IOException {
        Path weights = unpack().resolve(WEIGHTS);
        Object before = Files.readAttributes(weights, "unix:ino,lastModifiedTime");

        unpack();

        assertThat(Files.readAttributes(weights, "unix:ino,lastModifiedTime")).isEqualTo(before);
    }

    @Test
    void whatIsDamagedOrMissingIsReplaced() throws IOException {
        Path model = unpack();
        for (String name : List.of(ModelStore.CARD, WEIGHTS, "artists.txt")) {
            Files.writeString(model.resolve(name), "damaged");
            assertWhole(unpack());
            Files.delete(model.resolve(name));
            assertWhole(unpack());
        }
    }

    @Test
    void anOlderVersionIsReplacedAlsoIfItsUnpackingBrokeOff() throws IOException {
        Path model = unpack();
        UntrainedModel.write(carried(), 2);

        assertWhole(unpack());

        UntrainedModel.write(carried(), 3);
        Files.delete(model.resolve(WEIGHTS));
        assertWhole(unpack());
    }

    @Test
    void somebodysOwnModelOfThatNameStays() throws IOException {
        Path model = home.resolve("models/untrained");
        String own = UntrainedModel.write(model, 7).card().digest();

        assertThat(unpack()).isEqualTo(model);
        assertThat(ModelCard.read(model.resolve(ModelStore.CARD)).digest()).isEqualTo(own);

        unpackAfterRemoving(model);
        UntrainedModel.write(model, 8);
        unpack();
        assertThat(Sha256.of(model.resolve(WEIGHTS)))
                .isNotEqualTo(Sha256.of(carried().resolve(WEIGHTS)));
    }

    private void unpackAfterRemoving(Path model) throws IOException {
        Files.delete(model.resolve(ModelStore.CARD));
        assertWhole(unpack());
    }

    @Test
    void aProgramThatCarriesNoSuchModelSaysSo() {
        assertThatThrownBy(() -> unpack("other"))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessage("there is no file base/models/other/model.json on the class path; build Segue from a"
                        + " checkout that has it");
        assertThat(home).doesNotExist();
    }

    @Test
    void aProgramWhoseModelIsDamagedSaysWhichFileAndUnpacksNoneOfIt() throws IOException {
        Files.writeString(carried().resolve(WEIGHTS), "damaged");
        assertThatThrownBy(this::unpack)
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining(WEIGHTS);
        assertThat(home.resolve("models/untrained").resolve(WEIGHTS)).doesNotExist();

        Files.writeString(carried().resolve(ModelStore.CARD), "{");
        assertThatThrownBy(this::unpack)
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining("model.json on the class path is refused");
    }

    @Test
    void aHomeThatCannotTakeItIsNamed() throws IOException {
        Files.writeString(home, "a file where the folder belongs");

        assertThatThrownBy(this::unpack)
                .isInstanceOf(WeightsException.NotWritable.class)
                .hasMessageContaining(home.toString())
                .hasMessageContaining("choose another folder");
    }

    @Test
    void processesThatUnpackAtOnceLeaveOneWholeModel() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        Path output = folder.resolve("output");
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            UnpackInOwnProcess.class.getName(),
                            home.toString(),
                            NAME,
                            folder.resolve("classes").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        }

        assertWhole(home.resolve("models/untrained"));
    }

    @Test
    void aModelInAJarIsReadFromWhereItBrokeOff() throws IOException {
        Path jar = folder.resolve("carried.jar");
        byte[] weights = Files.readAllBytes(carried().resolve(WEIGHTS));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            entries.putNextEntry(new JarEntry("base/models/untrained/" + WEIGHTS));
            entries.write(weights);
        }
        try (URLClassLoader loader = loader(jar);
                Transfer transfer = new ClassPathSource(loader, "base")
                        .open("models/untrained/" + WEIGHTS, 1000, Optional.empty());
                InputStream body = transfer.body()) {
            assertThat(transfer.from()).isEqualTo(1000);
            assertThat(transfer.total()).hasValue(weights.length);
            assertThat(body.readAllBytes()).hasSize(weights.length - 1000).endsWith(weights[weights.length - 1]);
        }
    }

    private Path carried() {
        return folder.resolve("classes/base/models/untrained");
    }

    private Path unpack() throws IOException {
        return unpack(NAME);
    }

    private Path unpack(String name) throws IOException {
        try (URLClassLoader loader = loader(folder.resolve("classes"))) {
            return new CarriedModel(name, new ClassPathSource(loader, "base")).unpack(home);
        }
    }

    private static URLClassLoader loader(Path classPath) throws IOException {
        return new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null);
    }

    private void assertWhole(Path model) throws IOException {
        ModelCard card = ModelCard.read(carried().resolve(ModelStore.CARD));
        assertThat(Sha256.of(model.resolve(ModelStore.CARD))).isEqualTo(card.digest());
        for (ModelFile file : card.files()) {
            assertThat(Sha256.of(model.resolve(file.path()))).as(file.path()).isEqualTo(file.sha256());
        }
    }
}
