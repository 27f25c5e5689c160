package dev.segue.worker.weights;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** A process of its own that unpacks one model. */
public final class UnpackInOwnProcess {
    private UnpackInOwnProcess() {}

    /** Unpacks the model {@code args[1]} of the class path {@code args[2]} into the home {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        URL classPath = Path.of(args[2]).toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath}, null)) {
            new CarriedModel(args[1], new ClassPathSource(loader, "base")).unpack(Path.of(args[0]));
        }
    }
}
