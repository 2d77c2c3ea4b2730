// Keeps the clocks of the page true: local time and UTC in the top bar, and every clock that counts towards a deadline.

import { localTime, now } from "./time.js";
import { say } from "./words.js";

const SOON_S = 15 * 60;
const HOUR_S = 3600;
const TWO_DAYS_S = 2 * 24 * HOUR_S;

/** 80 minutes as “1 h 20”; below an hour in minutes. */
export function duration(seconds) {
  const whole = Math.floor(seconds / 60);
  if (whole < 60) return say("minutes", { minutes: whole });
  const hours = Math.floor(whole / 60);
  const minutes = whole % 60;
  return minutes ? say("hoursMinutes", { hours, minutes }) : say("hours", { hours });
}

/** What a clock says with `seconds` left (negative: late). Null beyond two days, where the server's words stay. */
export function words(seconds, big) {
  if (Math.abs(seconds) >= TWO_DAYS_S) return null;
  if (seconds < 0) return say("late", { duration: duration(-seconds) });
  if (!big || seconds >= HOUR_S) return say("left", { duration: duration(seconds) });
  const minutes = Math.floor(seconds / 60);
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return say("left", { duration: `${minutes}:${rest}` });
}

/** How much of the bar is left, 0 to 1. */
export function fraction(deadline, since, at) {
  return deadline > since ? Math.min(1, Math.max(0, (deadline - at) / (deadline - since))) : 0;
}

function set(element, text) {
  if (element && text !== null && element.textContent !== text) element.textContent = text;
}

function tickDeadline(clock) {
  const deadline = Date.parse(clock.dataset.noaberDeadline);
  const seconds = (deadline - now()) / 1000;
  const big = clock.classList.contains("clock--big");
  set(clock.querySelector("[data-noaber-clock-words]"), words(seconds, big));
  clock.classList.toggle("clock--late", seconds < 0);
  clock.classList.toggle("clock--soon", seconds >= 0 && seconds <= SOON_S);
  const left = fraction(deadline, Date.parse(clock.dataset.noaberSince), now());
  clock.style.setProperty("--left", `${(left * 100).toFixed(1)}%`);
}

/** The clock of the page is the server's. While nothing is heard of the server it stands at the last sign of it. */
function tickTop() {
  const instant = Number(document.body.dataset.noaberLost) || now();
  for (const element of document.querySelectorAll("[data-noaber-utc]")) set(element, new Date(instant).toISOString().slice(11, 16));
  for (const element of document.querySelectorAll("[data-noaber-local]")) set(element, localTime(instant));
}

export function startClocks() {
  const tick = () => {
    tickTop();
    for (const clock of document.querySelectorAll("[data-noaber-deadline]")) tickDeadline(clock);
  };
  tick();
  setInterval(tick, 1000);
  document.body.addEventListener("htmx:afterSettle", tick);
}
