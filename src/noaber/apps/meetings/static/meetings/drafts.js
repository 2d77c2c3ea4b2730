// What is being written is kept some moments after the last key. Whoever leaves the page sooner takes nothing away: the
// rest goes along as the page goes. While a text is being saved, nothing is typed that the answer would replace. And what
// the server has not kept, because it could not be reached, stays with the window: over a reload, until it is kept. It
// would go with the window, so whoever closes that one then is asked.

const FIELDS = ["text", "language", "base", "once", "goes_on"];

const unkept = new Set();
let unreached = false; // the last answer did not come
const sent = new WeakMap();

const formOf = (element) => element?.closest?.("form[data-noaber-draft]");
const isSaving = (event) => event.detail.elt.matches?.("form[data-noaber-draft]");
const endsWriting = (element) => element.matches?.("form[data-noaber-draft], [data-noaber-leaves]");
const areaOf = (form) => form.querySelector("textarea");
const nameOf = (form) => `${form.dataset.noaberWriter} ${form.dataset.noaberDraft}`;
const under = (name) => `noaber-minutes ${name}`;
const held = (name) => JSON.parse(sessionStorage.getItem(under(name)) ?? "null");
const letGo = (form) => sessionStorage.removeItem(under(nameOf(form)));
const waiting = () => [...document.querySelectorAll("form:has([data-noaber-unreached]:not([hidden]))")];
const inputsOf = (form, name) => form.querySelectorAll(`[name="${name}"]`);

function hold(form) {
  const values = FIELDS.map((name) => [name, [...inputsOf(form, name)].at(-1).value]);
  sessionStorage.setItem(under(nameOf(form)), JSON.stringify(Object.fromEntries(values)));
}

/** A form that has just been opened goes on with what this window holds and the server has not. */
function takeUp(form) {
  const values = held(nameOf(form));
  if (!values) return;
  if (values.text === areaOf(form).value) {
    letGo(form);
    return;
  }
  for (const [name, value] of Object.entries(values)) for (const input of inputsOf(form, name)) input.value = value;
  form.querySelector("[data-noaber-restored]").hidden = false;
  unkept.add(form);
}

function type(form) {
  areaOf(form).dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  unkept.add(form);
  hold(form);
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form) return;
  if (endsWriting(event.detail.elt)) unkept.delete(form);
  sent.set(event.detail.xhr, areaOf(form).value);
  if (isSaving(event)) areaOf(form).readOnly = true;
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form) return;
  unreached = event.detail.xhr.status === 0;
  if (isSaving(event)) areaOf(form).readOnly = false;
  if (!event.detail.successful) {
    unkept.add(form);
    return;
  }
  form.querySelector("[data-noaber-unreached]").hidden = true;
  if (!endsWriting(event.detail.elt) && areaOf(form).value !== sent.get(event.detail.xhr)) {
    type(form); // it was typed while the request was on its way
    return;
  }
  unkept.delete(form);
  letGo(form);
});

// Where the answer opens a form, what was saved or left is let go before: that form would take it up again.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const form = formOf(requestConfig.elt);
  if (form && xhr.status < 400 && endsWriting(requestConfig.elt)) letGo(form);
});

// Before the toasts hear of it: whoever types on without a connection is told once, in the form.
function tellUnreached(event) {
  const form = formOf(event.detail.elt);
  if (!form) return;
  form.querySelector("[data-noaber-unreached]").hidden = false;
  if (event.detail.elt.matches("[data-noaber-keeps]")) event.stopPropagation();
}

document.addEventListener("htmx:sendError", tellUnreached, { capture: true });
document.addEventListener("htmx:timeout", tellUnreached, { capture: true });

document.body.addEventListener("htmx:afterSwap", () => document.querySelectorAll("form[data-noaber-draft]").forEach(open));

const opened = new WeakSet();

function open(form) {
  if (opened.has(form)) return;
  opened.add(form);
  takeUp(form);
}

function keepNow() {
  for (const form of unkept) {
    if (form.isConnected) navigator.sendBeacon(form.dataset.noaberDraft, new FormData(form));
  }
  unkept.clear();
}

addEventListener("pagehide", keepNow);
addEventListener("beforeunload", (event) => {
  if (unreached && waiting().length) event.preventDefault();
});
addEventListener("online", () => waiting().forEach(type));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepNow(); });

document.querySelectorAll("form[data-noaber-draft]").forEach(open);
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("[data-noaber-write]")) if (held(link.dataset.noaberWrite)) link.click();
});
