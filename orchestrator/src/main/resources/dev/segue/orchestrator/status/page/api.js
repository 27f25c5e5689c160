/** Speaking to the orchestrator: reading is open, writing needs the token of whoever started it. */

const KEPT = "segue-token";

/** Takes the token out of the address, where `segue serve` prints it, so that it does not stay in the history. */
function takeFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
}
takeFromAddress();
addEventListener("hashchange", takeFromAddress);

export const token = {
  get: () => sessionStorage.getItem(KEPT) ?? "",
  set: (value) => (value ? sessionStorage.setItem(KEPT, value) : sessionStorage.removeItem(KEPT)),
};

/** An answer that is not what was asked for: its status, and the sentences of its problem document. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the orchestrator answered ${status}`);
    this.status = status;
    this.problems = problem.problems ?? [];
  }
}

async function ask(path, { method = "GET", body, secret = false } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (secret) headers.Authorization = `Bearer ${token.get()}`;
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  let json = {};
  try {
    json = text ? JSON.parse(text) : {};
  } catch {
    json = { detail: text };
  }
  if (!answer.ok) throw new Refusal(answer.status, json);
  return json;
}

export const songs = (query) => ask(`/songs?${new URLSearchParams(query)}`);
export const models = () => ask("/models");
export const deadLetters = () => ask("/dead-letters", { secret: true });
export const submit = (request) => ask("/songs", { method: "POST", body: request, secret: true });

/** Resolves when a song that was asked for can be looked at: the request is read a moment after it was written. */
export async function known(id) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(`/songs/${encodeURIComponent(id)}`);
    } catch (problem) {
      if (problem.status !== 404 || attempt === 40) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

export const cancel = (id) => ask(`/songs/${encodeURIComponent(id)}`, { method: "DELETE", secret: true });
export const lyrics = (href) => ask(href);

/** The page as the server renders it now. */
export async function page(path) {
  const answer = await fetch(path, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Refusal(answer.status, {});
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The bytes of a sound, asked for again a few times, since a piece may be on its way. */
export async function bytes(href, signal) {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(href, { signal });
      if (!answer.ok) throw new Refusal(answer.status, {});
      return await answer.arrayBuffer();
    } catch (problem) {
      if (attempt === 5 || problem.name === "AbortError") throw problem;
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
    }
  }
}
