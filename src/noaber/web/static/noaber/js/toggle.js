// The theme toggle: shows the other theme at once and keeps the choice for a year, in a cookie that the server reads.

const COOKIE = "noaber-theme";
const YEAR_S = 31536000;

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${theme}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
  document.dispatchEvent(new CustomEvent("noaber:theme", { detail: theme }));
}

export function startToggle() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-noaber-theme]")) return;
    choose(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  });
}
