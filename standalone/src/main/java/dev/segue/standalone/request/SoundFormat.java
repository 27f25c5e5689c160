package dev.segue.standalone.request;

import dev.segue.contracts.record.AudioFormat;

/** Formats that can be asked for. Records are not touched before logging is set up, since Avro logs. */
enum SoundFormat {
    FLAC,
    WAV;

    AudioFormat format() {
        return this == FLAC ? AudioFormat.FLAC : AudioFormat.WAV;
    }
}
