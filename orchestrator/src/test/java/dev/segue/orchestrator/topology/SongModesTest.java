package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SongModesTest {
    private static final ModelCard CARD = Cards.small();

    private Rehearsal rehearsal;

    @BeforeEach
    void start() throws IOException {
        rehearsal = new Rehearsal(CARD, FlowSettings.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void aSongGoesFromRequestToEnd() {
        rehearsal.send(rehearsal.request("ancestral", 2).setLyrics("la la").build());
        rehearsal.workAll();
        assertCompleted("ancestral");
        assertThat(rehearsal.kinds("ancestral")).startsWith(SongEventKind.RECEIVED, SongEventKind.ACCEPTED);
        assertThat(rehearsal.kinds("ancestral")).contains(SongEventKind.AUDIO_READY);
    }

    @Test
    void aSongCanGoOnFromSound() {
        rehearsal.send(rehearsal
                .request("primed", 2)
                .setAudioPrompt(
                        AudioPrompt.newBuilder().setObject("prompts/a.wav").build())
                .build());
        rehearsal.workAll();
        assertCompleted("primed");
        assertThat(rehearsal.last("primed").getProgress().getLevels())
                .allSatisfy(level -> assertThat(level.getPromptCodes()).isPositive());
    }

    @Test
    void aSongCanGoOnFromAnEarlierOne() {
        rehearsal.send(rehearsal.request("first", 2).build());
        rehearsal.workAll();
        rehearsal.send(made("second", EarlierSongUse.CONTINUE, 0.5));
        rehearsal.workAll();
        assertCompleted("second");
    }

    @Test
    void anEarlierSongCanBeUpsampledAnew() {
        rehearsal.send(rehearsal.request("first", 2).setFinestLevel(2).build());
        rehearsal.workAll();
        rehearsal.send(made("second", EarlierSongUse.UPSAMPLE, null));
        rehearsal.workAll();
        assertCompleted("second");
        LevelProgress top = rehearsal.last("second").getProgress().getLevels().get(2);
        assertThat(top.getWindows()).isZero();
        assertThat(top.getPromptCodes()).isEqualTo(top.getTotalCodes());
    }

    @Test
    void aSongCanBeCutIntoSegmentsThatAreSampledSideBySide() {
        rehearsal.send(rehearsal.request("cut", 4).setParallelSegments(3).build());
        rehearsal.workAll();
        assertCompleted("cut");
    }

    @Test
    void onlyLevelsThatHearLyricsAreToldThem() {
        rehearsal.send(rehearsal
                .request("sung", 2)
                .setArtist("someone")
                .setGenres(List.of("jazz"))
                .setLyrics("la la")
                .build());
        List<WindowTask> tasks = new ArrayList<>();
        do {
            tasks.addAll(rehearsal.windowTasks);
        } while (rehearsal.work());
        assertCompleted("sung");
        assertThat(tasks).extracting(WindowTask::getLevel).contains(0, 1, 2);
        assertThat(tasks).extracting(WindowTask::getKind).contains(WindowTaskKind.ALIGN);
        assertThat(tasks).allSatisfy(task -> {
            boolean hears = CARD.levels().get(task.getLevel()).prior().lyrics() != null;
            assertThat(hears).isEqualTo(task.getLevel() == 2);
            assertThat(task.getWords().getLyrics()).isEqualTo(hears ? "la la" : "");
            assertThat(task.getWords().getArtist()).isEqualTo("someone");
            assertThat(task.getWords().getGenre()).isEqualTo("jazz");
        });
    }

    private static void assertLevelsComplete(SongEvent event) {
        assertThat(event.getProgress().getLevels()).isNotEmpty().allSatisfy(level -> {
            assertThat(level.getCodes()).isEqualTo(level.getTotalCodes());
            assertThat(level.getWindowsDone()).isEqualTo(level.getWindows());
        });
    }

    private void assertCompleted(String songId) {
        SongEvent end = rehearsal.only(songId, SongEventKind.COMPLETED);
        assertThat(rehearsal.last(songId)).isEqualTo(end);
        assertThat(end.getCompleted().getObjects()).isNotEmpty();
        assertThat(end.getProgress().getStage()).isEqualTo(SongStage.DONE);
        assertLevelsComplete(end);
        assertThat(rehearsal.events(songId))
                .extracting(SongEvent::getSequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, rehearsal.events(songId).size())
                                .boxed()
                                .toList());
        assertThat(rehearsal.deadLetters).isEmpty();
        assertThat(rehearsal.entries(SongTopology.CODES)).isZero();
    }

    private SongRequest made(String songId, EarlierSongUse use, Double seconds) {
        return rehearsal
                .request(songId, 2)
                .setEarlierSong(EarlierSong.newBuilder()
                        .setSongId("first")
                        .setUse(use)
                        .setSeconds(seconds)
                        .build())
                .build();
    }
}
