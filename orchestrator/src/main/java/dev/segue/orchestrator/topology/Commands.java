package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongCommandKind;
import dev.segue.orchestrator.state.Song;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of an order about a song.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Commands {
    private final LiveSongs live;
    private final EventLog events;
    private final SongEnd end;

    Commands(LiveSongs live, EventLog events, SongEnd end) {
        this.live = Objects.requireNonNull(live, "live is null");
        this.events = Objects.requireNonNull(events, "events is null");
        this.end = Objects.requireNonNull(end, "end is null");
    }

    /** Handles an order whose key is its song id. */
    void handle(Received record, SongCommand command) {
        Optional<Song> song = live.find(command.getSongId());
        if (command.getCommand() != SongCommandKind.CANCEL) {
            refuse(record, command, song, Problems.unknownCommand(command));
        } else if (song.isEmpty()) {
            refuse(record, command, song, Problems.noSuchSong(command.getSongId()));
        } else {
            end.cancelled(song.get(), command.getReason(), record.at());
        }
    }

    private void refuse(Received record, SongCommand command, Optional<Song> song, RequestProblem problem) {
        if (song.isPresent()) {
            events.refused(song.get(), problem, record.at());
        } else {
            events.refused(Asker.of(record, command.getSongId(), ""), problem, record.at());
        }
    }
}
