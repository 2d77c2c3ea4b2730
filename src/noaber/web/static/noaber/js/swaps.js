// What htmx leaves open: refusals (409) go to the toasts and leave the page alone; failures are said in words; an
// answer for a fragment that was replaced meanwhile is left, and what replaced it asks anew, as it may be older.

import { say } from "./words.js";
import { toast } from "./toasts.js";

const REFUSED = 409;

function decide(event) {
  if (event.detail.xhr.status === REFUSED) {
    event.detail.target = document.getElementById("toasts");
    event.detail.swapOverride = "beforeend";
  } else if (!event.detail.target.isConnected) {
    event.detail.shouldSwap = false;
    document.body.dispatchEvent(new CustomEvent("noaber:changed"));
  }
}

export function startSwaps() {
  // On the target itself: what happens to an element that has left the page is not heard from the body.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target.addEventListener("htmx:beforeSwap", decide);
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    // Signed out meanwhile: the whole page leads to the sign-in.
    if (event.detail.xhr.status === 401) location.reload();
    else toast(say("failed"), { bad: true });
  });
  // A live refetch that finds no connection is told by the live updates; a person's click is told here.
  document.body.addEventListener("htmx:sendError", (event) => {
    if (event.detail.requestConfig?.verb !== "get") toast(say("unreachable"), { bad: true });
  });
}
