/** A request as a form says it: the fields of POST /songs, those alone that somebody filled in. */

/** Names that are separated by commas. */
export const names = (text) => text.split(",").map((name) => name.trim()).filter(Boolean);

/** An id for people: what was asked for, and when. */
function idOf(artist, genres) {
  const words = [artist, ...genres].join("-").toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const time = new Date().toISOString().replace(/\D/g, "").slice(2, 14);
  return `${words.slice(0, 48) || "song"}-${time}`.replace(/-+/g, "-");
}

/**
 * What the form says now.
 *
 * @param form with a field for each
 * @param known models, as the orchestrator lists them
 */
export function requestOf(form, known) {
  const text = (name) => form.elements[name].value.trim();
  // Numbers go as they are, and what is no number goes as it was written, so that the orchestrator can say so.
  const number = (name) => {
    const written = text(name);
    return written === "" ? undefined : Number.isFinite(Number(written)) ? Number(written) : written;
  };
  const levels = known.find((model) => model.name === text("model"))?.hops?.length ?? 3;
  const drawn = { temperature: number("temperature"), topK: number("topK"), topP: number("topP") };
  const usual = Object.values(drawn).every((value) => value === undefined);
  const earlier = text("earlierSong");
  const prompt = text("audioPrompt");
  const seed = text("seed");
  const genres = names(text("genres"));
  return {
    songId: text("songId") || idOf(text("artist"), genres),
    model: text("model"),
    artist: text("artist"),
    genres: genres,
    lyrics: form.elements.lyrics.value,
    durationSeconds: number("durationSeconds"),
    totalDurationSeconds: number("totalDurationSeconds"),
    offsetSeconds: number("offsetSeconds"),
    seed: seed === "" ? undefined : Number.isSafeInteger(Number(seed)) ? Number(seed) : seed,
    sampling: usual ? undefined : Array.from({ length: levels }, (_, level) => ({ level, ...drawn })),
    audioPrompt: prompt === "" ? undefined : { object: prompt, seconds: number("promptSeconds") },
    earlierSong: earlier === "" ? undefined : { songId: earlier, use: text("use"), seconds: number("promptSeconds") },
    finestLevel: number("finestLevel"),
    parallelSegments: number("parallelSegments"),
    priority: number("priority"),
    deadline: text("deadline") === "" ? undefined : new Date(text("deadline")).toISOString(),
    formats: [...form.querySelectorAll("[name=formats]:checked")].map((box) => box.value),
    sampleDepth: text("sampleDepth"),
    tenant: text("tenant") || undefined,
    callbackUrl: text("callbackUrl") || undefined,
  };
}
