// Finds the maps of a page and draws them; MapLibre, which is large, is loaded only where there is one.

async function drawAll() {
  const places = document.querySelectorAll("[data-noaber-map]");
  if (places.length === 0) return;
  const { draw } = await import("./map.js");
  for (const place of places) draw(place);
}

export function startMaps() {
  drawAll();
  document.body.addEventListener("htmx:afterSettle", drawAll);
}
