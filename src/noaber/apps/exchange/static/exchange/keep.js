// A live update must not take away what somebody is typing, or a step that they have unfolded: such a region is left
// alone, and says that something has changed. That may happen while the update is on its way, so this is asked again
// when it arrives.

const touched = new WeakSet();

document.addEventListener("input", (event) => {
  const region = event.target.closest?.("[data-noaber-keep]");
  if (region) touched.add(region);
});

/** Whether somebody works in it: typed there, unfolded a step, came back with what could not be sent, or is in a form. */
function isInUse(region) {
  if (touched.has(region) || region.querySelector("details.action[open], form[data-noaber-typed]")) return true;
  return region.contains(document.activeElement?.closest("form") ?? null);
}

/** Whether the region stays as it is; then it says so. */
function isKept(region) {
  if (!region.matches?.("[data-noaber-keep]")) return false;
  if (!isInUse(region)) return false;
  const note = region.querySelector("[data-noaber-kept]");
  if (note) note.hidden = false;
  return true;
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (isKept(event.detail.elt)) event.preventDefault();
});

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (isKept(event.detail.target)) event.detail.shouldSwap = false;
});
