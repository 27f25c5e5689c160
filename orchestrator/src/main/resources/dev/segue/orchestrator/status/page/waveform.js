/**
 * The wave form of a song, each stretch in the colour of the finest level that was heard of it. Drawn here: wavesurfer.js
 * draws and plays one whole file, while this sound comes in pieces of several levels that replace each other under one
 * clock, and would have to be taken apart to do so.
 */

import { columnsOf, sharp } from "./canvas.js";
import { FINISHED } from "./plan.js";

const COLUMNS = 720;

export class Waveform {
  constructor(canvas, length) {
    this.length = length;
    this.columns = new Map();
    this.choice = null;
    this.redraw = sharp(canvas, (...to) => this.#draw(...to));
  }

  add(piece) {
    const { level } = piece;
    if (!this.columns.has(level)) this.columns.set(level, new Array(COLUMNS));
    const samples = piece.buffer.getChannelData(0);
    const [first, end] = columnsOf(piece, COLUMNS, this.length);
    for (let column = first; column < Math.min(end, COLUMNS); column++) {
      const from = Math.max(0, Math.floor((column / COLUMNS) * this.length) - piece.from);
      const to = Math.min(samples.length, Math.ceil(((column + 1) / COLUMNS) * this.length) - piece.from);
      let most = 0;
      for (let i = from; i < to; i++) most = Math.max(most, Math.abs(samples[i]));
      const known = this.columns.get(level)[column] ?? 0;
      this.columns.get(level)[column] = Math.max(known, most);
    }
    this.redraw();
  }

  choose(level) {
    this.choice = level;
    this.redraw();
  }

  #draw(context, width, height, style) {
    const colours = new Map([[FINISHED, style.getPropertyValue("--level-0")]]);
    for (const level of [0, 1, 2]) colours.set(level, style.getPropertyValue(`--level-${level}`));
    const levels = [...this.columns.keys()].filter((level) => this.choice === null || level === this.choice).sort((a, b) => a - b);
    const loudest = Math.max(0.05, ...levels.flatMap((level) => this.columns.get(level).filter(Number.isFinite)));
    const step = width / COLUMNS;
    const middle = height / 2;
    context.fillStyle = style.getPropertyValue("--rule");
    context.fillRect(0, middle - 0.5, width, 1);
    for (let column = 0; column < COLUMNS; column++) {
      const level = levels.find((level) => this.columns.get(level)[column] !== undefined);
      if (level === undefined) continue;
      const half = Math.max(1, (this.columns.get(level)[column] / loudest) * (middle - 2));
      context.fillStyle = colours.get(level) ?? style.color;
      context.fillRect(column * step, middle - half, Math.max(1, step * 0.68), half * 2);
    }
  }
}
