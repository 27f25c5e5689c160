/**
 * Which piece of sound is heard when: pure functions. A piece is a range of samples of one level; the finished song is a
 * piece too, finer than all levels.
 */

export const FINISHED = -1;

/**
 * Cuts the song into stretches, each with the finest piece that covers it.
 *
 * @param pieces [{level, from, to}] in samples
 * @param choice a level to hear nothing but that, or null for the finest there is
 * @returns [{from, to, piece}] in order; where nothing can be heard there is a gap
 */
export function stretches(pieces, choice = null) {
  const eligible = pieces.filter((piece) => (choice === null ? true : piece.level === choice));
  const cuts = [...new Set(eligible.flatMap((piece) => [piece.from, piece.to]))].sort((a, b) => a - b);
  const found = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i], cuts[i + 1]];
    const best = eligible
      .filter((piece) => piece.from <= from && piece.to >= to)
      .reduce((a, b) => (a === null || b.level < a.level ? b : a), null);
    const before = found.at(-1);
    if (best === null) continue;
    if (before?.piece === best && before.to === from) before.to = to;
    else found.push({ from, to, piece: best });
  }
  return found;
}

/**
 * What is heard while a choice is still on its way: where one of its pieces is awaited, what was heard before goes on.
 *
 * @param chosen stretches of the choice that can be heard
 * @param awaited pieces of the choice that cannot be heard yet
 * @param before stretches of what was heard before
 */
export function meanwhile(chosen, awaited, before) {
  if (awaited.length === 0) return chosen;
  const cuts = [...new Set([...chosen, ...awaited, ...before].flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const found = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i], cuts[i + 1]];
    const coming = awaited.some((piece) => piece.from <= from && piece.to >= to);
    const piece = (at(chosen, from) ?? (coming ? at(before, from) : undefined))?.piece;
    const last = found.at(-1);
    if (!piece) continue;
    if (last?.piece === piece && last.to === from) last.to = to;
    else found.push({ from, to, piece });
  }
  return found;
}

/** The stretch that a sample lies in, or undefined. */
export const at = (plan, sample) => plan.find((stretch) => stretch.from <= sample && sample < stretch.to);

/** Behind the last sample that can be heard without a gap from this one on; the sample itself if it cannot be heard. */
export function reach(plan, sample) {
  let end = sample;
  for (const stretch of plan) {
    if (stretch.from <= end && end < stretch.to) end = stretch.to;
  }
  return end;
}

/** Whether two stretches follow each other within one decoding, so that they join to the sample without a fade. */
export const seamless = (a, b) => a.to === b.from && a.piece.level === b.piece.level && a.piece.to === b.piece.from;
