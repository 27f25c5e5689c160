package dev.segue.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.commons.imaging.formats.png.PngImageParser;
import org.apache.commons.imaging.formats.png.PngImagingParameters;

/** Pictures of the page, by day and by night, below target/page; {@code -Dsegue.docs.write=true} makes those of docs/page anew. */
final class Pictures {
    private static final Path FOLDER =
            Boolean.getBoolean("segue.docs.write") ? Path.of("..", "docs", "page") : Path.of("target", "page");
    private static final int MOST_BYTES = 150_000;

    private Pictures() {}

    /** The page as it is, in both colours. */
    static void take(Page page, String name) throws IOException {
        Files.createDirectories(FOLDER);
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            // Pictures on canvases are drawn anew in the next frames.
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
            byte[] small = small(page.screenshot());
            assertThat(small).as(name).hasSizeLessThan(MOST_BYTES);
            Files.write(FOLDER.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"), small);
        }
    }

    /** The same picture in 256 colours of its own: less than half as large, and nobody sees it. */
    private static byte[] small(byte[] picture) throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture));
        BufferedImage opaque = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(read, 0, 0, null);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new PngImageParser().writeImage(opaque, written, new PngImagingParameters().setForceIndexedColor(true));
        return written.toByteArray();
    }
}
