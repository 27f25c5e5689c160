package dev.segue.orchestrator.topology;

import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.orchestrator.state.BufferedTable;
import dev.segue.orchestrator.state.Catalogue;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.StateFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Everything that works on one task's stores, put together.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
record Desk(
        Turn turn,
        StateFormat format,
        LiveSongs live,
        Intake intake,
        SongFlow flow,
        SongEnd end,
        Watch watch,
        Stocktaking stock) {
    static Desk of(
            ProcessorContext<byte[], byte[]> context,
            Topics topics,
            AvroFormat avro,
            FlowSettings settings,
            Tally tally,
            SongTelemetry telemetry) {
        BufferedTable songTable = table(context, SongTopology.SONGS);
        BufferedTable codeTable = table(context, SongTopology.CODES);
        BufferedTable modelTable = table(context, SongTopology.MODELS);
        StateFormat format = new StateFormat(modelTable);
        SongStore songs = new SongStore(songTable, format);
        CodeStore codes = new CodeStore(codeTable);
        Catalogue models = new Catalogue(modelTable);
        Wire wire = new Wire(avro, settings.registryPatience(), tally);
        Turn turn = new Turn(List.of(songTable, codeTable, modelTable), songs, topics, wire, tally, telemetry);
        LiveSongs live = new LiveSongs(songs, models, settings.songsInFlight());
        EventLog events = new EventLog(turn, topics, new Outlook(live, settings.songsInFlight()));
        Dispatch dispatch = new Dispatch(turn, topics, songs, new TaskWriter(songs, codes, models));
        SongEnd end = new SongEnd(turn, topics, songs, codes, live, events);
        SongFlow flow = new SongFlow(turn, songs, codes, models, live, dispatch, events, end, settings.taskLength());
        Setbacks setbacks = new Setbacks(turn, dispatch, flow, end, settings.retryAfter());
        Results results = new Results(turn, live, setbacks);
        AudioPace pace = new AudioPace();
        PoolActivity activity = new PoolActivity();
        Intake intake = new Intake(
                turn,
                topics,
                wire,
                new Requests(turn, songs, models, live, events, flow, settings.limits()),
                new Commands(live, events, end),
                new Registrations(turn, models),
                new CodeResults(turn, songs, codes, live, dispatch, events, flow, results, activity),
                new AudioResults(
                        turn,
                        pace,
                        songs,
                        codes,
                        dispatch,
                        events,
                        flow,
                        end,
                        results,
                        activity,
                        new AudioCheck(codes, models)));
        Watch watch = new Watch(songs, live, dispatch, setbacks, end, events, activity, settings);
        return new Desk(turn, format, live, intake, flow, end, watch, new Stocktaking(live, pace, telemetry));
    }

    private static BufferedTable table(ProcessorContext<byte[], byte[]> context, String name) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
        return new BufferedTable(store);
    }
}
