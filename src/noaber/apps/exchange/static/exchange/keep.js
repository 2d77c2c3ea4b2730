// A live update must not take away what somebody is typing: a region that was touched is left alone, and says that
// something has changed.

const touched = new WeakSet();

document.addEventListener("input", (event) => {
  const region = event.target.closest?.("[data-noaber-keep]");
  if (region) touched.add(region);
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const region = event.detail.elt;
  if (!region.matches?.("[data-noaber-keep]") || !touched.has(region)) return;
  event.preventDefault();
  const note = region.querySelector("[data-noaber-stale]");
  if (note) note.hidden = false;
});
