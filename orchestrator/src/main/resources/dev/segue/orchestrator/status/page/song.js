/** The page of one song: follows it, and plays it while it is being made. */

import { cancel, page, token } from "./api.js";
import { clock, spoken, tellTimes } from "./format.js";
import { Karaoke } from "./karaoke.js";
import { follow } from "./live.js";
import { FINISHED } from "./plan.js";
import { Player } from "./player.js";
import { Sound } from "./sound.js";
import { Spectrogram } from "./spectrogram.js";
import { Waveform } from "./waveform.js";

const OVER = new Set(["completed", "failed", "cancelled", "expired", "rejected"]);
const REFRESH_MILLIS = 400;

const main = document.querySelector("main");
const score = document.querySelector(".score");
const id = main.dataset.song;
let desk = null;

/** Player and pictures of a song whose length is known. */
class Desk {
  constructor(song) {
    const { sampleRate: rate, sampleLength: length } = song;
    this.rate = rate;
    this.length = length;
    this.sound = new Sound(rate, length);
    this.player = new Player(rate, length);
    this.waveform = new Waveform(score.querySelector(".wave"), length);
    this.spectrogram = new Spectrogram(score.querySelector(".spectrum"), rate, length);
    this.seek = score.querySelector(".seek");
    this.karaoke = new Karaoke(document.querySelector(".lyrics"), score.querySelector(".strip"), (seconds) => this.player.seek(seconds * rate));
    this.seek.max = length / rate;
    score.player = this.player;
    for (const part of score.querySelectorAll("[data-live-only]")) part.hidden = false;
    for (const plain of score.querySelectorAll(".plain-audio")) plain.remove();
    this.#listen();
    this.#show();
  }

  #listen() {
    this.sound.addEventListener("piece", ({ detail: piece }) => {
      this.waveform.add(piece);
      this.spectrogram.add(piece);
      this.player.setPlan(this.sound.plan);
    });
    this.sound.addEventListener("trouble", () => (this.trouble = true));
    this.player.addEventListener("change", () => this.#run());
    score.querySelector(".play").addEventListener("click", () => (this.player.wanted ? this.player.pause() : this.player.play()));
    this.seek.addEventListener("input", () => this.player.seek(this.seek.valueAsNumber * this.rate));
    this.seek.addEventListener("keydown", (event) => this.#key(event));
    score.querySelector(".levels").addEventListener("change", (event) => this.#choose(event.target.value));
    this.karaoke.place.addEventListener("timed", () => this.#mark());
  }

  /** Arrow keys go by a second; the space bar plays and pauses where the position has the focus. */
  #key(event) {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
    if (step) this.player.seek(this.player.position + step * this.rate);
    else if (event.key === " ") this.player.wanted ? this.player.pause() : this.player.play();
    else return;
    event.preventDefault();
  }

  #choose(value) {
    const level = value === "auto" ? null : Number(value);
    this.sound.choose(level);
    this.waveform.choose(level);
    this.player.setPlan(this.sound.plan);
  }

  /** What the song document says now. */
  tell(song) {
    this.song = song;
    this.sound.offer(song);
    for (const input of score.querySelectorAll(".levels input:not([value=auto])")) {
      input.disabled = !this.sound.levels.has(Number(input.value));
    }
    const times = (song.files ?? []).find((file) => file.name === "lyrics.json");
    if (times && song.state === "completed") this.karaoke.load(times.href);
    this.#mark();
    this.#show();
  }

  /** Seams of the levels, and sections of the lyrics once their times are known. */
  #mark() {
    const marks = this.karaoke.sections.map(({ at, name }) => ({ at, name, kind: "section" }));
    for (const level of this.song?.levels ?? []) {
      for (const segment of (level.segments ?? []).slice(1)) {
        const at = (segment.start * level.hop) / this.rate;
        if (!marks.some((mark) => mark.kind === "seam" && Math.abs(mark.at - at) < 0.2)) marks.push({ at, name: "seam", kind: "seam" });
      }
    }
    const row = score.querySelector(".of-marks");
    row.hidden = marks.length === 0;
    row.querySelector(".marks").replaceChildren(
      ...marks.sort((a, b) => a.at - b.at).map(({ at, name, kind }) => {
        const span = document.createElement("span");
        // What stands near the end is written before its mark.
        span.className = at * this.rate > 0.8 * this.length ? `${kind} late` : kind;
        // A seam's name gives way to that of a section.
        const crowded = kind === "seam" && marks.some((other) => other.kind === "section" && Math.abs(other.at - at) < 0.12 * (this.length / this.rate));
        span.textContent = crowded ? "" : name;
        span.title = name;
        span.style.left = `${(100 * at * this.rate) / this.length}%`;
        return span;
      }),
    );
  }

  /** Draws every frame while it plays, and once whenever something changed. */
  #run() {
    this.#show();
    if (this.running) return;
    const frame = () => {
      this.running = this.player.state === "playing";
      this.#show();
      if (this.running) requestAnimationFrame(frame);
    };
    this.running = true;
    requestAnimationFrame(frame);
  }

  #show() {
    const { player } = this;
    const seconds = player.position / this.rate;
    const whole = this.length / this.rate;
    const level = player.stretch?.piece.level;
    if (Math.abs(this.seek.valueAsNumber - seconds) > 0.01) this.seek.value = seconds;
    set(score.dataset, "player", player.state);
    set(score.dataset, "wanted", String(player.wanted));
    set(score.dataset, "hearing", level === undefined ? "" : String(level));
    const spokenAt = `${spoken(seconds)} of ${spoken(whole)}`;
    if (this.seek.getAttribute("aria-valuetext") !== spokenAt) this.seek.setAttribute("aria-valuetext", spokenAt);
    set(score.querySelector(".clock span"), "textContent", clock(seconds));
    score.querySelector(".play").setAttribute("aria-label", player.wanted ? "Pause" : "Play");
    this.#sayWhatIsHeard(level);
    this.karaoke.show(seconds, player.state === "playing");
  }

  #sayWhatIsHeard(level) {
    const place = score.querySelector(".hearing");
    const name = level === undefined ? "" : level === FINISHED ? "the finished song" : score.querySelector(`.levels input[value="${level}"]`)?.dataset.name;
    const over = OVER.has(this.song?.state);
    const said = name ? (this.player.state === "playing" ? "Hearing " : "There is ") : this.sound.pieces.size === 0 ? (over ? "No sound" : "No sound yet") : over ? "No sound here" : "No sound here yet";
    const key = `${said}${name}${level}`;
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    place.className = `hearing level-${level === FINISHED ? 0 : level}`;
    const bold = document.createElement("b");
    bold.textContent = name;
    place.replaceChildren(said, ...(name ? [bold] : []));
  }
}

function set(object, name, value) {
  if (object[name] !== value) object[name] = value;
}

/** Takes over what the server renders of the song now, wherever it differs. */
async function refresh() {
  const fresh = await page(location.pathname);
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (now && now.innerHTML !== part.dataset.was) {
      part.dataset.was = now.innerHTML;
      part.replaceChildren(...now.childNodes);
      tellTimes(part);
    }
  }
  // A song that was just asked for has no levels yet.
  const [levels, known] = [fresh.querySelectorAll(".levels label"), score.querySelectorAll(".levels label")];
  if (levels.length > known.length) {
    score.querySelector(".levels").append(...[...levels].slice(known.length));
    if (desk) desk.tell(desk.song);
  }
  document.title = fresh.title;
  const state = fresh.querySelector("main").dataset.state;
  if (main.dataset.state !== state) {
    main.dataset.state = state;
    document.getElementById("announcement").textContent = fresh.querySelector(".said").textContent;
  }
}

let asked = null;
function refreshSoon() {
  asked ??= setTimeout(async () => {
    try {
      await refresh();
    } catch {
      // the next event asks again
    } finally {
      asked = null;
    }
  }, REFRESH_MILLIS);
}

function heard(song) {
  if (!desk && song.sampleRate > 0 && song.sampleLength > 0 && (!OVER.has(song.state) || song.audio?.length > 0 || song.files?.length > 0)) {
    desk = new Desk(song);
  }
  desk?.tell(song);
  refreshSoon();
  if (OVER.has(song.state)) {
    stop();
    document.getElementById("cancel-said").textContent = "";
    setTimeout(refreshSoon, REFRESH_MILLIS + 100);
  }
}

main.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-cancel]");
  if (!button) return;
  if (!token.get()) {
    const given = document.getElementById("token-gate");
    given.hidden = false;
    given.querySelector("input").focus();
    return;
  }
  button.disabled = true;
  const said = document.getElementById("cancel-said");
  try {
    await cancel(id);
    said.textContent = "Cancelling: what is under way stops within a moment.";
  } catch (problem) {
    button.disabled = false;
    said.textContent = problem.status === 401 ? "The token is not the right one." : `It was not cancelled: ${problem.message}.`;
    if (problem.status === 401) {
      token.set("");
      document.getElementById("token-gate").hidden = false;
    }
  }
});

document.getElementById("token-gate")?.addEventListener("submit", (event) => {
  event.preventDefault();
  token.set(event.target.querySelector("input").value.trim());
  event.target.hidden = true;
  document.querySelector("[data-cancel]")?.click();
});

tellTimes();
setInterval(tellTimes, 15_000);
const stop = follow(`/songs/${encodeURIComponent(id)}/events`, heard);
