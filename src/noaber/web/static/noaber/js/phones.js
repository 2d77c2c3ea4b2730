// The telephone list for the moment when the line is dead: asked for while it lives, kept in this tab, shown in a dialog.

const KEY = "noaber-phones";
const FRESH_MS = 30 * 60 * 1000;
const SETTLED_MS = 3000;

function kept(acting) {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found?.acting === acting ? found : null;
  } catch {
    return null;
  }
}

async function fetchList(url, acting) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  sessionStorage.setItem(KEY, JSON.stringify({ acting, at: Date.now(), language: document.documentElement.lang, list: await answer.text() }));
}

function show(dialog, acting) {
  const found = kept(acting);
  if (!found) return;
  dialog.querySelector("[data-noaber-phones-list]").innerHTML = found.list;
  dialog.showModal();
}

export function startPhones() {
  const dialog = document.getElementById("noaber-phones");
  const acting = document.body.dataset.noaberActing;
  if (!dialog || !acting) return;
  const button = document.querySelector("[data-noaber-phones-open]");
  button?.addEventListener("click", () => show(dialog, acting));
  const found = kept(acting);
  const isFresh = found && Date.now() - found.at < FRESH_MS && found.language === document.documentElement.lang;
  if (!isFresh) setTimeout(() => fetchList(dialog.dataset.noaberPhones, acting).catch(() => {}), SETTLED_MS);
}
