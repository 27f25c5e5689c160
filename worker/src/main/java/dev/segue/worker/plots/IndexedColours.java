package dev.segue.worker.plots;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.Map;

/**
 * A picture of a colour map's colours and of greys in one byte a pixel, a third of what it takes otherwise: the colours
 * of the map are exact, greys are rounded.
 */
final class IndexedColours {
    private static final int MOST = 256;

    private final int[] palette = new int[MOST];
    private final Map<Integer, Integer> places = new HashMap<>();
    private final int greys;

    IndexedColours(ColourMap map) {
        this.greys = MOST - map.steps();
        for (int grey = 0; grey < greys; grey++) {
            int part = Math.round(255f * grey / (greys - 1));
            palette[grey] = part << 16 | part << 8 | part;
        }
        for (int step = 0; step < map.steps(); step++) {
            palette[greys + step] = map.rgb(step);
            places.put(map.rgb(step), greys + step);
        }
    }

    /** The same picture with a palette. What is neither of the map nor grey becomes the grey of its green part. */
    BufferedImage convert(BufferedImage image) {
        IndexColorModel colours = new IndexColorModel(8, MOST, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage indexed =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                int grey = Math.round((row[x] >> 8 & 0xff) * (greys - 1) / 255f);
                row[x] = places.getOrDefault(row[x] & 0xffffff, grey);
            }
            indexed.getRaster().setSamples(0, y, row.length, 1, 0, row);
        }
        return indexed;
    }
}
