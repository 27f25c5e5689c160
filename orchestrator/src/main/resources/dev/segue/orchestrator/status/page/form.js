/** Asking for a song: suggestions of the model, and what is wrong with a request at the field where it is wrong. */

import { known as songKnown, models, Refusal, submit, token } from "./api.js";
import { names, requestOf } from "./request.js";

const CHIPS = 24;

const sheet = document.getElementById("sheet");
const form = sheet.querySelector("form");
const field = (name) => form.elements[name];
let known = [];

function open() {
  if (sheet.open) return;
  field("token").value = token.get();
  form.querySelector("[data-field=token]").hidden = token.get() !== "";
  sheet.showModal();
  (token.get() ? field("artist") : field("token")).focus();
}

async function suggest() {
  if (known.length === 0) {
    known = (await models()).models;
    field("model").replaceChildren(...known.map((model) => new Option(model.name, model.name)));
  }
  const model = known.find((model) => model.name === field("model").value) ?? known[0];
  if (!model) return;
  const artists = model.artists ?? [];
  document.getElementById("artists").replaceChildren(...artists.map((artist) => new Option(artist)));
  const genres = model.genres ?? [];
  document.getElementById("genres").replaceChildren(...genres.map((genre) => new Option(genre)));
  form.querySelector(".chips").replaceChildren(...(genres.length <= CHIPS ? genres.map(chip) : []));
  press();
  form.querySelector("#hint-model").textContent = model.description ?? "";
}

function chip(genre) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = genre;
  button.addEventListener("click", () => {
    const now = genresOf();
    field("genres").value = (now.includes(genre) ? now.filter((one) => one !== genre) : [...now, genre]).join(", ");
    press();
  });
  return button;
}

const genresOf = () => names(field("genres").value);

function press() {
  const now = genresOf().map((genre) => genre.toLowerCase());
  for (const button of form.querySelectorAll(".chips button")) {
    button.setAttribute("aria-pressed", String(now.includes(button.textContent.toLowerCase())));
  }
}

/** The part of the form that a problem's field names: "sampling[0].temperature" is shown at temperature. */
function partOf(name) {
  const names = [name, name.split(/[.[]/)[0], name.split(/[.\]]+/).filter(Boolean).at(-1)];
  return names.map((one) => form.querySelector(`[data-field="${CSS.escape(one)}"]`)).find(Boolean);
}

function clear() {
  for (const wrong of form.querySelectorAll(".wrong")) {
    wrong.textContent = "";
    wrong.hidden = true;
  }
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function show(problems) {
  let first = null;
  for (const { field: name, sentence } of problems) {
    const part = partOf(name) ?? form.querySelector("[data-field=form]");
    const wrong = part.querySelector(".wrong");
    wrong.textContent = wrong.textContent ? `${wrong.textContent}; ${sentence}` : sentence;
    wrong.hidden = false;
    part.closest("details")?.setAttribute("open", "");
    const input = part.querySelector("input, select, textarea");
    input?.setAttribute("aria-invalid", "true");
    first ??= input ?? wrong;
  }
  first?.focus();
  first?.scrollIntoView({ block: "center" });
}

async function send() {
  clear();
  const given = field("token").value.trim();
  if (given) token.set(given);
  const wanted = requestOf(form, known);
  try {
    await submit(wanted);
    await songKnown(wanted.songId);
    location.assign(`/songs/${encodeURIComponent(wanted.songId)}`);
  } catch (problem) {
    if (!(problem instanceof Refusal)) {
      show([{ field: "form", sentence: "the orchestrator does not answer; nothing was asked for, try again in a moment" }]);
    } else if (problem.status === 401) {
      token.set("");
      form.querySelector("[data-field=token]").hidden = false;
      show([{ field: "token", sentence: "the token is not the one that the orchestrator was started with; segue serve prints it" }]);
    } else {
      show(problem.problems.length > 0 ? problem.problems : [{ field: "form", sentence: problem.message }]);
    }
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector(".primary");
  button.disabled = true;
  await send();
  button.disabled = false;
});
field("model").addEventListener("change", suggest);
field("genres").addEventListener("input", press);
for (const button of document.querySelectorAll("[data-new]")) button.addEventListener("click", open);
sheet.querySelector("[data-close]").addEventListener("click", () => sheet.close());
if (location.hash === "#new") open();
suggest().catch(() => {}); // suggestions are a help: the form works without them
