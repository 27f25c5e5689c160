/** The lyrics as they are sung: the word of the moment stands out, and its line stays in sight. */

import { lyrics } from "./api.js";

export class Karaoke {
  constructor(place, seek) {
    this.place = place;
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
    this.place.dispatchEvent(new Event("timed"));
  }

  #line(line) {
    const paragraph = document.createElement("p");
    if (line.words.length === 0) paragraph.className = "gap";
    line.words.forEach((word, i) => {
      const span = document.createElement("span");
      span.className = "word";
      span.textContent = word.text;
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

  show(seconds, playing) {
    if (!this.timed) return;
    const line = this.lines.findLast((line) => line.start <= seconds);
    const word = this.words.findLast((word) => word.start <= seconds);
    if (line?.paragraph !== this.current) {
      this.current?.classList.remove("now");
      this.current?.removeAttribute("aria-current");
      this.current = line?.paragraph;
      this.current?.classList.add("now");
      this.current?.setAttribute("aria-current", "true");
      if (playing) this.#keepInSight();
    }
    for (const known of this.words) {
      known.span.classList.toggle("now", known === word && seconds < known.end + 0.25);
    }
  }

  #keepInSight() {
    const box = this.current?.getBoundingClientRect();
    if (!box || (box.top > 80 && box.bottom < innerHeight - 40)) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.current.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}
