/** Where one song is heard and seen: its player, its pictures, and what follows the playhead. */

import { clock, spoken } from "./format.js";
import { Karaoke } from "./karaoke.js";
import { mark } from "./marks.js";
import { FINISHED } from "./plan.js";
import { Player } from "./player.js";
import { Sound } from "./sound.js";
import { Spectrogram } from "./spectrogram.js";
import { isOver } from "./states.js";
import { Waveform } from "./waveform.js";

export class Desk {
  /** @param score the element that all of it stands in
   *  @param song whose sample rate and length are known */
  constructor(score, song) {
    const { sampleRate: rate, sampleLength: length } = song;
    this.score = score;
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
    this.player.addEventListener("change", () => this.#run());
    this.score.querySelector(".play").addEventListener("click", () => (this.player.wanted ? this.player.pause() : this.player.play()));
    this.seek.addEventListener("input", () => this.player.seek(this.seek.valueAsNumber * this.rate));
    this.seek.addEventListener("keydown", (event) => this.#key(event));
    this.score.querySelector(".levels").addEventListener("change", (event) => this.#choose(event.target.value));
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
    for (const input of this.score.querySelectorAll(".levels input:not([value=auto])")) {
      input.disabled = !this.sound.levels.has(Number(input.value));
    }
    const times = (song.files ?? []).find((file) => file.name === "lyrics.json");
    if (times && song.state === "completed") this.karaoke.load(times.href);
    this.#mark();
    this.#show();
  }

  #mark() {
    mark(this.score.querySelector(".of-marks"), this.karaoke.sections, this.song?.levels ?? [], this.rate, this.length);
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
    set(this.score.dataset, "player", player.state);
    set(this.score.dataset, "wanted", String(player.wanted));
    set(this.score.dataset, "hearing", level === undefined ? "" : String(level));
    const spokenAt = `${spoken(seconds)} of ${spoken(whole)}`;
    if (this.seek.getAttribute("aria-valuetext") !== spokenAt) this.seek.setAttribute("aria-valuetext", spokenAt);
    set(this.score.querySelector(".clock span"), "textContent", clock(seconds));
    this.score.querySelector(".play").setAttribute("aria-label", player.wanted ? "Pause" : "Play");
    this.#sayWhatIsHeard(level);
    this.karaoke.show(seconds, player.state === "playing");
  }

  #sayWhatIsHeard(level) {
    const place = this.score.querySelector(".hearing");
    const name = level === undefined ? "" : level === FINISHED ? "the finished song" : this.score.querySelector(`.levels input[value="${level}"]`)?.dataset.name;
    const over = isOver(this.song?.state);
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
