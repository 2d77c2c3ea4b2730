// A map: countries, then what the page's JSON says, in the colours of the theme. The page says the same in a table,
// so here is nothing that one could not do without: hovering names a thing, clicking follows its link.
//
// The JSON of a map:
//   boundaries   address of GeoJSON polygons; `outside: true` marks land beyond the region (optional)
//   features     FeatureCollection; properties `kind` (see mapstyle.js and signs.js), `label` (a name drawn beside a
//                point), `sign` (another than that of the kind), `title` (said when pointed at), `url` (followed on click), `step` (cells), `answer` (texts)
//   tiles        vector tiles by source, `cells`, `regions`, `districts`, `roads` and `ways` (towns, main roads): {url with {z}, {x}, {y}; minzoom, maxzoom} (optional)
//   bounds       [west, south, east, north]; without it, what the features cover
//   attribution  whose data this is
//   pick         {lon, lat}: ids of the two inputs that a click fills (optional)
//
// A click sends `noaber:map-click` with {lon, lat, properties} from the map's element.

import { addressOf, makeStyle } from "./mapstyle.js";
import { FAMILIES, KINDS, RATIO, name, sign, tokensOf } from "./signs.js";
import { say } from "./words.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const HOME = [2.3, 49.2, 8.6, 53.7];
const PADDING = 36;
const CLOSEST = 10;
const SPEAKING = ["features", "cells"];
const STEP = 6; // decimals of a picked position: a tenth of a metre

const maps = new WeakMap();
let library = null;

function load(place) {
  library ??= new Promise((resolve, reject) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = place.dataset.noaberMaplibreCss;
    const script = document.createElement("script");
    script.src = place.dataset.noaberMaplibre;
    script.addEventListener("load", () => resolve(globalThis.maplibregl));
    script.addEventListener("error", reject);
    document.head.append(style, script);
  });
  return library;
}

const jsonOf = (place) => document.getElementById(place.dataset.noaberMap)?.textContent ?? "{}";

function positions(geometry, found = []) {
  const walk = (part) => (typeof part[0] === "number" ? found.push(part) : part.forEach(walk));
  if (geometry?.geometries) geometry.geometries.forEach((inner) => positions(inner, found));
  else if (geometry?.coordinates?.length) walk(geometry.coordinates);
  return found;
}

/** [west, south, east, north] of the features; null where there are none. */
export function boundsOf(features) {
  const all = features.flatMap((feature) => positions(feature.geometry));
  if (all.length === 0) return null;
  const [lons, lats] = [all.map(([lon]) => lon), all.map(([, lat]) => lat)];
  const least = (values) => values.reduce((a, b) => Math.min(a, b));
  const most = (values) => values.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}

class NoaberMap {
  constructor(place, maplibre, text) {
    this.place = place;
    this.background = JSON.parse(place.dataset.noaberBackground ?? "null");
    this.read(text);
    this.map = new maplibre.Map({
      container: place,
      style: this.style(),
      bounds: this.bounds(),
      fitBoundsOptions: { padding: PADDING, maxZoom: CLOSEST },
      attributionControl: false,
      cooperativeGestures: !place.classList.contains("map--page"),
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      renderWorldCopies: false,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // or the print is empty
      locale: {
        "Map.Title": place.getAttribute("aria-label"),
        "CooperativeGesturesHandler.WindowsHelpText": say("mapHoldCtrl"),
        "CooperativeGesturesHandler.MacHelpText": say("mapHoldCommand"),
        "CooperativeGesturesHandler.MobileHelpText": say("mapTwoFingers"),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.addImages();
    this.library = maplibre;
    this.addAttribution();
    this.addZoom();
    this.listen();
  }

  read(text) {
    this.text = text;
    this.data = { features: EMPTY, tiles: {}, ...JSON.parse(text) };
  }

  style() {
    return makeStyle(this.data, this.background, tokensOf(this.place));
  }

  bounds() {
    return this.data.bounds ?? boundsOf(this.data.features.features) ?? HOME;
  }

  addImages() {
    this.map.on("styleimagemissing", ({ id }) => {
      if (this.map.hasImage(id)) return;
      const token = tokensOf(this.place);
      const space = id.indexOf(" ");
      const [family, text] = [id.slice(0, space), id.slice(space + 1)];
      if (family === "sign" && KINDS.includes(text.split(" ")[0])) this.map.addImage(id, sign(text, token), { pixelRatio: RATIO });
      if (FAMILIES.includes(family)) this.map.addImage(id, name(text, family, token), { pixelRatio: RATIO });
    });
  }

  /** Whose data this is; MapLibre would take it for markup. */
  addAttribution() {
    if (this.attribution) this.map.removeControl(this.attribution);
    this.attribution = null;
    const whose = [this.data.attribution, this.background?.attribution].filter(Boolean).join(" · ");
    if (!whose) return;
    const plain = new XMLSerializer().serializeToString(document.createTextNode(whose));
    this.attribution = new this.library.AttributionControl({ compact: false, customAttribution: plain });
    this.map.addControl(this.attribution);
  }

  addZoom() {
    const tools = document.createElement("div");
    tools.className = "map-tools";
    const zoom = document.createElement("div");
    zoom.className = "zoom";
    tools.append(zoom);
    zoom.append(this.button("+", say("zoomIn"), () => this.map.zoomIn()), this.button("−", say("zoomOut"), () => this.map.zoomOut()));
    this.place.append(tools);
  }

  button(sign_, label, run) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = sign_;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", run);
    return made;
  }

  listen() {
    this.map.on("click", (event) => this.click(event));
    this.map.on("mousemove", ({ point }) => { this.pointer = point; this.speak(); });
    this.map.on("mouseout", () => { this.pointer = null; this.speak(); });
    this.map.on("idle", () => this.speak()); // what lies under the pointer may have changed
    this.map.once("idle", () => { this.place.dataset.noaberMapReady = "yes"; });
    this.onTheme = () => this.map.setStyle(this.style(), { diff: false });
    document.addEventListener("noaber:theme", this.onTheme);
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", this.onTheme);
  }

  /** The feature under the pointer that has something to say; a name counts for the thing it names. */
  under(point) {
    const box = [[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]];
    return this.map.queryRenderedFeatures(box).find(({ source, properties }) => SPEAKING.includes(source) && (properties.title || properties.url));
  }

  click({ point, lngLat }) {
    const feature = this.under(point);
    const detail = { lon: lngLat.lng, lat: lngLat.lat, properties: feature?.properties ?? null };
    this.place.dispatchEvent(new CustomEvent("noaber:map-click", { bubbles: true, detail }));
    if (this.data.pick) this.fill(lngLat);
    else if (feature?.properties.url) location.assign(feature.properties.url);
  }

  fill({ lng, lat }) {
    for (const [id, value] of [[this.data.pick.lon, lng], [this.data.pick.lat, lat]]) {
      const input = document.getElementById(id);
      input.value = value.toFixed(STEP);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.showPicked([lng, lat]);
  }

  showPicked(coordinates) {
    const others = this.data.features.features.filter(({ properties }) => properties.kind !== "picked");
    const picked = { type: "Feature", properties: { kind: "picked" }, geometry: { type: "Point", coordinates } };
    this.data.features = { type: "FeatureCollection", features: [...others, picked] };
    this.map.getSource("features")?.setData(this.data.features);
  }

  /** Say what lies under the pointer. */
  speak() {
    const point = this.pointer;
    const title = point ? this.under(point)?.properties.title : "";
    this.map.getCanvas().classList.toggle("is-over", Boolean(title));
    if (!title) { this.pop?.remove(); return; }
    this.pop ??= Object.assign(document.createElement("div"), { className: "map-label-pop" });
    this.pop.textContent = title;
    this.place.append(this.pop);
    const left = Math.min(point.x + 14, this.place.clientWidth - this.pop.offsetWidth - 8);
    const top = Math.min(point.y + 14, this.place.clientHeight - this.pop.offsetHeight - 8);
    this.pop.style.left = `${left}px`;
    this.pop.style.top = `${top}px`;
  }

  /** New data from a swap: redrawn in place, where the reader has moved it, unless it asks for other bounds. */
  refresh(text) {
    if (text === this.text) return;
    const { attribution: hadAttribution, boundaries: hadBoundaries, bounds: hadBounds, tiles: hadTiles } = this.data;
    this.read(text);
    if (this.data.attribution !== hadAttribution) this.addAttribution();
    if (this.data.bounds && String(this.data.bounds) !== String(hadBounds)) this.map.fitBounds(this.data.bounds, { padding: PADDING, maxZoom: CLOSEST, duration: 0 });
    if (this.data.boundaries !== hadBoundaries) this.map.setStyle(this.style(), { diff: false });
    else if (String(Object.keys(this.data.tiles)) !== String(Object.keys(hadTiles))) this.map.setStyle(this.style());
    else {
      this.map.getSource("features")?.setData(this.data.features);
      this.renew(hadTiles);
    }
  }

  /** Ask again for tiles whose address changed; what is drawn stays until the new ones are there. */
  renew(before) {
    for (const [source, { url }] of Object.entries(this.data.tiles)) {
      if (url !== before[source].url) this.map.getSource(source)?.setTiles([addressOf(url)]);
    }
  }
}

function sorry(place, error) {
  console.error(error);
  const words = document.createElement("p");
  words.className = "map-sorry";
  words.textContent = say("mapFailed");
  place.replaceChildren(words);
}

/** Draw the map of this element, or redraw it where its data changed. */
export async function draw(place) {
  const drawn = maps.get(place);
  if (drawn) { drawn.refresh?.(jsonOf(place)); return; }
  maps.set(place, {}); // taken, while the library is on its way
  try {
    const maplibre = await load(place);
    maps.set(place, new NoaberMap(place, maplibre, jsonOf(place)));
  } catch (error) {
    sorry(place, error);
  }
}
