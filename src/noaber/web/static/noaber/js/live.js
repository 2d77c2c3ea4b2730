// Live updates. One tab of the browser holds the connection and tells the others, since a browser allows six to a
// server. An event says only that something changed: fragments that listen with
// hx-trigger="noaber:changed from:body" ask again, so the server applies the sharing rule as always.

import { say } from "./words.js";
import { now } from "./time.js";
import { startRefresh } from "./refresh.js";
import { toast } from "./toasts.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const PATIENCE_MS = 4000;

/** How long to wait before the n-th try (from 0). */
export const waitBefore = (n) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n);

class Connection {
  constructor(url, { onVersion, onState }) {
    this.url = url;
    this.onVersion = onVersion;
    this.onState = onState;
    this.tries = 0;
  }

  open() {
    this.source = new EventSource(this.url);
    this.source.addEventListener("open", () => {
      this.tries = 0;
      this.onState("online");
    });
    this.source.addEventListener("changed", (event) => this.onVersion(event.data));
    this.source.addEventListener("error", () => this.retry());
  }

  retry() {
    this.source.close();
    this.onState("offline");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), waitBefore(this.tries));
    this.tries += 1;
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }
}

/** Says “changed” once for each new version; the first one that it hears is where it begins. */
class Page {
  constructor() {
    this.version = null;
    this.offline = null;
  }

  hear(version) {
    const fresh = this.version !== null && this.version !== version;
    this.version = version;
    if (fresh) document.body.dispatchEvent(new CustomEvent("noaber:changed", { detail: version }));
  }

  state(state) {
    if (state === "offline") this.lost();
    else this.found();
  }

  lost() {
    this.waiting ??= setTimeout(() => {
      const local = document.querySelector("[data-noaber-local]")?.textContent;
      const time = local || new Date(now()).toISOString().slice(11, 16);
      this.offline = toast(say("offline", { time }), { bad: true, act: { label: say("tryAgain"), run: () => location.reload() } });
    }, PATIENCE_MS);
  }

  found() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (!this.offline) return;
    this.offline.remove();
    this.offline = null;
    toast(say("online"));
  }
}

function connectHere(url, page, channel) {
  const tell = (message) => channel?.postMessage(message);
  const connection = new Connection(url, {
    onVersion: (version) => { page.hear(version); tell({ version }); },
    onState: (state) => { page.state(state); tell({ state }); },
  });
  connection.open();
  addEventListener("pagehide", () => connection.close());
  // A tab that opens later asks where things stand; it must know the version to notice the next one.
  channel?.addEventListener("message", ({ data }) => {
    if (data.ask && page.version !== null) tell({ version: page.version, state: "online" });
  });
}

function shareWithTabs(url, page, name) {
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }) => {
    if (data.version !== undefined) page.hear(data.version);
    if (data.state) page.state(data.state);
  });
  channel.postMessage({ ask: true });
  // The lock is held as long as this tab lives; then the next tab connects.
  navigator.locks.request(name, () => new Promise(() => connectHere(url, page, channel)));
}

function noteUpdated() {
  document.body.addEventListener("noaber:changed", () => {
    const local = document.querySelector("[data-noaber-local]")?.textContent;
    for (const element of document.querySelectorAll("[data-noaber-updated]")) if (local) element.textContent = local;
  });
}

export function startLive() {
  const url = document.body.dataset.noaberFeed;
  if (!url) return;
  startRefresh();
  // A page that the browser kept and shows again has no connection and is old.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  noteUpdated();
  const page = new Page();
  const name = `noaber-feed ${document.body.dataset.noaberActing ?? ""}`;
  if (navigator.locks && "BroadcastChannel" in window) shareWithTabs(url, page, name);
  else connectHere(url, page, null);
}
