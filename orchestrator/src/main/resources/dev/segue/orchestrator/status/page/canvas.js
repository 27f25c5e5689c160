/** A canvas as sharp as the screen, redrawn when its size or the colours of the page change. */
export function sharp(canvas, draw) {
  const redraw = () => {
    const ratio = devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * ratio);
    const height = Math.round(canvas.clientHeight * ratio);
    if (width === 0 || height === 0) return;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, width, height);
    draw(context, width, height, getComputedStyle(canvas));
  };
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      redraw();
    });
  };
  new ResizeObserver(ask).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ask);
  return ask;
}

/** Columns of a song of so many samples that a piece reaches into: [first, behind the last]. */
export function columnsOf(piece, columns, length) {
  return [Math.floor((piece.from / length) * columns), Math.ceil((piece.to / length) * columns)];
}
