// What a live refresh must not spoil: the row on which the keyboard stands, what someone is typing, a dialog that is
// open. And what it should show: which rows are different now.

const isLive = (event) => event.detail.requestConfig?.triggeringEvent?.type === "noaber:changed";

const rowsIn = (root) => [...root.querySelectorAll("[data-noaber-key]")];
const controlsIn = (row) => [...row.querySelectorAll("a[href], button, input, select, textarea")];

/** The text of a row without its clocks, which differ at every moment. */
function said(row) {
  const copy = row.cloneNode(true);
  for (const clock of copy.querySelectorAll("[data-noaber-deadline]")) clock.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Words in a form that was opened within the fragment, and that were not sent yet. */
const isWritten = (area) => area.value !== area.defaultValue;

function isInUse(fragment) {
  if (fragment.querySelector("dialog[open], details[data-noaber-menu][open]")) return true;
  if ([...fragment.querySelectorAll("details[open] textarea")].some(isWritten)) return true;
  const active = document.activeElement;
  return fragment.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
}

/** Where the keyboard stands: the row's key and which of its controls. */
function remember(root) {
  const row = document.activeElement?.closest("[data-noaber-key]");
  if (!row || !root.contains(row)) return null;
  return { key: row.dataset.noaberKey, index: controlsIn(row).indexOf(document.activeElement) };
}

function refocus(root, place) {
  const row = place && rowsIn(root).find((one) => one.dataset.noaberKey === place.key);
  if (row && document.activeElement === document.body) controlsIn(row)[place.index]?.focus({ preventScroll: true });
}

function mark(root, before) {
  for (const row of rowsIn(root)) row.classList.toggle("is-changed", before.get(row.dataset.noaberKey) !== said(row));
}

/** A fragment in use asks again when its user has left it. */
function putOff(event) {
  if (!isLive(event) || !isInUse(event.detail.elt)) return;
  event.preventDefault();
  event.detail.elt.dataset.noaberStale = "yes";
}

function catchUp() {
  for (const fragment of document.querySelectorAll("[data-noaber-stale]")) {
    if (isInUse(fragment)) continue;
    delete fragment.dataset.noaberStale;
    document.body.dispatchEvent(new CustomEvent("noaber:changed"));
  }
}

export function startRefresh() {
  const waiting = new WeakMap();
  document.body.addEventListener("htmx:beforeRequest", putOff);
  for (const left of ["focusout", "close", "toggle"]) document.addEventListener(left, () => setTimeout(catchUp), { capture: true });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!isLive(event)) return;
    const root = event.detail.target;
    const before = new Map(rowsIn(root).map((row) => [row.dataset.noaberKey, said(row)]));
    waiting.set(event.detail.xhr, { id: root.id, before, place: remember(root) });
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const kept = waiting.get(event.detail.xhr);
    const root = kept && document.getElementById(kept.id);
    if (!root) return;
    waiting.delete(event.detail.xhr);
    refocus(root, kept.place);
    if (kept.before.size > 0) mark(root, kept.before);
  });
}
