package dev.segue.embedded;

import java.nio.file.Path;

/** Another program on a data folder: starts the servers, says the registry's process number, and stays. */
final class HolderProgram {
    private HolderProgram() {}

    public static void main(String[] arguments) throws Exception {
        Infrastructure infrastructure = Infrastructure.start(Path.of(arguments[0]), Ports.free());
        System.out.println(infrastructure.registry().pid());
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }
}
