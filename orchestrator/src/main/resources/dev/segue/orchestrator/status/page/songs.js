/** The list of songs: rows change where they stand, and those that are far away cost nothing. */

import { songs } from "./api.js";
import "./form.js";
import { tellTimes } from "./format.js";
import { follow } from "./live.js";
import { fill } from "./row.js";

const PAGE = 200;

const list = document.querySelector(".songs");
const blank = document.getElementById("row");
const search = document.getElementById("search");
const counted = document.getElementById("counted");
const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
const state = new URLSearchParams(location.search).get("state");
const pending = new Map();

function matches(row) {
  const wanted = search.value.trim().toLowerCase();
  return wanted === "" || row.textContent.toLowerCase().includes(wanted);
}

function count() {
  const shown = [...rows.values()].filter((row) => !row.hidden).length;
  const text = `${shown.toLocaleString("en")} ${shown === 1 ? "song" : "songs"}`;
  if (counted.textContent !== text) counted.textContent = text;
  document.getElementById("empty").hidden = rows.size > 0;
  document.getElementById("nothing-found").hidden = rows.size === 0 || shown > 0;
}

/** Rows are put in once a frame, however many events there were. */
function soon(song) {
  if (pending.size === 0) requestAnimationFrame(apply);
  pending.set(song.id, song);
}

function apply() {
  for (const song of pending.values()) {
    const row = rows.get(song.id);
    if (row) fill(row, song);
    else if (!state || state === song.state) add(song);
  }
  pending.clear();
  count();
}

/** The list is in the order of the requests, the latest first: new songs come on top, and what is brought at the end. */
function add(song) {
  const row = blank.content.firstElementChild.cloneNode(true);
  const isBelow = (other) => other.dataset.at <= song.requestedAt;
  const last = list.lastElementChild;
  row.dataset.at = song.requestedAt;
  list.insertBefore(row, !last || !isBelow(last) ? null : [...list.children].find(isBelow));
  fill(row, song);
  row.hidden = !matches(row);
  rows.set(song.id, row);
}

/** Brings what the first page of the server left out, a part at a time. */
async function bring() {
  const link = document.querySelector("[data-after]");
  let after = link?.dataset.after;
  link?.remove();
  while (after) {
    const found = await songs({ limit: PAGE, after, ...(state ? { state } : {}) });
    found.songs.forEach(soon);
    after = found.next;
    await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
  }
}

async function catchUp() {
  const found = await songs({ limit: PAGE, ...(state ? { state } : {}) });
  found.songs.forEach(soon);
}

search.addEventListener("input", () => {
  for (const row of rows.values()) row.hidden = !matches(row);
  count();
});

for (const part of document.querySelectorAll("[data-live-only]")) part.hidden = false;
tellTimes(list);
follow("/events", soon, { opened: catchUp });
bring();
