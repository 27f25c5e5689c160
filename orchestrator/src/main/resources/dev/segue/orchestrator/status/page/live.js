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
 * Follows the events of an address for as long as the page lives. Pages that nobody sees do not: a browser opens six
 * connections to a server, and with each page in the background holding one of them the seventh would wait for good.
 *
 * @param address of the events
 * @param heard called with each document
 * @param opened called whenever the connection stands again after it was lost
 * @param needed whether the events are wanted even while nobody sees the page
 * @returns what ends it
 */
export function follow(address, heard, { opened = () => {}, needed = () => false } = {}) {
  let source = null;
  let timer;
  let lost = false;
  let ended = false;

  function open() {
    if (ended || source) return;
    const opening = new EventSource(address);
    source = opening;
    opening.onopen = () => {
      say("live");
      if (lost) opened();
      lost = false;
    };
    opening.addEventListener("song", (event) => heard(JSON.parse(event.data)));
    opening.onerror = () => {
      if (source !== opening) return;
      lost = true;
      say("lost");
      // The browser gives up where the answer is not a stream of events, as of a server that is about to be ready.
      if (opening.readyState !== EventSource.CLOSED) return;
      source = null;
      timer = setTimeout(open, 1000);
    };
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
    lost = true;
  }

  function seen() {
    if (!document.hidden) open();
    else if (!needed()) close();
  }

  seen();
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", seen);
  return () => {
    ended = true;
    close();
    say("done");
  };
}
