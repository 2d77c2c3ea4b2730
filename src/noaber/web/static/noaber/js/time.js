// The server's clock. A desk's own clock may be wrong, and an exercise has a time of its own, so pages count on from
// the instant at which the server made them.

const madeAt = Date.parse(document.body.dataset.noaberNow ?? "");
const offset = Number.isNaN(madeAt) ? 0 : madeAt - Date.now();

/** Now, in milliseconds since 1970, as the server counts. */
export const now = () => Date.now() + offset;

/** Local time of an instant as hours and minutes, in the zone that the server named for this page. */
export const localTime = (instant) =>
  new Date(instant + Number(document.body.dataset.noaberEast ?? 0) * 60000).toISOString().slice(11, 16);
