// Starts the parts. Each looks for its own `data-noaber-…` hooks and does nothing where there are none, so every
// page works without any of them. No bundler: browsers load the modules as they are.

import { startClocks } from "./clock.js";
import { startLive } from "./live.js";
import { startMaps } from "./maps.js";
import { startOnce } from "./once.js";
import { startScrolls } from "./scrolls.js";
import { startShortcuts } from "./shortcuts.js";
import { startSound } from "./sound.js";
import { startSwaps } from "./swaps.js";
import { startToasts } from "./toasts.js";
import { startToggle } from "./toggle.js";

for (const start of [startToggle, startToasts, startOnce, startSwaps, startScrolls, startShortcuts, startClocks, startSound, startLive, startMaps]) {
  try {
    start();
  } catch (error) {
    console.error(error); // one part that fails must not take the others with it
  }
}
