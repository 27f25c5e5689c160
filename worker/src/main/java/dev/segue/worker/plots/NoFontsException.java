package dev.segue.worker.plots;

import java.io.IOException;

/** This machine's Java cannot write letters, so no picture has labels. */
public final class NoFontsException extends IOException {
    NoFontsException(Throwable cause) {
        super(
                "a picture needs fonts but Java finds none on this machine (" + cause
                        + "); install fontconfig and a font, on Debian with apt-get install fontconfig fonts-dejavu-core",
                cause);
    }
}
