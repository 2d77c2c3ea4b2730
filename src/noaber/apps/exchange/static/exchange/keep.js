// A live update must not take away what somebody is typing, or a step that they have unfolded: such a region is left
// alone, and says that something has changed. That may happen while the update is on its way, so this is asked again
// when it arrives.

const touched = new WeakSet();

document.addEventListener("input", (event) => {
  const region = event.target.closest?.("[data-noaber-keep]");
  if (region) touched.add(region);
});

/** Whether the region stays as it is; then it says so. */
function isKept(region) {
  if (!region.matches?.("[data-noaber-keep]")) return false;
  if (!touched.has(region) && !region.querySelector("details.action[open]")) return false;
  const note = region.querySelector("[data-noaber-stale]");
  if (note) note.hidden = false;
  return true;
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (isKept(event.detail.elt)) event.preventDefault();
});

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (isKept(event.detail.target)) event.detail.shouldSwap = false;
});
