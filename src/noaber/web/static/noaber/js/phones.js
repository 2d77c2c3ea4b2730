// The telephone list for the moment when the line is dead: asked for while it lives, kept in this tab, shown in a dialog.

const KEY = "noaber-phones";
const FRESH_MS = 30 * 60 * 1000;
const SETTLED_MS = 3000;

/** What was kept for this organisation, in the language of the page. */
function kept(acting) {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found?.acting === acting && found.language === document.documentElement.lang ? found : null;
  } catch {
    return null;
  }
}

async function fetchList(url, acting) {
  const answer = await fetch(url);
  if (!answer.ok) return;
  const list = await answer.json();
  sessionStorage.setItem(KEY, JSON.stringify({ acting, at: Date.now(), language: document.documentElement.lang, list }));
}

function fill(template, contact) {
  const rows = template.content.cloneNode(true);
  for (const element of rows.querySelectorAll("[data-noaber-phone]")) {
    const text = contact[element.dataset.noaberPhone];
    element.textContent = text;
    element.hidden = !text;
  }
  rows.querySelector("a").href = `tel:${contact.tel}`;
  return rows;
}

function show(dialog, acting) {
  const found = kept(acting);
  if (!found) return;
  const template = dialog.querySelector("template");
  dialog.querySelector("[data-noaber-phones-at]").textContent = found.list.stands;
  dialog.querySelector("[data-noaber-phones-none]").hidden = found.list.contacts.length > 0;
  dialog.querySelector("[data-noaber-phones-list]").replaceChildren(...found.list.contacts.map((one) => fill(template, one)));
  dialog.showModal();
}

export function startPhones() {
  const dialog = document.getElementById("noaber-phones");
  const acting = document.body.dataset.noaberActing;
  if (!dialog || !acting) return;
  document.querySelector("[data-noaber-phones-open]")?.addEventListener("click", () => show(dialog, acting));
  const found = kept(acting);
  if (found && Date.now() - found.at < FRESH_MS) return;
  setTimeout(() => fetchList(dialog.dataset.noaberPhones, acting).catch(() => {}), SETTLED_MS);
}
