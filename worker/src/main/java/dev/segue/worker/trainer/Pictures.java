package dev.segue.worker.trainer;

import dev.segue.worker.plots.LossPlot;
import dev.segue.worker.plots.SpectrogramPlot;
import dev.segue.worker.trainlog.TrainingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PNG files beside a run's log. A picture that cannot be drawn, for want of fonts say, ends no training. */
final class Pictures {
    private final Path folder;
    private final TrainingListener listener;

    Pictures(Path folder, TrainingListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    private interface Drawing {
        void draw() throws IOException;
    }

    /** Curves of what the log has under each name; nothing while it has none of them. */
    void curves(String file, String title, Path log, List<String> names) {
        quietly(() -> {
            List<TrainingLog.Entry> entries = TrainingLog.read(log);
            List<String> present = names.stream()
                    .filter(name -> entries.stream()
                            .anyMatch(entry -> Double.isFinite(entry.values().getOrDefault(name, Double.NaN))))
                    .toList();
            if (!present.isEmpty()) {
                LossPlot.write(folder.resolve(file), title, entries, present);
            }
        });
    }

    /** Spectrograms of a sound and of what each level makes of it, the finest first. */
    void reconstructions(String file, List<float[]> sounds, int sampleRate) {
        List<SpectrogramPlot.Row> rows = new ArrayList<>();
        for (int i = 0; i < sounds.size(); i++) {
            rows.add(new SpectrogramPlot.Row(i == 0 ? "as it is" : "by level " + (i - 1), sounds.get(i), sampleRate));
        }
        quietly(() -> SpectrogramPlot.write(folder.resolve(file), rows));
    }

    private void quietly(Drawing drawing) {
        try {
            drawing.draw();
        } catch (IOException e) {
            listener.note("no picture: " + e.getMessage());
        }
    }
}
