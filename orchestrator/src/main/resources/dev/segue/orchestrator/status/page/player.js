/**
 * Plays a song while it is being made. The position is a function of the audio clock alone, so that it goes on as it was
 * when a finer level takes over; only what is heard at a position changes, with a short cross-fade of equal power.
 *
 * Sounds are scheduled some seconds ahead on the samples of the song itself: the clock of the audio context runs at the
 * song's rate, so that pieces of one level join to the sample. Larger than most modules, since the position, what is
 * scheduled and what fades must change together.
 */

import { at, reach, seamless } from "./plan.js";

const AHEAD_SECONDS = 6;
const FADE_SECONDS = 0.04;
/** What a change of plan needs to be in time. */
const SOON_SECONDS = 0.06;

const curve = (shape) => Float32Array.from({ length: 33 }, (_, i) => shape((i / 32) * (Math.PI / 2)));
const RISE = curve(Math.sin);
const FALL = curve(Math.cos);

export class Player extends EventTarget {
  /** @param rate of the song in Hz
   *  @param length of the song in samples */
  constructor(rate, length) {
    super();
    this.rate = rate;
    this.length = length;
    this.plan = [];
    this.voices = [];
    this.wanted = false;
    this.running = false;
    this.anchor = { sample: 0, time: 0 };
    this.context = null;
  }

  /** What can be heard now; takes over at once where it differs. */
  setPlan(plan) {
    this.plan = plan;
    if (this.running) this.#reschedule();
    else if (this.wanted) this.#start();
    this.#tell();
  }

  /** The sample that is heard now. */
  get position() {
    if (!this.running) return this.anchor.sample;
    const passed = Math.max(0, this.context.currentTime - this.anchor.time) * this.rate;
    return Math.min(this.anchor.sample + passed, this.voices.at(-1)?.to ?? this.anchor.sample);
  }

  /** The stretch that is heard now, or would be. */
  get stretch() {
    return at(this.plan, Math.min(this.position, this.length - 1));
  }

  get state() {
    if (!this.wanted) return this.anchor.sample >= this.length ? "ended" : "paused";
    return this.running ? "playing" : "waiting";
  }

  async play() {
    this.context ??= this.#open();
    this.wanted = true;
    if (this.anchor.sample >= this.length) this.anchor.sample = 0;
    this.#tell();
    await this.context.resume();
    if (this.wanted && !this.running) this.#start();
    this.#tell();
  }

  pause() {
    this.wanted = false;
    this.#halt(this.position);
    this.#tell();
  }

  seek(sample) {
    this.#halt(Math.max(0, Math.min(this.length, sample)));
    if (this.wanted) this.#start();
    this.#tell();
  }

  #open() {
    const context = new AudioContext({ sampleRate: this.rate });
    this.output = context.createGain();
    this.output.connect(context.destination);
    this.timer = setInterval(() => this.#tick(), 250);
    return context;
  }

  #start() {
    const from = Math.round(this.anchor.sample);
    if (this.context.state !== "running" || !at(this.plan, from)) return;
    const time = Math.ceil((this.context.currentTime + SOON_SECONDS) * this.rate) / this.rate;
    this.anchor = { sample: from, time };
    this.running = true;
    this.#schedule(from);
  }

  #halt(sample) {
    this.running = false;
    const now = this.context?.currentTime ?? 0;
    for (const voice of this.voices) this.#fadeOut(voice, now, 0.012);
    this.voices = [];
    this.anchor = { sample, time: now };
  }

  #tick() {
    if (!this.running) {
      if (this.wanted) this.#start();
    } else {
      const position = this.position;
      const last = this.voices.at(-1);
      if (position >= this.length) {
        this.wanted = false;
        this.#halt(this.length);
      } else if (reach(this.plan, Math.floor(position)) <= position) {
        this.#halt(Math.round(position)); // nothing to be heard here yet: the position waits for it
      } else {
        this.#schedule(last?.to ?? Math.ceil(position), last);
        this.voices = this.voices.filter((voice) => this.#timeOf(voice.to) + 1 > this.context.currentTime);
      }
    }
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  #timeOf(sample) {
    return this.anchor.time + (sample - this.anchor.sample) / this.rate;
  }

  /** Schedules what comes from a sample on, behind a voice that ends there. */
  #schedule(from, before) {
    const horizon = this.context.currentTime + AHEAD_SECONDS;
    let sample = from;
    let last = before;
    while (sample < this.length && this.#timeOf(sample) < horizon) {
      const stretch = at(this.plan, sample);
      if (!stretch) break;
      const part = { from: sample, to: stretch.to, piece: stretch.piece };
      last = this.#join(last, part);
      sample = part.to;
    }
  }

  /** Adds a part; it fades over from the voice before unless they are of one decoding. */
  #join(before, part) {
    if (!before || before.to !== part.from) return this.#voice(part, part.from, before ? FADE_SECONDS : 0.004);
    if (seamless(before, part)) return this.#voice(part, part.from, 0);
    const fade = Math.round(FADE_SECONDS * this.rate);
    if (before.piece.to >= before.to + fade || part.piece.from > part.from - fade) {
      this.#fadeOut(before, this.#timeOf(part.from), FADE_SECONDS);
      return this.#voice(part, part.from, FADE_SECONDS);
    }
    this.#fadeOut(before, this.#timeOf(part.from - fade), FADE_SECONDS);
    return this.#voice(part, part.from - fade, FADE_SECONDS);
  }

  #voice(part, from, fade) {
    const source = this.context.createBufferSource();
    const gain = this.context.createGain();
    const start = this.#timeOf(from);
    source.buffer = part.piece.buffer;
    source.connect(gain).connect(this.output);
    if (fade > 0) gain.gain.setValueCurveAtTime(RISE, Math.max(start, this.context.currentTime), fade);
    source.start(start, (from - part.piece.from) / this.rate);
    source.stop(this.#timeOf(part.to));
    const voice = { ...part, source, gain, risenAt: start + fade };
    this.voices.push(voice);
    return voice;
  }

  #fadeOut(voice, time, seconds) {
    const now = this.context.currentTime;
    const gain = voice.gain.gain;
    if (this.#timeOf(voice.from) > time) {
      voice.source.disconnect();
      return;
    }
    if (typeof gain.cancelAndHoldAtTime === "function" && time < voice.risenAt) {
      gain.cancelAndHoldAtTime(Math.max(time, now));
      gain.linearRampToValueAtTime(0, Math.max(time, now) + seconds);
    } else {
      gain.cancelScheduledValues(Math.max(time, now));
      gain.setValueCurveAtTime(FALL, Math.max(time, now), seconds);
    }
    voice.source.stop(Math.max(time, now) + seconds);
  }

  /** After a change of plan: what sounds goes on if it is still the finest, otherwise the finer one takes over. */
  #reschedule() {
    const soon = Math.ceil((this.context.currentTime + SOON_SECONDS) * this.rate) / this.rate;
    const sample = Math.round(this.anchor.sample + (soon - this.anchor.time) * this.rate);
    const sounding = this.voices.findLast((voice) => voice.from <= sample && sample < voice.to);
    for (const voice of this.voices) {
      if (voice.from > sample) voice.source.disconnect();
    }
    const next = at(this.plan, Math.max(sample, this.anchor.sample));
    if (sounding && next?.piece === sounding.piece) {
      this.voices = [sounding];
      sounding.to = next.to;
      sounding.gain.gain.cancelScheduledValues(Math.max(soon, sounding.risenAt)); // it may have been about to fade
      sounding.source.stop(this.#timeOf(next.to));
      this.#schedule(next.to, sounding);
      return;
    }
    this.voices = [];
    if (sounding) this.#fadeOut(sounding, soon, FADE_SECONDS);
    if (next) this.#schedule(Math.max(sample, this.anchor.sample), sounding ? { to: -1 } : undefined);
  }
}
