/** The lyrics as they are sung: the word of the moment stands out, and its line stays in sight. */

import { lyrics } from "./api.js";

/** How long a word still stands out when it has ended. */
const LINGER_SECONDS = 0.25;

export class Karaoke {
  constructor(place, strip, seek) {
    this.place = place;
    this.strip = strip;
    this.seek = seek;
    this.lines = [];
    this.words = [];
  }

  get timed() {
    return this.lines.length > 0;
  }

  /** Fetches the times once the song has them. */
  async load(href) {
    if (this.asked) return;
    this.asked = true;
    const timed = await lyrics(href);
    if (!timed.lines?.some((line) => line.start !== null)) return;
    this.place.replaceChildren(...timed.lines.map((line) => this.#line(line)));
    this.place.classList.add("timed");
    this.strip.hidden = false;
    this.place.dispatchEvent(new Event("timed"));
  }

  #line(line) {
    const paragraph = document.createElement("p");
    if (line.words.length === 0) paragraph.className = "gap";
    line.words.forEach((word, i) => {
      const span = document.createElement("span");
      span.className = "word";
      span.textContent = word.text;
      if (word.start !== null) span.dataset.at = word.start;
      paragraph.append(i === 0 ? "" : " ", span);
      if (word.start !== null) this.words.push({ ...word, span });
    });
    if (line.start !== null) {
      this.lines.push({ ...line, paragraph });
      paragraph.addEventListener("click", () => this.seek(line.start));
    }
    return paragraph;
  }

  /** Where a section begins: the first sung line after an empty one. */
  get sections() {
    const starts = [];
    let fresh = true;
    for (const paragraph of this.place.children) {
      const line = this.lines.find((line) => line.paragraph === paragraph);
      if (paragraph.classList.contains("gap")) fresh = true;
      else if (line && fresh) {
        starts.push({ at: line.start, name: line.text });
        fresh = false;
      }
    }
    return starts;
  }

  /** Marks what is sung at a time: in the lyrics, and in the one line that stands where the sound is. */
  show(seconds, playing) {
    if (!this.timed) return;
    const line = this.lines.findLast((line) => line.start <= seconds);
    const word = this.words.findLast((word) => word.start <= seconds);
    if (line !== this.current) this.#go(line, playing);
    const sung = word && seconds < word.end + LINGER_SECONDS ? word : null;
    if (sung === this.sung) return;
    this.sung = sung;
    for (const marked of document.querySelectorAll(".word.now")) marked.classList.remove("now");
    sung?.span.classList.add("now");
    this.strip.querySelector(`[data-at="${sung?.start}"]`)?.classList.add("now");
  }

  #go(line, playing) {
    this.current?.paragraph.classList.remove("now");
    this.current?.paragraph.removeAttribute("aria-current");
    this.current = line;
    line?.paragraph.classList.add("now");
    line?.paragraph.setAttribute("aria-current", "true");
    this.strip.replaceChildren(...[...(line?.paragraph.childNodes ?? [])].map((node) => node.cloneNode(true)));
    if (playing && line) this.#keepInSight(line.paragraph);
  }

  /** Only for whoever reads the lyrics: nobody is taken away from the player. */
  #keepInSight(paragraph) {
    const box = paragraph.getBoundingClientRect();
    const reading = document.querySelector(".score").getBoundingClientRect().bottom < innerHeight / 3;
    if (!reading || (box.top > 80 && box.bottom < innerHeight - 40)) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    paragraph.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}
