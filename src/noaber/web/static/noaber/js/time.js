// The server's clock. A desk's own clock may be wrong, and an exercise has a time of its own, so pages count on from
// the instant at which the server made them.

const madeAt = Date.parse(document.body.dataset.noaberNow ?? "");
const offset = Number.isNaN(madeAt) ? 0 : madeAt - Date.now();

/** Now, in milliseconds since 1970, as the server counts. */
export const now = () => Date.now() + offset;
