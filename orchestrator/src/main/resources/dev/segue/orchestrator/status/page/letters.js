/** Dead letters are for whoever has the token. */

import { deadLetters as ask, token } from "./api.js";
import { tellTimes } from "./format.js";

const gate = document.getElementById("gate");
const list = document.getElementById("letters");
const blank = document.getElementById("letter");
const said = document.getElementById("said");

function line(letter) {
  const item = blank.content.firstElementChild.cloneNode(true);
  item.querySelector("h2").textContent = letter.reason;
  item.querySelector(".over").replaceChildren(
    ...[letter.song, letter.topic, letter.offset < 0 ? "" : `offset ${letter.offset}`, `${letter.bytes} bytes`].filter(Boolean).map((part) => {
      const span = document.createElement("span");
      span.textContent = part;
      return span;
    }),
  );
  const time = item.querySelector("time");
  time.dateTime = letter.at;
  return item;
}

async function show() {
  try {
    const { deadLetters: letters, more } = await ask();
    gate.hidden = true;
    list.replaceChildren(...letters.map(line));
    tellTimes(list);
    const count = letters.length;
    if (count === 0) said.textContent = "No record had to be put aside.";
    else if (more) said.textContent = `The last ${count} records that were put aside:`;
    else said.textContent = `${count} ${count === 1 ? "record was" : "records were"} put aside.`;
  } catch (problem) {
    gate.hidden = false;
    const refused = token.get() !== "" && problem.status === 401;
    if (problem.status === 401) token.set("");
    said.textContent = refused ? "The token is not the right one." : problem.status === 401 ? "" : `They cannot be shown: ${problem.message}.`;
    if (refused) gate.querySelector("input").focus();
  }
}

gate.addEventListener("submit", (event) => {
  event.preventDefault();
  token.set(gate.querySelector("input").value.trim());
  show();
});
for (const part of document.querySelectorAll("[data-live-only]")) part.hidden = false;
show();
