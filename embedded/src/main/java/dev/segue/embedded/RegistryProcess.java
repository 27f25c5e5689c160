package dev.segue.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the registry's own JVM starts with. It runs the registry's program, unchanged, and ends when its standard input
 * does: the parent holds the other end and never writes, so that the system closes it with the parent, however that
 * ends. Uses the JDK alone, because nothing else of Segue's is on its class path.
 */
final class RegistryProcess {
    private static final String PROGRAM = "io.quarkus.runner.GeneratedMain";
    private static final long GRACE_MILLIS = 5_000;

    private RegistryProcess() {}

    /**
     * Runs the registry.
     *
     * @param arguments the file to hold a lock on
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        daemon("parent-watch", RegistryProcess::endWithParent);
        // One whose parent was killed may need a moment to end; two on one database would not do.
        FileChannel channel =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        // By name, because the program is no library: it is not there when this is compiled.
        Class.forName(PROGRAM).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        lock.release();
    }

    private static void endWithParent() {
        try {
            // Nobody writes: there is nothing but the end to come.
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as the end.
        }
        daemon("end-by-force", RegistryProcess::haltAfterGrace);
        System.exit(0);
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
