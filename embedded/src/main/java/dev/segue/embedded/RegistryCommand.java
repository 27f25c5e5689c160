package dev.segue.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command line of the registry's process. */
final class RegistryCommand {
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Xshare:auto", "-Djava.awt.headless=true");
    // Interrupting a program at the terminal reaches its children too; this one ends when its parent has finished.
    private static final List<String> WITHOUT_INTERRUPT = List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");

    private RegistryCommand() {}

    static List<String> of(RegistryHome home, Path folder, int port, int managementPort) {
        List<String> command = new ArrayList<>();
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            command.addAll(WITHOUT_INTERRUPT);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        for (String setting : settings(folder, port, managementPort)) {
            command.add("-D" + setting);
        }
        command.add("-cp");
        command.add(home.program() + File.pathSeparator + home.classes());
        command.add(RegistryProcess.class.getName());
        command.add(folder.resolve("lock").toString());
        return command;
    }

    private static List<String> settings(Path folder, int port, int managementPort) {
        return List.of(
                "quarkus.http.host=" + Ports.HOST,
                "quarkus.http.port=" + port,
                // On every interface by default.
                "quarkus.management.host=" + Ports.HOST,
                "quarkus.management.port=" + managementPort,
                "quarkus.http.access-log.enabled=false",
                // In memory by default.
                "apicurio.datasource.url=jdbc:h2:file:" + folder.resolve("registry"),
                "apicurio.datasource.jdbc.initial-size=2",
                "apicurio.datasource.jdbc.min-size=2",
                "apicurio.datasource.jdbc.max-size=10",
                "apicurio.app.name=Segue's embedded registry");
    }
}
