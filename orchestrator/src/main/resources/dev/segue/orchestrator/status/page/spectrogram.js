/** What frequencies a song has when: loudness as ink, pitch upwards on a scale of octaves. */

import { columnsOf, sharp } from "./canvas.js";
import { Fourier } from "./fourier.js";

const COLUMNS = 640;
const ROWS = 96;
const WINDOW = 2048;
const LOWEST = 60;
const RANGE = { from: -52, to: 12 };

/** Columns that are worked out in one go, so that the page answers meanwhile. */
const AT_ONCE = 64;

export class Spectrogram {
  constructor(canvas, rate, length) {
    this.rate = rate;
    this.length = length;
    this.finest = new Array(COLUMNS).fill(Infinity);
    this.ink = new Float32Array(COLUMNS * ROWS);
    this.fourier = new Fourier(WINDOW);
    this.bins = Float32Array.from({ length: ROWS + 1 }, (_, row) => {
      const pitch = LOWEST * (rate / 2 / LOWEST) ** (row / ROWS);
      return (pitch / rate) * WINDOW;
    });
    this.queue = [];
    this.redraw = sharp(canvas, (...to) => this.#draw(...to));
  }

  add(piece) {
    const [first, end] = columnsOf(piece, COLUMNS, this.length);
    for (let column = first; column < Math.min(end, COLUMNS); column++) {
      if (piece.level < this.finest[column]) this.queue.push({ column, piece });
    }
    if (!this.busy) this.#work();
  }

  #work() {
    this.busy = this.queue.length > 0;
    const power = new Float32Array(WINDOW / 2);
    for (const { column, piece } of this.queue.splice(0, AT_ONCE)) {
      if (piece.level > this.finest[column]) continue;
      this.finest[column] = piece.level;
      const centre = Math.round(((column + 0.5) / COLUMNS) * this.length) - piece.from;
      this.fourier.decibels(piece.buffer.getChannelData(0), centre, power);
      for (let row = 0; row < ROWS; row++) {
        const [low, high] = [Math.floor(this.bins[row]), Math.max(Math.floor(this.bins[row]) + 1, Math.floor(this.bins[row + 1]))];
        let most = -Infinity;
        for (let bin = low; bin < high && bin < power.length; bin++) most = Math.max(most, power[bin]);
        this.ink[column * ROWS + row] = Math.min(1, Math.max(0, (most - RANGE.from) / (RANGE.to - RANGE.from)));
      }
    }
    this.redraw();
    if (this.busy) setTimeout(() => this.#work());
  }

  #draw(context, width, height, style) {
    const [paper, ink] = [channels(context, style.getPropertyValue("--raised")), channels(context, style.getPropertyValue("--ink"))];
    const warm = channels(context, style.getPropertyValue("--level-2"));
    const image = new ImageData(COLUMNS, ROWS);
    for (let column = 0; column < COLUMNS; column++) {
      for (let row = 0; row < ROWS; row++) {
        const value = this.ink[column * ROWS + row] ** 1.5;
        const to = ((ROWS - 1 - row) * COLUMNS + column) * 4;
        for (let i = 0; i < 3; i++) {
          image.data[to + i] = value < 0.5 ? mix(paper[i], warm[i], value * 2) : mix(warm[i], ink[i], value * 2 - 1);
        }
        image.data[to + 3] = 255;
      }
    }
    const small = new OffscreenCanvas(COLUMNS, ROWS);
    small.getContext("2d").putImageData(image, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, 0, width, height);
  }
}

const mix = (a, b, share) => a + (b - a) * share;

/** Red, green and blue of a colour of the style sheet. */
function channels(context, colour) {
  context.fillStyle = colour;
  const hex = context.fillStyle;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
