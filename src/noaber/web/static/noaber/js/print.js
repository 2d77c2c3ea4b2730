// The one button of a page that is made to be printed.
document.querySelector("[data-noaber-print]")?.addEventListener("click", () => print());
