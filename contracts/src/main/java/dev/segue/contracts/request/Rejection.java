package dev.segue.contracts.request;

import java.util.Locale;

/**
 * Why a request cannot be served. Every reason names the field, its value, the limit and what to do, and says it in one
 * sentence; who handles it can tell reasons apart by type.
 */
public sealed interface Rejection
        permits InvalidField,
                Rejection.NoWholeCodes,
                Rejection.TooShortToUpsample,
                Rejection.PromptDoesNotFit,
                Rejection.TotalLengthOutOfRange,
                Rejection.OffsetOutsideSong,
                Rejection.WindowBehindSong,
                Rejection.WindowTooLate,
                Rejection.TooManyGenreWords,
                Rejection.UnusableModel {
    /** What part of the request or of the model is at fault. */
    String field();

    /** What it is. */
    String value();

    /** What it must be, as the end of a sentence that begins "but ". */
    String limit();

    /** What to do about it, as an imperative. */
    String fix();

    /** The reason in one sentence. */
    default String sentence() {
        return field() + " is " + value() + ", but " + limit() + "; " + fix() + ".";
    }

    /** The length is no whole number of codes. */
    record NoWholeCodes(long samples, int level, int hop) implements Rejection {
        @Override
        public String field() {
            return "sampleLength";
        }

        @Override
        public String value() {
            return samples + " samples";
        }

        @Override
        public String limit() {
            return "must be a positive multiple of the " + hop + " samples in a code of level " + level;
        }

        @Override
        public String fix() {
            return "round it down to a multiple of " + hop;
        }
    }

    /** An upsampler would have less than a full window. */
    record TooShortToUpsample(long samples, int level, int windowSamples) implements Rejection {
        @Override
        public String field() {
            return "sampleLength";
        }

        @Override
        public String value() {
            return samples + " samples";
        }

        @Override
        public String limit() {
            return "the upsampler of level " + level + " needs at least one full window of " + windowSamples
                    + " samples";
        }

        @Override
        public String fix() {
            return "ask for a longer song or for the top level only";
        }
    }

    /** A prompt does not fit the codes that are to be continued. */
    record PromptDoesNotFit(long promptSamples, long availableSamples, int topHop) implements Rejection {
        @Override
        public String field() {
            return "promptLength";
        }

        @Override
        public String value() {
            return promptSamples + " samples";
        }

        @Override
        public String limit() {
            return "must be a multiple of " + topHop + " samples and at most the " + availableSamples + " that exist";
        }

        @Override
        public String fix() {
            return "shorten the prompt to " + Math.max(0, Math.min(promptSamples, availableSamples)) / topHop * topHop
                    + " samples";
        }
    }

    /** The total length of the song lies outside what the model was trained to be told. */
    record TotalLengthOutOfRange(long samples, int sampleRate, double minSeconds, double maxSeconds)
            implements Rejection {
        @Override
        public String field() {
            return "totalLength";
        }

        @Override
        public String value() {
            return Seconds.of(samples, sampleRate);
        }

        @Override
        public String limit() {
            return "the model knows songs of at least " + minSeconds + " s and less than " + maxSeconds + " s only";
        }

        @Override
        public String fix() {
            return "choose a total length in that range";
        }
    }

    /** The offset lies before the song or at or behind its end. */
    record OffsetOutsideSong(long offset, long totalLength) implements Rejection {
        @Override
        public String field() {
            return "offset";
        }

        @Override
        public String value() {
            return offset + " samples";
        }

        @Override
        public String limit() {
            return "must be at least 0 and less than the total length of " + totalLength + " samples";
        }

        @Override
        public String fix() {
            return "lower the offset or raise the total length";
        }
    }

    /** The last window starts where the song has ended. */
    record WindowBehindSong(long windowStart, long totalLength) implements Rejection {
        @Override
        public String field() {
            return "start of the last window";
        }

        @Override
        public String value() {
            return windowStart + " samples";
        }

        @Override
        public String limit() {
            return "must be before the end of the song at " + totalLength + " samples";
        }

        @Override
        public String fix() {
            return "sample less, lower the offset or raise the total length";
        }
    }

    /** The last window ends later than the model can be told of. */
    record WindowTooLate(long windowEnd, int sampleRate, double maxSeconds) implements Rejection {
        @Override
        public String field() {
            return "end of the last window";
        }

        @Override
        public String value() {
            return Seconds.of(windowEnd, sampleRate);
        }

        @Override
        public String limit() {
            return "the model knows places up to " + maxSeconds + " s only";
        }

        @Override
        public String fix() {
            return "sample less or lower the offset";
        }
    }

    /** A genre has more words than a level of the model has slots. */
    record TooManyGenreWords(String genre, int words, int level, int maxWords) implements Rejection {
        @Override
        public String field() {
            return "genre";
        }

        @Override
        public String value() {
            return "\"" + genre + "\" with " + words + " words";
        }

        @Override
        public String limit() {
            return "level " + level + " hears at most " + maxWords;
        }

        @Override
        public String fix() {
            return "name at most " + maxWords;
        }
    }

    /** The model itself contradicts itself. */
    record UnusableModel(String field, String value, String limit, String fix) implements Rejection {}

    /** Sample counts as a reader of messages wants them. */
    final class Seconds {
        private Seconds() {}

        static String of(long samples, int sampleRate) {
            return String.format(Locale.ROOT, "%.3f s (%d samples)", samples / (double) sampleRate, samples);
        }
    }
}
