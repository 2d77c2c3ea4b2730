// A table that is wider than its place scrolls there; whoever has no mouse must be able to reach it to scroll it.

const BOXES = ".scroll, .plan-scroll, .sheet-a4 > *";

function look() {
  for (const box of document.querySelectorAll(BOXES)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

export function startScrolls() {
  look();
  addEventListener("resize", look);
  document.body.addEventListener("htmx:afterSettle", look);
}
