/**
 * The sound of one song as far as it was fetched: each piece is decoded once, at the song's own rate, and only if a finer
 * one does not make it needless.
 */

import { bytes } from "./api.js";
import { FINISHED, meanwhile, stretches } from "./plan.js";

/** Fetches at once; a browser opens no more connections to one host anyway. */
const AT_ONCE = 3;
const RETRY_MILLIS = 5000;

export class Sound extends EventTarget {
  constructor(rate, length) {
    super();
    this.rate = rate;
    this.length = length;
    this.pieces = new Map();
    this.choice = null;
    this.choiceBefore = null;
    this.underWay = 0;
  }

  /** What the song document tells of. */
  offer(song) {
    for (const audio of song.audio ?? []) {
      this.#add({ level: audio.level, from: audio.fromSample, to: audio.toSample, href: audio.href });
    }
    const whole = (song.files ?? []).find((file) => file.name === "song.flac") ?? (song.files ?? []).find((file) => file.name === "song.wav");
    if (song.state === "completed" && whole) this.#add({ level: FINISHED, from: 0, to: this.length, href: whole.href });
    this.#fetchNeeded();
  }

  /** Hears one level only, or with null the finest there is. */
  choose(level) {
    // Who changes his mind while a level is on its way still hears what he heard before.
    if (this.#awaited().length === 0) this.choiceBefore = this.choice;
    this.choice = level;
    this.#fetchNeeded();
  }

  #add(piece) {
    if (!this.pieces.has(piece.href)) this.pieces.set(piece.href, { ...piece, buffer: null, asked: false });
  }

  /** The pieces that can be heard. */
  get ready() {
    return [...this.pieces.values()].filter((piece) => piece.buffer);
  }

  /** What is heard when: a level that was chosen takes over as soon as it is decoded, and nothing stops until then. */
  get plan() {
    return meanwhile(stretches(this.ready, this.choice), this.#awaited(), stretches(this.ready, this.choiceBefore));
  }

  /** Pieces of a level that was chosen which are not decoded yet; the finest there is needs to wait for none. */
  #awaited() {
    return this.choice === null ? [] : [...this.pieces.values()].filter((piece) => piece.level === this.choice && !piece.buffer);
  }

  /** Levels of which something can be heard. */
  get levels() {
    return new Set([...this.pieces.values()].map((piece) => piece.level));
  }

  #fetchNeeded() {
    const needed = stretches([...this.pieces.values()], this.choice).map((stretch) => stretch.piece);
    for (const piece of needed) {
      if (this.underWay >= AT_ONCE) return;
      if (!piece.asked) this.#fetch(piece);
    }
  }

  async #fetch(piece) {
    piece.asked = true;
    this.underWay++;
    try {
      const data = await bytes(piece.href);
      const decoder = new OfflineAudioContext(1, 1, this.rate);
      piece.buffer = await decoder.decodeAudioData(data);
      piece.to = Math.min(piece.to, piece.from + piece.buffer.length);
      this.dispatchEvent(new CustomEvent("piece", { detail: piece }));
    } catch {
      // It is on its way still, or the server has too much to do.
      setTimeout(() => {
        piece.asked = false;
        this.#fetchNeeded();
      }, RETRY_MILLIS);
    } finally {
      this.underWay--;
      this.#fetchNeeded();
    }
  }
}
