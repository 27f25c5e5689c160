/** The page of one song: follows it, and plays it while it is being made. */

import { page } from "./api.js";
import { offerToCancel } from "./cancel.js";
import { Desk } from "./desk.js";
import { tellTimes } from "./format.js";
import { follow } from "./live.js";
import { isOver } from "./states.js";

const REFRESH_MILLIS = 400;

const main = document.querySelector("main");
const score = document.querySelector(".score");
const id = main.dataset.song;
let desk = null;

/** Takes over what the server renders of the song now, wherever it differs. */
async function refresh() {
  const fresh = await page(location.pathname);
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (now && now.innerHTML !== part.dataset.was) {
      part.dataset.was = now.innerHTML;
      part.replaceChildren(...now.childNodes);
      tellTimes(part);
    }
  }
  // A song that was just asked for has no levels yet.
  const [levels, known] = [fresh.querySelectorAll(".levels label"), score.querySelectorAll(".levels label")];
  if (levels.length > known.length) {
    score.querySelector(".levels").append(...[...levels].slice(known.length));
    if (desk) desk.tell(desk.song);
  }
  document.title = fresh.title;
  const state = fresh.querySelector("main").dataset.state;
  if (main.dataset.state !== state) {
    main.dataset.state = state;
    document.getElementById("announcement").textContent = fresh.querySelector(".said").textContent;
  }
}

let asked = null;
function refreshSoon() {
  asked ??= setTimeout(async () => {
    try {
      await refresh();
    } catch {
      // the next event asks again
    } finally {
      asked = null;
    }
  }, REFRESH_MILLIS);
}

function heard(song) {
  if (!desk && song.sampleRate > 0 && song.sampleLength > 0 && (!isOver(song.state) || song.audio?.length > 0 || song.files?.length > 0)) {
    desk = new Desk(score, song);
  }
  desk?.tell(song);
  refreshSoon();
  if (isOver(song.state)) {
    stop();
    document.getElementById("cancel-said").textContent = "";
    setTimeout(refreshSoon, REFRESH_MILLIS + 100);
  }
}

offerToCancel(main, id);
tellTimes();
setInterval(tellTimes, 15_000);
const stop = follow(`/songs/${encodeURIComponent(id)}/events`, heard, { needed: () => desk?.player.wanted ?? false });
