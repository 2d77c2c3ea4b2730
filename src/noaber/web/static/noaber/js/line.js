// The line to the server. The page hears a sign of life every few seconds; after some silence it says since when what it
// shows may be old, and its clock no longer passes for the server's. Deadlines are moments: their clocks go on.

import { say } from "./words.js";
import { now, localTime } from "./time.js";
import { toast } from "./toasts.js";
import { startPhones } from "./phones.js";

/** Three signs of life that did not come; the server's interval is in `accounts/feed.py`. */
export const SILENCE_MS = 12000;
const LOOK_MS = 500;

export class Line {
  constructor() {
    this.isLost = false;
    this.heardAt = Date.now();
    this.lastSign = now();
    this.strip = document.getElementById("line");
    this.strip?.querySelector("[data-noaber-line-try]")?.addEventListener("click", () => this.onTry?.());
    startPhones();
    setInterval(() => { if (!this.isLost && Date.now() - this.heardAt > SILENCE_MS) this.lost(); }, LOOK_MS);
  }

  sign() {
    this.heardAt = Date.now();
    this.lastSign = now();
    for (const element of document.querySelectorAll("[data-noaber-updated]")) element.textContent = localTime(this.lastSign);
    if (this.isLost) this.found();
  }

  lost() {
    this.isLost = true;
    document.body.dataset.noaberLost = String(this.lastSign);
    if (!this.strip) return;
    this.strip.hidden = false;
    this.strip.querySelector("[data-noaber-line-words]").textContent = say("offline", { time: localTime(this.lastSign) });
  }

  found() {
    this.isLost = false;
    delete document.body.dataset.noaberLost;
    if (this.strip) this.strip.hidden = true;
    toast(say("online"));
  }
}
