// A place that was chosen by its name is shown on the map of the form, as a click on the map shows the place it hit.

const AROUND = [0.8, 0.5]; // degrees of longitude and latitude on each side

function show({ lon, lat }) {
  const data = document.getElementById("pick-map-data");
  if (!data || !Number.isFinite(lon) || !Number.isFinite(lat)) return;
  const picked = { type: "Feature", properties: { kind: "picked" }, geometry: { type: "Point", coordinates: [lon, lat] } };
  const bounds = [lon - AROUND[0], lat - AROUND[1], lon + AROUND[0], lat + AROUND[1]];
  data.textContent = JSON.stringify({ ...JSON.parse(data.textContent), bounds, features: { type: "FeatureCollection", features: [picked] } });
  document.body.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: {} })); // the maps look again
}

document.addEventListener("noaber:place", (event) => show(event.detail));
