/** Giving a song up, which needs the token; who has none is asked for it. */

import { cancel, token } from "./api.js";

/** @param main of the song's page
 *  @param id of the song */
export function offerToCancel(main, id) {
  const gate = document.getElementById("token-gate");
  const said = document.getElementById("cancel-said");

  function askForToken() {
    gate.hidden = false;
    gate.querySelector("input").focus();
  }

  main.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-cancel]");
    if (!button) return;
    if (!token.get()) {
      askForToken();
      return;
    }
    button.disabled = true;
    try {
      await cancel(id);
      said.textContent = "Cancelling: what is under way stops within a moment.";
    } catch (problem) {
      button.disabled = false;
      said.textContent = problem.status === 401 ? "The token is not the right one." : `It was not cancelled: ${problem.message}.`;
      if (problem.status === 401) {
        token.set("");
        askForToken();
      }
    }
  });

  gate?.addEventListener("submit", (event) => {
    event.preventDefault();
    token.set(gate.querySelector("input").value.trim());
    gate.hidden = true;
    main.querySelector("[data-cancel]")?.click();
  });
}
