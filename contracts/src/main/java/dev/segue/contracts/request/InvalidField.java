package dev.segue.contracts.request;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a producer wrote into a field of a request and cannot have meant, in the request's own names and in seconds. Each
 * type is one kind of mistake; together they are longer than most files.
 */
public sealed interface InvalidField extends Rejection {

    /**
     * Text that does not have the form it must have.
     *
     * @param text what the field holds, of any length
     */
    record Malformed(String field, String text, String limit, String fix) implements InvalidField {
        @Override
        public String value() {
            return Shown.quoted(text);
        }
    }

    /** Text with characters that no name has. */
    record ControlCharacter(String field, String text, int position) implements InvalidField {
        @Override
        public String value() {
            return Shown.quoted(text);
        }

        @Override
        public String limit() {
            return "character " + position + " is the control character "
                    + String.format(Locale.ROOT, "U+%04X", (int) text.charAt(position));
        }

        @Override
        public String fix() {
            return "remove it";
        }
    }

    /** Too many characters. */
    record TooLong(String field, String text, int most) implements InvalidField {
        @Override
        public String value() {
            return Shown.quoted(text);
        }

        @Override
        public String limit() {
            return "must have at most " + most + " characters and has " + text.length();
        }

        @Override
        public String fix() {
            return "shorten it";
        }
    }

    /** Too many entries. */
    record TooMany(String field, int entries, int most) implements InvalidField {
        @Override
        public String value() {
            return "a list of " + entries;
        }

        @Override
        public String limit() {
            return "must have at most " + most + " entries";
        }

        @Override
        public String fix() {
            return "name the most important ones";
        }
    }

    /** A symbol that this version does not know, or none. */
    record UnknownSymbol(String field, List<String> known) implements InvalidField {
        public UnknownSymbol {
            known = List.copyOf(known);
        }

        @Override
        public String value() {
            return "UNKNOWN";
        }

        @Override
        public String limit() {
            return "must be one of " + String.join(", ", known);
        }

        @Override
        public String fix() {
            return "choose one of them";
        }
    }

    /** Nobody has published a model of that name. */
    record UnknownModel(String model, List<String> known) implements InvalidField {
        private static final int LISTED = 20;

        /** Sorts the names, so that a message does not change from time to time. */
        public UnknownModel {
            known = known.stream().sorted().toList();
        }

        @Override
        public String field() {
            return "model";
        }

        @Override
        public String value() {
            return Shown.quoted(model);
        }

        @Override
        public String limit() {
            if (known.isEmpty()) {
                return "no model is known yet";
            }
            return "must be one of " + String.join(", ", known.subList(0, Math.min(LISTED, known.size())))
                    + (known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "");
        }

        @Override
        public String fix() {
            return known.isEmpty() ? "publish its card first" : "choose one of them or publish its card";
        }
    }

    /**
     * A number outside its range, or none at all.
     *
     * @param value as it is shown, with its unit
     */
    record OutOfRange(String field, String value, String limit, String fix) implements InvalidField {}

    /** Two fields that cannot both hold what they hold. */
    record Contradiction(String field, String value, String limit, String fix) implements InvalidField {}

    /** A song that upsamplers have less than a window of. */
    record TooShort(double seconds, int level, double leastSeconds, int topLevel) implements InvalidField {
        @Override
        public String field() {
            return "durationSeconds";
        }

        @Override
        public String value() {
            return Shown.number(seconds);
        }

        @Override
        public String limit() {
            return "the upsampler of level " + level + " needs at least "
                    + String.format(Locale.ROOT, "%.3f", leastSeconds) + " s";
        }

        @Override
        public String fix() {
            return "ask for a longer song or for the top level only (finestLevel " + topLevel + ")";
        }
    }

    /** Less than one code. */
    record LessThanOneCode(String field, double seconds, double leastSeconds) implements InvalidField {
        @Override
        public String value() {
            return Shown.number(seconds);
        }

        @Override
        public String limit() {
            return "one code of the top level lasts " + String.format(Locale.ROOT, "%.6f", leastSeconds) + " s";
        }

        @Override
        public String fix() {
            return "ask for at least that";
        }
    }

    /** The song is of no use any more. */
    record DeadlinePassed(Instant deadline, Instant now) implements InvalidField {
        @Override
        public String field() {
            return "deadline";
        }

        @Override
        public String value() {
            return deadline.toString();
        }

        @Override
        public String limit() {
            return "must be after now, " + now;
        }

        @Override
        public String fix() {
            return "set a later one or none";
        }
    }

    /** What a song begins with is as long as it or longer. */
    record PromptFillsSong(String field, double promptSeconds, double songSeconds) implements InvalidField {
        @Override
        public String value() {
            return Shown.number(promptSeconds);
        }

        @Override
        public String limit() {
            return "must be less than the song's " + Shown.number(songSeconds) + " s";
        }

        @Override
        public String fix() {
            return "shorten it or raise durationSeconds";
        }
    }

    /** What a song begins with turned out to be longer than the song. */
    record PromptTooLong(String field, double promptSeconds, double songSeconds) implements InvalidField {
        @Override
        public String value() {
            return "a sound of " + Shown.seconds(promptSeconds);
        }

        @Override
        public String limit() {
            return "the song has " + Shown.seconds(songSeconds);
        }

        @Override
        public String fix() {
            return "set " + field + ".seconds or raise durationSeconds";
        }
    }

    /** A top level that is to be kept is shorter than the song. */
    record EarlierSongTooShort(double seconds, double songSeconds) implements InvalidField {
        @Override
        public String field() {
            return "earlierSong";
        }

        @Override
        public String value() {
            return "a song of " + Shown.seconds(seconds);
        }

        @Override
        public String limit() {
            return "upsampling takes a top level of all " + Shown.seconds(songSeconds);
        }

        @Override
        public String fix() {
            return "lower durationSeconds to that";
        }
    }
}
