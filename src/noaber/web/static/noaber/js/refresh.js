// What a live refresh must not spoil: the row on which the keyboard stands, what someone is typing or has folded out, a
// dialog that is open. And what it should show: which rows are different now.

const isLive = (event) => event.detail.requestConfig?.triggeringEvent?.type === "noaber:changed";

const rowsIn = (root) => [...root.querySelectorAll("[data-noaber-key]")];
const controlsIn = (row) => [...row.querySelectorAll("a[href], button, input, select, textarea, summary")];

/** The text of a row without its clocks, which differ at every moment. */
function said(row) {
  const copy = row.cloneNode(true);
  for (const clock of copy.querySelectorAll("[data-noaber-deadline]")) clock.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Whether somebody filled it in, and did not send it yet. */
function isWritten(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.options) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((one) => one.defaultSelected));
  return control.value !== control.defaultValue;
}

/** What folds out, each under a name that it has after the refresh too. */
function foldsIn(root) {
  const met = new Map();
  return [...root.querySelectorAll("details:not([data-noaber-menu])")].map((fold) => {
    const words = fold.querySelector("summary")?.textContent.replace(/\s+/g, " ").trim();
    const name = `${fold.closest("[data-noaber-key]")?.dataset.noaberKey} ${words}`;
    met.set(name, (met.get(name) ?? 0) + 1);
    return [`${name} ${met.get(name)}`, fold];
  });
}

function isInUse(fragment) {
  if (fragment.querySelector("dialog[open], details[data-noaber-menu][open]")) return true;
  if ([...fragment.querySelectorAll("details[open] :is(textarea, input, select)")].some(isWritten)) return true;
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
    if (isInUse(root)) {
      // It was begun while the answer was on its way.
      event.detail.shouldSwap = false;
      root.dataset.noaberStale = "yes";
      return;
    }
    const before = new Map(rowsIn(root).map((row) => [row.dataset.noaberKey, said(row)]));
    const open = new Set(foldsIn(root).filter(([, fold]) => fold.open).map(([name]) => name));
    waiting.set(event.detail.xhr, { id: root.id, before, open, place: remember(root) });
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const kept = waiting.get(event.detail.xhr);
    const root = kept && document.getElementById(kept.id);
    if (!root) return;
    waiting.delete(event.detail.xhr);
    for (const [name, fold] of foldsIn(root)) if (kept.open.has(name)) fold.open = true;
    refocus(root, kept.place);
    if (kept.before.size > 0) mark(root, kept.before);
  });
}
