// What htmx leaves open: refusals (409) go to the toasts and leave the page alone; failures are said in words.

import { say } from "./words.js";
import { toast } from "./toasts.js";

const REFUSED = 409;

export function startSwaps() {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== REFUSED) return;
    event.detail.target = document.getElementById("toasts");
    event.detail.swapOverride = "beforeend";
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
