/** Server-sent events that come back by themselves, and the line of the page that says how it stands. */

const SAID = {
  live: "Live",
  lost: "Connection lost, trying again",
  done: "Up to date",
};

function say(state) {
  const line = document.querySelector(".line");
  if (line.dataset.line === state) return;
  line.dataset.line = state;
  line.textContent = SAID[state];
}

/**
 * Follows the events of an address for as long as the page lives.
 *
 * @param address of the events
 * @param heard called with each document
 * @param opened called whenever the connection stands again after it was lost
 * @returns what ends it
 */
export function follow(address, heard, opened = () => {}) {
  let source;
  let timer;
  let lost = false;
  let ended = false;

  function open() {
    source = new EventSource(address);
    source.onopen = () => {
      say("live");
      if (lost) opened();
      lost = false;
    };
    source.addEventListener("song", (event) => heard(JSON.parse(event.data)));
    source.onerror = () => {
      if (ended) return;
      lost = true;
      say("lost");
      // The browser gives up where the answer is not a stream of events, as of a server that is about to be ready.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, 1000);
    };
  }

  open();
  addEventListener("pagehide", () => source.close());
  return () => {
    ended = true;
    clearTimeout(timer);
    source.close();
    say("done");
  };
}
