// Before the first paint: where nobody chose a theme, the system's. The server writes data-theme from the cookie.
// A classic script, since a module would come after the paint. The toggle is in `toggle.js`.
if (!document.documentElement.dataset.theme) {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
