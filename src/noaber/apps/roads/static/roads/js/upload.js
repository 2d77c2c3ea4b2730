// How much of an upload was sent: the form works without it.

document.body.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target.closest?.("[data-noaber-upload]");
  const bar = form?.querySelector("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});
