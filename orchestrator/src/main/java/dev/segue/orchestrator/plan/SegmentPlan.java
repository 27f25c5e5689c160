package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;

/**
 * A stretch of a level that is sampled without knowledge of the level's other codes; with one segment, the whole level.
 *
 * @param number from 0, in the order of time
 * @param codes those that it gives to the song
 * @param tail codes that it writes behind them, for the cross-fade into the next segment; empty if there is no seam
 * @param firstWindow number of its first window
 * @param windows how many windows it has; they are sampled one after the other
 */
public record SegmentPlan(int number, CodeRange codes, CodeRange tail, int firstWindow, int windows) {}
