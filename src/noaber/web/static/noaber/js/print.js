// A page that is made to be printed: its one button, and wide tables within reach of the keyboard.

import { startScrolls } from "./scrolls.js";

document.querySelector("[data-noaber-print]")?.addEventListener("click", () => print());
startScrolls();
