package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.WindowCodes;
import dev.segue.orchestrator.plan.PlannedWindow;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What is wrong with answers of generation workers, as sentences. */
final class CodeCheck {
    private CodeCheck() {}

    /** What is wrong with an answer; null if nothing is. */
    static String problem(Song song, Work work, CodeSegment segment) {
        boolean complete =
                switch (segment.getKind()) {
                    case CODES -> segment.getCodes() != null && work.kind() == Work.Kind.SAMPLE;
                    case ALIGNED -> segment.getAligned() != null && work.kind() == Work.Kind.ALIGN;
                    case RUNNING -> segment.getRunning() != null;
                    case FAILED -> segment.getFailure() != null;
                    case UNKNOWN -> false;
                };
        if (!complete) {
            return "kind is " + segment.getKind() + ", but " + work.describe() + " has no such answer";
        }
        if (segment.getKind() == CodeSegmentKind.CODES) {
            return problem(song, work, segment.getCodes());
        }
        return segment.getKind() == CodeSegmentKind.RUNNING
                        && segment.getRunning().getCodes() < 0
                ? "running.codes is " + segment.getRunning().getCodes() + ", but must be at least 0"
                : null;
    }

    private static String problem(Song song, Work work, WindowCodes written) {
        PlannedWindow window = song.plan().plan().level(work.level()).windows().get(work.index());
        ByteBuffer bytes = written.getCodes();
        if (bytes.remaining() != window.newCodes() * CodeBytes.WIDTH) {
            return "codes.codes has " + bytes.remaining() + " bytes, but must have "
                    + window.newCodes() * CodeBytes.WIDTH + " for " + window.newCodes() + " new codes";
        }
        if (written.getStart() != window.window().added().start()) {
            return "codes.start is " + written.getStart() + ", but must be "
                    + window.window().added().start();
        }
        return outOfRange(bytes, song.plan().card().codes());
    }

    /** The first code that the model does not have, as a sentence; null if there is none. */
    static String outOfRange(ByteBuffer bytes, int codes) {
        ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; source.remaining() >= CodeBytes.WIDTH; i++) {
            int code = Short.toUnsignedInt(source.getShort());
            if (code >= codes) {
                return "code " + i + " is " + code + ", but must be less than " + codes;
            }
        }
        return null;
    }
}
