package dev.segue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed, and ends that nobody ordered. */
@Timeout(180)
class FaultTest {
    @TempDir
    private Path data;

    @Test
    void aKilledProgramLeavesNoRegistryBehindAndItsFolderStartsAgain() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HolderProgram.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle registry;
        try (BufferedReader says = holder.inputReader(StandardCharsets.UTF_8)) {
            registry = ProcessHandle.of(Long.parseLong(says.readLine())).orElseThrow();
            assertThat(registry.isAlive()).isTrue();
            assertThatThrownBy(() -> Infrastructure.start(data, Ports.free()))
                    .isInstanceOf(EmbeddedException.FolderInUse.class)
                    .hasMessageContaining("in use by process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        // At once, while the registry of the killed program may still be ending.
        Infrastructure again = Infrastructure.start(data, Ports.free());
        again.close();
        again.close();
        registry.onExit().get(60, TimeUnit.SECONDS);
        assertThat(registry.isAlive()).isFalse();
    }

    @Test
    void aTakenPortIsNamedAndTheOtherServersAreStoppedAgain() throws Exception {
        try (ServerSocket taken = Ports.bound(0)) {
            assertThatThrownBy(() -> Infrastructure.start(data, new Ports(0, 0, taken.getLocalPort())))
                    .isInstanceOf(EmbeddedException.PortTaken.class)
                    .hasMessageContaining("port %d of the S3 server is taken", taken.getLocalPort())
                    .hasMessageContaining("give another port");
        }
        assertThat(ProcessHandle.current().children().filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains(data.toString()))
                        .isPresent()))
                .isEmpty();
        FolderLock.take(data).close();
        assertThatCode(() -> EmbeddedKafka.start(data.resolve("kafka"), 0).close())
                .doesNotThrowAnyException();
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Ports(0, 65_536, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port is 65536: give 1 to 65535, or 0 for any free one");
    }

    @Test
    void aServerThatLosesItsFreePortTriesAnother() throws Exception {
        try (ServerSocket taken = Ports.bound(0)) {
            int lost = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.start("server", lost, port -> port))
                    .isInstanceOf(EmbeddedException.PortTaken.class);
        }
        int[] tries = {0};
        int port = Ports.start("server", 0, chosen -> {
            if (tries[0]++ == 0) {
                return lostTo(chosen);
            }
            return chosen;
        });
        assertThat(port).isPositive();
        assertThat(tries[0]).isEqualTo(2);
        assertThatThrownBy(() -> Ports.start("server", 0, chosen -> {
                    throw new EmbeddedException.NotStarted("server", "it is broken", null);
                }))
                .isInstanceOf(EmbeddedException.NotStarted.class)
                .hasMessage("the server did not start: it is broken");
    }

    private static int lostTo(int port) throws EmbeddedException {
        try {
            // Stays bound until the end of the test's JVM.
            Ports.bound(port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new EmbeddedException.NotStarted("server", "somebody was faster", null);
    }

    @Test
    void aRegistryThatCannotReadItsFolderQuotesItsLog() throws Exception {
        Files.writeString(data.resolve("registry.mv.db"), "no database");
        assertThatThrownBy(() -> EmbeddedRegistry.start(data, 0))
                .isInstanceOf(EmbeddedException.NotStarted.class)
                .hasMessageContaining("the schema registry did not start")
                .hasMessageContaining("the end of " + data.resolve("registry.log"))
                .hasMessageContaining("registry.mv.db");
    }

    @Test
    void aRegistryThatWasNotUnpackedSaysHowTo() {
        assertThatThrownBy(() -> RegistryHome.in(data, data))
                .isInstanceOf(EmbeddedException.NotInstalled.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining("./mvnw -pl embedded -am generate-resources")
                .hasMessageContaining("-Dsegue.registry.home");
    }

    @Test
    void aBrokerWhoseFolderIsDamagedDoesNotEndTheProgram() throws Exception {
        Path logs = Files.createDirectories(data.resolve("logs"));
        Files.writeString(logs.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");
        assertThatThrownBy(() -> EmbeddedKafka.start(data, 0))
                .isInstanceOf(EmbeddedException.NotStarted.class)
                .hasMessageContaining("the Kafka broker did not start")
                .hasMessageContaining(data.toString());
    }

    @Test
    void credentialsAreTheOwnersAloneAndNeverPrinted() throws Exception {
        Path file = data.resolve("credentials.properties");
        S3Credentials made = S3Credentials.in(file);
        assertThat(S3Credentials.in(file)).isEqualTo(made);
        assertThat(made.toString()).contains(made.accessKey()).doesNotContain(made.secretKey());
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        Files.write(file, List.of("access.key=x"));
        assertThatThrownBy(() -> EmbeddedS3.start(data, 0, "songs"))
                .isInstanceOf(EmbeddedException.NotStarted.class)
                .hasMessageContaining("lacks access.key or secret.key: delete it");
        Path other = Files.createDirectories(data.resolve("other")).resolve("credentials.properties");
        assertThat(S3Credentials.in(other).secretKey()).isNotEqualTo(made.secretKey());
    }
}
