package dev.segue.standalone.models;

import dev.segue.worker.weights.ImportEvent;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/** The progress of an import as lines, one for each twentieth of a file. Owned by the importing thread. */
final class ProgressLines implements Consumer<ImportEvent> {
    private static final int LINES_PER_FILE = 20;
    private static final long UNKNOWN_TOTAL_STEP = 256L << 20;

    private final PrintWriter out;
    private String last = "";
    private long lastStep;

    ProgressLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(ImportEvent event) {
        if (event instanceof ImportEvent.Licence licence) {
            line(licence.notice());
        } else if (event instanceof ImportEvent.Fetching fetching) {
            step("fetching " + fetching.file(), fetching.received(), fetching.total());
        } else if (event instanceof ImportEvent.Converting converting) {
            step("converting to " + converting.file(), converting.written(), converting.total());
        } else if (event instanceof ImportEvent.Kept kept) {
            line(kept.file() + " is there from an earlier try");
        }
    }

    private void step(String what, long done, long total) {
        long step = total > 0 ? done * LINES_PER_FILE / total : done / UNKNOWN_TOTAL_STEP;
        if (what.equals(last) && step == lastStep) {
            return;
        }
        last = what;
        lastStep = step;
        line(
                total > 0
                        ? String.format(Locale.ROOT, "%s: %s of %s", what, Sizes.of(done), Sizes.of(total))
                        : what + ": " + Sizes.of(done));
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }
}
