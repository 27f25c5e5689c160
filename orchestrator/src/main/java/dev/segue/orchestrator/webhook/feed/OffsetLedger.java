package dev.segue.orchestrator.webhook.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Which events are told. What is committed is the oldest that is not, so that none is lost; which of the later ones are not
 * told either stands in the commit's metadata, so that a receiver that fails for hours does not make a restart tell
 * everybody else everything again. Where there are too many for the metadata, the rest is told again.
 *
 * <p>Owned by one thread.
 */
public final class OffsetLedger {
    private static final String VERSION = "1";

    /** Brokers take 4096 bytes unless told otherwise. */
    private static final int LONGEST = 3000;

    private final TreeSet<Long> open = new TreeSet<>();
    private final TreeSet<Long> openBefore = new TreeSet<>();
    private final long toldBefore;
    private long next;

    private OffsetLedger(long next, long toldBefore, List<Long> openBefore) {
        this.next = next;
        this.toldBefore = toldBefore;
        this.openBefore.addAll(openBefore);
    }

    /** Goes on from what was committed; null if nothing was. */
    public static OffsetLedger of(OffsetAndMetadata committed) {
        return committed == null ? new OffsetLedger(0, 0, List.of()) : parse(committed);
    }

    private static OffsetLedger parse(OffsetAndMetadata committed) {
        String[] parts = Objects.requireNonNullElse(committed.metadata(), "").split(" ", -1);
        long from = committed.offset();
        if (parts.length >= 2 && parts[0].equals(VERSION)) {
            try {
                List<Long> open = new ArrayList<>();
                open.add(from);
                for (String step : List.of(parts).subList(2, parts.length)) {
                    open.add(open.get(open.size() - 1) + Long.parseLong(step, Character.MAX_RADIX));
                }
                return new OffsetLedger(from, from + Long.parseLong(parts[1], Character.MAX_RADIX), open);
            } catch (NumberFormatException e) {
                return new OffsetLedger(from, from, List.of());
            }
        }
        return new OffsetLedger(from, from, List.of());
    }

    /** Takes note of an event; gives back whether it is still to be told. */
    public boolean take(long offset) {
        next = Math.max(next, offset + 1);
        boolean told = offset < toldBefore && !openBefore.contains(offset);
        // Events come in order, so that earlier ones that did not come are no longer kept.
        openBefore.headSet(offset, true).clear();
        if (!told) {
            open.add(offset);
        }
        return !told;
    }

    /** An event needs no more telling. */
    public void settle(long offset) {
        open.remove(offset);
        openBefore.remove(offset);
    }

    /** Where to go on after a restart. */
    public OffsetAndMetadata position() {
        TreeSet<Long> all = new TreeSet<>(open);
        all.addAll(openBefore);
        if (all.isEmpty()) {
            return new OffsetAndMetadata(Math.max(next, toldBefore));
        }
        long first = all.first();
        long told = Math.max(next, toldBefore);
        StringBuilder steps = new StringBuilder();
        long last = first;
        for (long offset : all.tailSet(first, false)) {
            String step = " " + Long.toString(offset - last, Character.MAX_RADIX);
            if (steps.length() + step.length() > LONGEST) {
                told = offset;
                break;
            }
            steps.append(step);
            last = offset;
        }
        return new OffsetAndMetadata(
                first, Optional.empty(), VERSION + " " + Long.toString(told - first, Character.MAX_RADIX) + steps);
    }
}
