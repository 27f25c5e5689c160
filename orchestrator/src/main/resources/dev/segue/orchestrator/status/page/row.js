/** One song of the list: filled from its document, in the markup that the server made. */

import { ago, left } from "./format.js";
import { isOver } from "./states.js";

const WIDTH = 1000;

/** What there is to say about the time that a song still takes, or about when it ended. */
export function timeOf(song) {
  if (isOver(song.state)) return ago(song.updatedAt);
  if (song.queuePosition > 0) return `${song.queuePosition} before it`;
  return song.etaSeconds > 0 ? `${left(song.etaSeconds)} left` : "";
}

const seconds = (length) => (length === null ? "no known length" : `${Math.round(length * 100) / 100} s`);

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function title(song) {
  const genres = (song.genres ?? []).join(", ");
  return [song.artist, genres].filter(Boolean).join(" · ") || song.id;
}

export function fill(row, song) {
  row.song = song;
  row.dataset.id = song.id;
  row.dataset.state = song.state;
  const name = row.querySelector(".name");
  name.href = `/songs/${encodeURIComponent(song.id)}`;
  put(name, title(song));
  put(row.querySelector(".facts"), [song.id, seconds(song.durationSeconds), song.model].filter(Boolean).join(" · "));
  put(row.querySelector(".state"), row.parentElement.getAttribute(`data-state-${song.state}`));
  put(row.querySelector(".left"), timeOf(song));
  const front = row.querySelector(".front");
  const levels = song.levels ?? [];
  if (front.childElementCount !== levels.length) {
    front.innerHTML = [...levels].reverse()
      .map((level, i) => `<g class="level-${Number(level.level)}"><rect class="to-do" y="${i * 9}" width="${WIDTH}" height="6"/><rect class="heard" y="${i * 9}" width="0" height="6"/></g>`)
      .join("");
  }
  [...levels].reverse().forEach((level, i) => {
    const share = level.totalCodes > 0 ? level.codes / level.totalCodes : 0;
    front.children[i].lastElementChild.setAttribute("width", Math.round(share * WIDTH));
  });
  front.setAttribute("aria-label", `${Math.round((song.share ?? 0) * 100)} percent done`);
}
