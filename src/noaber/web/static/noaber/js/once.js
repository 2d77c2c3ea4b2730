// Safety against double clicks: a form that is on its way cannot be sent again. The server has the last word (its
// token `once`); this only keeps the second click from leaving.

function busy(form, on) {
  for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
  form.dataset.noaberSent = on ? "yes" : "";
}

function isWrite(form) {
  return form.method === "post" || form.hasAttribute("hx-post");
}

export function startOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isWrite(form)) return;
    if (form.dataset.noaberSent === "yes") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // After the event, so that the pressed button's name and value still go along.
    setTimeout(() => { if (!event.defaultPrevented || form.hasAttribute("hx-post")) busy(form, true); });
  }, { capture: true });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) busy(form, false);
  });
  // Coming back by the browser's button shows the page as it was left.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-noaber-sent=yes]")) busy(form, false);
  });
}
