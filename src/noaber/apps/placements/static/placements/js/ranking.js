// The ranking of applicants: rows are dragged, or moved by their buttons, which without this script ask the server.

const rows = document.querySelector("[data-placements-ranking]");
let dragged = null;

function number() {
  rows.querySelectorAll("[data-placements-rank]").forEach((cell, index) => { cell.textContent = String(index + 1); });
}

function move(row, down) {
  const other = down ? row.nextElementSibling : row.previousElementSibling;
  if (!other) return;
  if (down) other.after(row); else other.before(row);
  number();
}

function onClick(event) {
  const button = event.target.closest("button[name=move]");
  if (!button) return;
  event.preventDefault();
  move(button.closest("tr"), button.value.startsWith("down:"));
  button.focus();
}

function onDragOver(event) {
  const row = event.target.closest("tr");
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  const box = row.getBoundingClientRect();
  if (event.clientY > box.top + box.height / 2) row.after(dragged); else row.before(dragged);
  number();
}

if (rows) {
  rows.addEventListener("click", onClick);
  rows.addEventListener("dragstart", (event) => { dragged = event.target.closest("tr"); });
  rows.addEventListener("dragover", onDragOver);
  rows.addEventListener("drop", (event) => event.preventDefault());
  rows.addEventListener("dragend", () => { dragged = null; });
  rows.querySelectorAll("tr").forEach((row) => { row.draggable = true; });
}
