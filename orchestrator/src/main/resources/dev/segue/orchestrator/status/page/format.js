/** Numbers as people read them. */

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function spoken(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = `${whole % 60} seconds`;
  return minutes === 0 ? rest : `${minutes} minutes ${rest}`;
}

/** A rough time to come, such as "12 s" or "4 min". */
export function left(seconds) {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export function ago(time) {
  const seconds = (Date.parse(time) - Date.now()) / 1000;
  const [size, unit] = [[86400, "day"], [3600, "hour"], [60, "minute"]].find(([size]) => -seconds >= size) ?? [1, "second"];
  return -seconds < 5 ? "just now" : RELATIVE.format(Math.round(seconds / size), unit);
}

/** Rewrites the times of the server as times that have passed. */
export function tellTimes(within = document) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    time.title ||= new Date(time.dateTime).toLocaleString();
    const text = ago(time.dateTime);
    if (time.textContent !== text) time.textContent = text;
  }
}
