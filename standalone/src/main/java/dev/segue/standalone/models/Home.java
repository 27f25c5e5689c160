package dev.segue.standalone.models;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where this machine keeps models. */
public final class Home {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:SEGUE_HOME:-${sys:user.home}/.segue}",
            description = "Folder that keeps models (in models) and downloads. Default: SEGUE_HOME, or ~/.segue.")
    private Path folder;

    /** The folder that options name. */
    public Home() {}

    /** A folder. */
    public Home(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder.toAbsolutePath().normalize();
    }

    /** What broker, registry and object store of this machine keep, songs among it. */
    public Path data() {
        return folder().resolve("data");
    }

    public Path models() {
        return folder().resolve("models");
    }
}
