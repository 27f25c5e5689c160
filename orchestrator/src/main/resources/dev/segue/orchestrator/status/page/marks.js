/** What stands over the pictures of a song: where its levels have seams, and where sections of its lyrics begin. */

/** Seams of different levels that are closer than this, in seconds, are one. */
const ONE_SEAM_SECONDS = 0.2;
/** A seam's name gives way to that of a section that is closer than this share of the song. */
const CROWDED = 0.12;
/** What stands behind this share of the song is written before its mark. */
const LATE = 0.8;

/**
 * Draws them anew.
 *
 * @param row that they stand in
 * @param sections [{at, name}] of the lyrics, in seconds; none until their times are known
 * @param levels of the song document
 * @param rate of the song in Hz
 * @param length of the song in samples
 */
export function mark(row, sections, levels, rate, length) {
  const whole = length / rate;
  const marks = sections.map(({ at, name }) => ({ at, name, kind: "section" }));
  for (const level of levels) {
    for (const segment of (level.segments ?? []).slice(1)) {
      const at = (segment.start * level.hop) / rate;
      if (!marks.some((other) => other.kind === "seam" && Math.abs(other.at - at) < ONE_SEAM_SECONDS)) marks.push({ at, name: "seam", kind: "seam" });
    }
  }
  row.hidden = marks.length === 0;
  row.querySelector(".marks").replaceChildren(...marks.sort((a, b) => a.at - b.at).map((one) => element(one, marks, whole)));
}

function element({ at, name, kind }, marks, whole) {
  const span = document.createElement("span");
  const late = at > LATE * whole;
  const left = (100 * at) / whole;
  span.className = late ? `${kind} late` : kind;
  const crowded = kind === "seam" && marks.some((other) => other.kind === "section" && Math.abs(other.at - at) < CROWDED * whole);
  span.textContent = crowded ? "" : name;
  span.title = name;
  span.style.left = `${left}%`;
  span.style.maxWidth = `${late ? left : 100 - left}%`;
  return span;
}
