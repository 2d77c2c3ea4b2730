// What is being written is kept some moments after the last key. Whoever leaves the page sooner takes nothing away: the
// rest goes along as the page goes. While a text is being saved, nothing is typed that the answer would replace.

const unkept = new Set();

const formOf = (element) => element?.closest?.("form[data-noaber-draft]");
const isSaving = (event) => event.detail.elt.matches?.("form[data-noaber-draft]");

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (form) unkept.add(form);
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form) return;
  unkept.delete(form);
  if (isSaving(event)) form.querySelector("textarea").readOnly = true;
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form) return;
  if (!event.detail.successful) unkept.add(form);
  if (isSaving(event)) form.querySelector("textarea").readOnly = false;
});

function keepNow() {
  for (const form of unkept) {
    if (form.isConnected) navigator.sendBeacon(form.dataset.noaberDraft, new FormData(form));
  }
  unkept.clear();
}

addEventListener("pagehide", keepNow);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepNow(); });
