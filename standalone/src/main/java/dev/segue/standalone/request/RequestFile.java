package dev.segue.standalone.request;

import com.fasterxml.jackson.core.JacksonException;
import dev.segue.contracts.client.RequestJson;
import dev.segue.contracts.record.SongRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file with a song request as {@link RequestJson JSON}. */
final class RequestFile {
    private RequestFile() {}

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if it is none; the message names field, value and fix
     */
    static SongRequest read(Path file) throws IOException {
        try {
            return RequestJson.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "--file is " + file + ", but there is no such file; name a JSON file with a request", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "--file is " + file + ", but line " + e.getLocation().getLineNr() + " is no JSON ("
                            + e.getOriginalMessage() + "); correct it",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in " + file + ", " + e.getMessage(), e);
        }
    }
}
