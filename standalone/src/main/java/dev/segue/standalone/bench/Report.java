package dev.segue.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.worker.torch.Torch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Prints figures as JSON lines, each with when and on what they were measured, and appends them to a history. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final Path history;
    private final Map<String, Object> conditions = new LinkedHashMap<>();

    /**
     * @param out where lines are printed
     * @param history file that they are appended to; null for none
     */
    Report(PrintWriter out, Path history) {
        this.out = out;
        this.history = history;
        conditions.put("date", LocalDate.now(java.time.ZoneOffset.UTC).toString());
        conditions.put("commit", commit());
        conditions.put("processor", processor());
        conditions.put("threads", Torch.threads());
        conditions.put("java", Runtime.version().feature());
    }

    void line(String bench, Map<String, Object> figures) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", bench);
        line.putAll(conditions);
        line.putAll(figures);
        String text = JSON.writeValueAsString(line);
        out.println(text);
        out.flush();
        if (history != null) {
            Files.writeString(
                    history, text + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** A number as it should be read: four significant digits. */
    static double rounded(double value) {
        return value == 0 || Double.isNaN(value)
                ? value
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(4))
                        .doubleValue();
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                return git.waitFor() == 0 && line != null ? line : "unknown";
            }
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
