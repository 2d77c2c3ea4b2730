// An objective is dragged to another place of a draft; the buttons up and down do the same for the keyboard.
// The page is rebuilt by the answer of the server, so that every number is right.

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

function place(objective, at) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = objective.dataset.noaberPlace;
  for (const [name, value] of [["csrfmiddlewaretoken", token()], ["place", String(at)]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

let dragged = null;

function over(event) {
  const target = event.target instanceof Element ? event.target.closest("[data-noaber-place]") : null;
  return dragged && target && target !== dragged && target.parentElement === dragged.parentElement ? target : null;
}

function clear() {
  for (const one of document.querySelectorAll(".is-over, .is-dragged")) one.classList.remove("is-over", "is-dragged");
}

document.addEventListener("dragstart", (event) => {
  const objective = event.target instanceof Element ? event.target.closest("[data-noaber-place]") : null;
  if (!objective) return;
  dragged = objective;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", objective.id);
  objective.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  const target = over(event);
  if (!target) return;
  event.preventDefault();
  for (const one of document.querySelectorAll(".is-over")) one.classList.remove("is-over");
  target.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const target = over(event);
  if (!target) return;
  event.preventDefault();
  place(dragged, [...target.parentElement.children].indexOf(target));
});

document.addEventListener("dragend", () => {
  clear();
  dragged = null;
});
