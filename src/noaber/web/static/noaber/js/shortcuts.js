// Keyboard first: `/` searches, `g d` goes to the desk, `n` makes something new, arrows walk through tables,
// Ctrl+Enter sends, `?` shows this. Single keys can be switched off (WCAG 2.1.4).

const STORE = "noaber-single-keys";
const CHORD_MS = 1500;

const kept = () => { try { return localStorage.getItem(STORE); } catch { return null; } };
const keep = (value) => { try { localStorage.setItem(STORE, value); } catch { /* a private window forgets */ } };
const singleKeys = () => kept() !== "off";

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function help() {
  document.getElementById("noaber-help")?.showModal();
}

function search() {
  const field = document.querySelector("[data-noaber-search]");
  field?.focus();
  field?.select();
}

function closeFound() {
  const found = document.getElementById("search-brief");
  if (!found || found.hidden) return;
  if (found.contains(document.activeElement)) search();
  found.hidden = true;
}

function step(event, direction) {
  const rows = [...document.querySelectorAll("[data-noaber-rows] [data-noaber-row]")].filter((row) => row.offsetParent);
  const here = rows.indexOf(document.activeElement?.closest("[data-noaber-row]"));
  const next = rows[here < 0 ? (direction > 0 ? 0 : rows.length - 1) : here + direction];
  const target = next?.matches("a[href]") ? next : next?.querySelector("a[href], button:not([disabled])");
  if (!target) return;
  event.preventDefault();
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}

function send(event) {
  const form = event.target.closest("form") ?? document.querySelector("form[data-noaber-main]");
  if (!form || form.method === "dialog") return;
  event.preventDefault();
  form.requestSubmit();
}

const KEYS = {
  "/": search,
  "?": help,
  n: () => document.querySelector("[data-noaber-new]")?.click(),
};

let chordAt = 0;

function single(event) {
  if (event.key !== "g" && chordAt && event.timeStamp - chordAt < CHORD_MS) {
    chordAt = 0;
    const link = document.querySelector(`[data-noaber-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  chordAt = event.key === "g" ? event.timeStamp : 0;
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined;
  if (event.key === "Escape") { closeFound(); return closeMenus(); }
  if (event.key === "ArrowDown" && event.target.matches("[data-noaber-search]")) return step(event, 1);
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return undefined;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const inside = event.target.closest("[data-noaber-rows]") || event.target === document.body;
    return inside ? step(event, event.key === "ArrowDown" ? 1 : -1) : undefined;
  }
  return singleKeys() ? single(event) : undefined;
}

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details[data-noaber-menu][open]")) {
    if (menu === except) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

export function startShortcuts() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", (event) => {
    if (event.target.closest(".search") && !event.relatedTarget?.closest(".search")) closeFound();
  });
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details[data-noaber-menu]"));
    if (event.target.closest("[data-noaber-help]")) help();
    const opener = event.target.closest("[data-noaber-dialog]");
    if (opener) document.getElementById(opener.dataset.noaberDialog)?.showModal();
    if (event.target.closest("[data-noaber-close]")) event.target.closest("dialog")?.close();
  });
  const box = document.querySelector("[data-noaber-single-keys]");
  if (!box) return;
  box.checked = singleKeys();
  box.addEventListener("change", () => keep(box.checked ? "on" : "off"));
}
