package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LyricsAligned;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowCodes;
import dev.segue.contracts.record.WindowRunning;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WorkTimes;

/** What a worker has to say of a task. */
record Segments(String worker) {
    private static final int NO_WINDOW = -1;

    /** All new codes of a window. */
    CodeSegment codes(WindowTask task, int start, int[] codes, WorkTimes times) {
        return segment(task, CodeSegmentKind.CODES)
                .setCodes(WindowCodes.newBuilder()
                        .setStart(start)
                        .setCodes(CodeBytes.of(codes))
                        .setTimes(times)
                        .build())
                .build();
    }

    /** How far a window is. */
    CodeSegment running(WindowTask task, int codes) {
        return segment(task, CodeSegmentKind.RUNNING)
                .setRunning(WindowRunning.newBuilder().setCodes(codes).build())
                .build();
    }

    /** When the lyrics are sung. */
    CodeSegment aligned(WindowTask task, LyricsAligned lyrics) {
        return segment(task, CodeSegmentKind.ALIGNED).setAligned(lyrics).build();
    }

    /** A task that was not done. */
    CodeSegment failed(WindowTask task, TaskFailure failure) {
        return segment(task, CodeSegmentKind.FAILED).setFailure(failure).build();
    }

    /** A task that was not done. */
    CodeSegment failed(WindowTask task, FailureReason reason, boolean retryable, String message) {
        return failed(
                task,
                TaskFailure.newBuilder()
                        .setReason(reason)
                        .setMessage(message)
                        .setRetryable(retryable)
                        .build());
    }

    private CodeSegment.Builder segment(WindowTask task, CodeSegmentKind kind) {
        return CodeSegment.newBuilder()
                .setSongId(task.getSongId())
                .setModelDigest(task.getModelDigest())
                .setLevel(task.getLevel())
                .setWindow(window(task))
                .setAttempt(task.getAttempt())
                .setWorker(worker)
                .setKind(kind);
    }

    static int window(WindowTask task) {
        return task.getSample() == null ? NO_WINDOW : task.getSample().getWindow();
    }
}
