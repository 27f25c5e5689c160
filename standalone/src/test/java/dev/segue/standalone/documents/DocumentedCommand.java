package dev.segue.standalone.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that README.md or a document shows.
 *
 * @param document that shows it
 * @param line as it stands, its comment left out and its lines joined
 */
record DocumentedCommand(String document, String line) {
    static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
    private static final Pattern INLINE =
            Pattern.compile("`((?:\\./segue|segue|\\./mvnw|mvnw\\.cmd|java|source|curl|docker|helm|kubectl) [^`]+)`");
    private static final Pattern COMMENT = Pattern.compile("\\s+#\\s.*$");

    /** Those of README.md and docs, in their order. */
    static List<DocumentedCommand> all() throws IOException {
        List<DocumentedCommand> commands = new ArrayList<>();
        for (String name : documents()) {
            String text = Files.readString(ROOT.resolve(name));
            for (Matcher block = BLOCK.matcher(text); block.find(); ) {
                if (block.group(1).equals("sh")) {
                    block.group(2)
                            .replaceAll("\\\\\\n\\s*", "")
                            .lines()
                            .filter(line -> !line.isBlank())
                            .map(line -> COMMENT.matcher(line.strip()).replaceFirst(""))
                            .forEach(line -> commands.add(new DocumentedCommand(name, line)));
                }
            }
            for (Matcher mention = INLINE.matcher(BLOCK.matcher(text).replaceAll("")); mention.find(); ) {
                commands.add(new DocumentedCommand(name, mention.group(1)));
            }
        }
        return commands;
    }

    /** Blocks of a language, in the order of a document. */
    static List<String> blocks(String document, String language) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .collect(Collectors.toList());
    }

    /** README.md and the documents of docs. */
    static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md"),
                            files.map(file -> "docs/" + file.getFileName())
                                    .filter(file -> file.endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    @Override
    public String toString() {
        return document + ": " + line;
    }
}
