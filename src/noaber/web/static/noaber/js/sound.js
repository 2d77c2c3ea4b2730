// An open desk sounds while a request waits unacknowledged: two tones, again every ten seconds, until someone
// acknowledges or mutes. Browsers allow sound only after a gesture, so a button asks for one where it is missing.

const STORE = "noaber-sound";
const AGAIN_MS = 10000;
const TONES_HZ = [880, 660];
const TONE_S = 0.22;

let audio = null;

const kept = () => { try { return localStorage.getItem(STORE); } catch { return null; } };
const keep = (value) => { try { localStorage.setItem(STORE, value); } catch { /* a private window forgets */ } };
const isOn = () => kept() !== "off";

function tone(hertz, at) {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.setValueAtTime(0.25, at + TONE_S - 0.05);
  gain.gain.linearRampToValueAtTime(0, at + TONE_S);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + TONE_S);
}

function ring() {
  TONES_HZ.forEach((hertz, index) => tone(hertz, audio.currentTime + index * (TONE_S + 0.04)));
  document.dispatchEvent(new CustomEvent("noaber:rang"));
}

async function unlock() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") await audio.resume();
  return audio.state === "running";
}

function show() {
  const waits = document.querySelector("[data-noaber-ring]") !== null;
  for (const button of document.querySelectorAll("[data-noaber-sound]")) button.setAttribute("aria-pressed", String(isOn()));
  const silent = waits && isOn() && audio?.state !== "running";
  for (const button of document.querySelectorAll("[data-noaber-sound-allow]")) button.hidden = !silent;
}

function look() {
  show();
  if (document.querySelector("[data-noaber-ring]") && isOn() && audio?.state === "running") ring();
}

async function onClick(event) {
  const button = event.target.closest("[data-noaber-sound]");
  if (button) keep(isOn() ? "off" : "on");
  if (isOn()) await unlock();
  look();
}

export function startSound() {
  if (!document.querySelector("[data-noaber-sound]")) return;
  // Any first gesture opens the sound; `once` is not enough, since the first may be refused.
  document.addEventListener("click", (event) => {
    if (audio?.state === "running" && !event.target.closest("[data-noaber-sound]")) return;
    onClick(event);
  });
  document.addEventListener("keydown", async () => { if (isOn() && audio?.state !== "running" && await unlock()) look(); });
  document.body.addEventListener("htmx:afterSettle", show);
  // A page reached by a click on the same site may sound at once, where the browser allows it.
  if (isOn()) {
    audio = new AudioContext();
    audio.addEventListener("statechange", show);
  }
  look();
  setInterval(look, AGAIN_MS);
}
