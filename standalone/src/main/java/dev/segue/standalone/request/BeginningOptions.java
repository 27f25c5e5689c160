package dev.segue.standalone.request;

import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What exists of a song before: a sound, or an earlier song, of which at most one can be named. */
final class BeginningOptions {
    @ArgGroup
    private Source source = new Source();

    @Option(
            names = "--prompt-seconds",
            paramLabel = "S",
            description = "Use only so much of the beginning of what --prompt, --continue or --upsample names.")
    private Double seconds;

    /** Where it is. */
    static final class Source {
        @Option(
                names = "--prompt",
                paramLabel = "SOUND",
                description = "WAV or FLAC file that the song begins with, or s3://bucket/key of one.")
        private String prompt;

        @Option(names = "--continue", paramLabel = "ID", description = "A finished song that this one goes on from.")
        private String continued;

        @Option(
                names = "--upsample",
                paramLabel = "ID",
                description = "A finished song whose top level is kept and whose finer levels are sampled anew.")
        private String upsampled;
    }

    /** The local file that the song begins with; empty if there is none, or it lies in a store already. */
    Optional<Path> localPrompt() {
        return Optional.ofNullable(source.prompt)
                .filter(prompt -> !prompt.startsWith("s3://"))
                .map(Path::of);
    }

    /**
     * The sound as a request names it; null if there is none.
     *
     * @param uploaded where the local file was put; null if there is none
     */
    AudioPrompt audioPrompt(String uploaded) {
        return source.prompt == null ? null : new AudioPrompt(uploaded == null ? source.prompt : uploaded, seconds);
    }

    /** The earlier song as a request names it; null if there is none. */
    EarlierSong earlierSong() {
        if (source.continued != null) {
            return new EarlierSong(source.continued, EarlierSongUse.CONTINUE, seconds);
        }
        return source.upsampled == null ? null : new EarlierSong(source.upsampled, EarlierSongUse.UPSAMPLE, seconds);
    }
}
