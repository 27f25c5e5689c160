package dev.segue.worker.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels to draw on, white at first, and the way from there to a PNG file. */
final class Picture {
    /** Of all text. Text is antialiased in greys, which look the same on every screen. */
    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    private Picture() {}

    /**
     * Draws.
     *
     * @return [height][width] pixels without transparency
     * @throws NoFontsException if Java has no fonts here
     */
    static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) throws NoFontsException {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            requireFonts(() -> graphics.getFontMetrics(FONT).stringWidth("Hz"));
            drawing.accept(graphics);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** Tries fonts: Java says in many ways, most of them errors, that it has none. */
    static void requireFonts(Runnable trial) throws NoFontsException {
        try {
            trial.run();
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new NoFontsException(e);
        }
    }

    /** The text, shortened at its end to a width in pixels. */
    static String fitting(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && metrics.stringWidth(text.substring(0, length) + "…") > width) {
            length = text.offsetByCodePoints(length, -1);
        }
        return text.substring(0, length).stripTrailing() + "…";
    }

    /** Writes a PNG file, which appears when it is whole and replaces what was there; its folder is made. */
    static void write(Path png, BufferedImage image) throws IOException {
        byte[] bytes = encode(image);
        Files.createDirectories(png.toAbsolutePath().getParent());
        Path part = png.resolveSibling(png.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, png, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam smallest = writer.getDefaultWriteParam();
            smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            smallest.setCompressionQuality(0);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), smallest);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
