// Live updates. One tab of the browser holds the connection and tells the others, since a browser allows six to a
// server. An event says only that something changed: fragments that listen with
// hx-trigger="noaber:changed from:body" ask again, so the server applies the sharing rule as always.
// Between changes the server gives a sign of life; a page that hears none for a while says so (`line.js`).

import { startRefresh } from "./refresh.js";
import { Line, SILENCE_MS } from "./line.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10000;
const LOOK_MS = 1000;

/** How long to wait before the n-th try (from 0). */
export const waitBefore = (n) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n);

class Connection {
  constructor(url, { onVersion, onSign }) {
    this.url = url;
    this.onVersion = onVersion;
    this.onSign = onSign;
    this.tries = 0;
    // A server that hangs says nothing at all, not even an error.
    setInterval(() => { if (this.source && Date.now() - this.heardAt > SILENCE_MS) this.retry(); }, LOOK_MS);
  }

  open() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = new EventSource(this.url);
    this.heardAt = Date.now();
    this.source.addEventListener("changed", (event) => { this.heard(); this.onVersion(event.data); });
    this.source.addEventListener("alive", () => this.heard());
    this.source.addEventListener("error", () => this.retry());
  }

  heard() {
    this.heardAt = Date.now();
    this.tries = 0;
    this.onSign();
  }

  retry() {
    this.close();
    this.timer = setTimeout(() => this.open(), waitBefore(this.tries));
    this.tries += 1;
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }
}

/** Says “changed” once for each new version; the first one that it hears is where it begins. */
class Page {
  constructor(line) {
    this.version = null;
    this.line = line;
  }

  hear(version) {
    const fresh = this.version !== null && this.version !== version;
    this.version = version;
    if (fresh) document.body.dispatchEvent(new CustomEvent("noaber:changed", { detail: version }));
  }

  sign() {
    this.line.sign();
  }
}

function connectHere(url, page, channel) {
  const tell = (message) => channel?.postMessage(message);
  const connection = new Connection(url, {
    onVersion: (version) => { page.hear(version); tell({ version }); },
    onSign: () => { page.sign(); tell({ sign: true }); },
  });
  connection.open();
  page.line.onTry = () => connection.open();
  addEventListener("pagehide", () => connection.close());
  // A tab that opens later asks where things stand; it must know the version to notice the next one.
  channel?.addEventListener("message", ({ data }) => {
    if (data.ask && page.version !== null && !page.line.isLost) tell({ version: page.version, sign: true });
    if (data.tryNow) connection.open();
  });
}

function shareWithTabs(url, page, name) {
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }) => {
    if (data.version !== undefined) page.hear(data.version);
    if (data.sign) page.sign();
  });
  page.line.onTry = () => channel.postMessage({ tryNow: true });
  channel.postMessage({ ask: true });
  // The lock is held as long as this tab lives; then the next tab connects.
  navigator.locks.request(name, () => new Promise(() => connectHere(url, page, channel)));
}

export function startLive() {
  const url = document.body.dataset.noaberFeed;
  if (!url) return;
  startRefresh();
  // A page that the browser kept and shows again has no connection and is old.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const page = new Page(new Line());
  const name = `noaber-feed ${document.body.dataset.noaberActing ?? ""}`;
  if (navigator.locks && "BroadcastChannel" in window) shareWithTabs(url, page, name);
  else connectHere(url, page, null);
}
