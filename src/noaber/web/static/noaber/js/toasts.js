// What is said beside the page: toasts that go by themselves, or stay until they are read.

const STAY_MS = 8000;

function later(toast) {
  if (toast.classList.contains("toast--bad") || toast.dataset.noaberToast === "stay") return;
  setTimeout(() => toast.remove(), STAY_MS);
}

/** Show `text`; returns the toast. `act` is `{label, run}`. */
export function toast(text, { bad = false, act = null } = {}) {
  const made = document.getElementById("noaber-toast").content.firstElementChild.cloneNode(true);
  made.classList.toggle("toast--bad", bad);
  made.querySelector("[data-noaber-toast-words]").textContent = text;
  if (act) {
    const button = made.querySelector("[data-noaber-toast-act]");
    button.hidden = false;
    button.textContent = act.label;
    button.addEventListener("click", act.run);
  }
  document.getElementById("toasts").append(made);
  later(made);
  return made;
}

export function startToasts() {
  document.querySelectorAll("#toasts .toast").forEach(later);
  document.addEventListener("click", (event) => {
    event.target.closest("[data-noaber-dismiss]")?.closest(".toast")?.remove();
  });
}
