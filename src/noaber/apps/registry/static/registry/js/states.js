// Keys of the control room's page: 1 to 4 choose the state of the team on which the keyboard stands.

/** The button or summary for a key in a row; nothing for another key. */
export function touchFor(row, key) {
  const number = Number(key);
  return Number.isInteger(number) && number > 0 ? row.querySelectorAll("[data-noaber-touch]")[number - 1] : undefined;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  if (event.target.closest("details[data-noaber-menu][open]")) return;
  const row = event.target.closest("[data-noaber-row]");
  const touch = row && touchFor(row, event.key);
  if (!touch) return;
  event.preventDefault();
  touch.focus();
  touch.click();
}

document.addEventListener("keydown", onKey);
