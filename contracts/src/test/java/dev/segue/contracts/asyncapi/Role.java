package dev.segue.contracts.asyncapi;

import java.util.Locale;

/** Whoever writes to topics and reads from them. */
enum Role {
    CLIENT("Programs that ask for songs, publish models and hear what happens."),
    ORCHESTRATOR("Plans songs and gives out their work."),
    GENERATION("Workers that sample codes."),
    ASSEMBLER("Workers that make sound of codes.");

    private final String description;

    Role(String description) {
        this.description = description;
    }

    /** As it stands in names of operations. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
