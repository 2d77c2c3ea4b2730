// The style of every map, made from the tokens of the theme. Which features it draws is decided by their `kind`.

import { SOURCE, backdropSource, borderLayers, groundLayers, wayLayers } from "./backdrop.js";
import { KINDS } from "./signs.js";

const kindIs = (...kinds) => ["in", ["get", "kind"], ["literal", kinds]];

/** How much hexagons cover of what lies under them. */
const [ALONE, OVER_BACKDROP] = [0.88, 0.68];

function area(id, token, colour, opacity, dash) {
  const line = { "line-color": token(colour), "line-width": 1 };
  if (dash) line["line-dasharray"] = dash;
  return [
    { id: `${id}-fill`, type: "fill", source: "features", filter: kindIs(id), paint: { "fill-color": token(colour), "fill-opacity": opacity } },
    { id: `${id}-line`, type: "line", source: "features", filter: kindIs(id), paint: line },
  ];
}

function route(id, token, colour, dash, width = 1.6) {
  const paint = { "line-color": token(colour), "line-width": width };
  if (dash) paint["line-dasharray"] = dash;
  return { id, type: "line", source: "features", filter: kindIs(id), layout: { "line-join": "round", "line-cap": dash ? "butt" : "round" }, paint };
}

/** Which way those go who are not there yet. */
function arrows() {
  return {
    id: "arrows", type: "symbol", source: "features",
    filter: ["all", ["==", ["geometry-type"], "LineString"], ["==", ["get", "moving"], true]],
    layout: {
      "symbol-placement": "line-center", "icon-image": ["concat", "sign ", ["get", "kind"]],
      "icon-allow-overlap": true, "icon-ignore-placement": true, "icon-rotation-alignment": "map", "icon-keep-upright": false,
    },
  };
}

/** `step` 1 to 6 of the minutes, −3 to 3 of gain and loss. */
function cells(token, background) {
  const colours = [];
  for (let step = 1; step <= 6; step += 1) colours.push(`minutes-${step}`, token(`min-${step}`));
  for (let step = 1; step <= 3; step += 1) colours.push(`gain-${step}`, token(`gain-${step}`), `gain--${step}`, token(`loss-${step}`));
  colours.push("gain-0", token("gain-0"));
  const key = ["concat", ["get", "kind"], "-", ["to-string", ["get", "step"]]];
  return {
    id: "cells", type: "fill", source: "cells", "source-layer": "cells",
    paint: { "fill-color": ["match", key, ...colours, token("gain-0")], "fill-opacity": background ? OVER_BACKDROP : ALONE, "fill-antialias": !background },
  };
}

/** Hexagons that a page gives among its features, in the same colours. */
function givenCells(token, background) {
  const { "source-layer": _tiled, ...layer } = cells(token, background);
  return { ...layer, id: "given-cells", source: "features", filter: kindIs("minutes", "gain") };
}

function agreements(token) {
  const colour = ["match", ["get", "answer"], "yes", token("ok"), "unknown", token("warn"), "no", token("bad"), token("map-land")];
  return { id: "agreements", type: "fill", source: "features", filter: kindIs("agreement"), paint: { "fill-color": colour, "fill-opacity": 0.36 } };
}

const RANK = ["match", ["get", "kind"], "picked", 0, "incident", 1, "closure", 2, "vehicle", 3, "capital", 5, "place", 6, 4];
const IS_POINT = ["==", ["geometry-type"], "Point"];
const IS_STRONG = kindIs("incident", "picked");
const FAMILY = ["match", ["get", "kind"], ["incident", "picked"], "strong ", "closure", "alarm ", "name "];

function signs() {
  return {
    id: "signs", type: "symbol", source: "features", filter: ["all", IS_POINT, kindIs(...KINDS)],
    layout: { "icon-image": ["concat", "sign ", ["coalesce", ["get", "sign"], ["get", "kind"]]], "icon-allow-overlap": true, "icon-ignore-placement": false, "symbol-sort-key": RANK },
  };
}

function names() {
  return {
    id: "names", type: "symbol", source: "features", filter: ["all", IS_POINT, ["has", "label"], ["!=", ["get", "label"], ""]],
    layout: {
      "icon-image": ["concat", FAMILY, ["get", "label"]],
      "icon-anchor": "left", "icon-offset": ["case", IS_STRONG, ["literal", [7, 0]], kindIs("closure"), ["literal", [9, 0]], ["literal", [3, 0]]],
      "icon-padding": 1, "symbol-sort-key": RANK,
    },
  };
}

/** The operator's regions: outlines with a halo, to be seen on every colour, and names where they fit. */
function regionLines(token) {
  const line = (id, colour, opacity, far, near) => ({
    id, type: "line", source: "regions", "source-layer": "outlines", layout: { "line-join": "round" },
    paint: { "line-color": token(colour), "line-opacity": opacity, "line-width": ["interpolate", ["linear"], ["zoom"], 5, far, 9, near] },
  });
  return [line("region-halo", "map-halo", 0.5, 1.4, 3), line("regions", "map-border", 0.9, 0.6, 1.2)];
}

/** The roads of the installed network, wider the faster they are. */
function networkRoads(token) {
  const width = (far, near) => ["interpolate", ["linear"], ["zoom"], 8, far, 16, near];
  const line = (id, rank, colour, far, near) => ({
    id, type: "line", source: "roads", "source-layer": "roads", filter: ["==", ["get", "rank"], rank],
    layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": token(colour), "line-width": width(far, near) },
  });
  return [line("roads-0", 0, "map-road", 0.4, 3), line("roads-1", 1, "map-road", 0.7, 5), line("roads-2", 2, "map-road", 0.9, 7), line("roads-3", 3, "map-border", 0.9, 8)];
}

/** The main roads that come with the product, wider the faster they are. */
function mainRoads(token) {
  const at = (zoom, ...widths) => [zoom, ["match", ["get", "rank"], 2, widths[0], 1, widths[1], widths[2]]];
  return {
    id: "main-roads", type: "line", source: "ways", "source-layer": "roads", layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": token("map-road"), "line-width": ["interpolate", ["linear"], ["zoom"], ...at(5, 1.1, 0.6, 0.4), ...at(9, 2.6, 1.8, 1.1), ...at(12, 4, 3, 2)] },
  };
}

/** Their numbers where they fit, and the towns: the larger first, under all that the map is about. */
function wayNames() {
  return [
    {
      id: "road-numbers", type: "symbol", source: "ways", "source-layer": "numbers",
      layout: { "icon-image": ["concat", "shield ", ["get", "label"]], "icon-padding": 26, "symbol-sort-key": ["-", 0, ["get", "rank"]] },
    },
    {
      id: "towns", type: "symbol", source: "ways", "source-layer": "towns",
      layout: { "icon-image": ["concat", "town ", ["get", "label"]], "icon-anchor": "left", "icon-offset": [-5, 0], "icon-padding": 1, "symbol-sort-key": ["-", 0, ["get", "people"]] },
    },
  ];
}

/** About where districts meet, dotted as an estimate is, where the site has no boundaries of them. */
function districtLines(token) {
  return {
    id: "districts", type: "line", source: "districts", "source-layer": "edges", layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": token("map-border"), "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.7, 9, 1.3], "line-dasharray": [0.1, 2.6] },
  };
}

function districtNames() {
  return {
    id: "district-names", type: "symbol", source: "districts", "source-layer": "names",
    layout: { "icon-image": ["concat", "district ", ["get", "label"]], "icon-padding": 2 },
  };
}

function regionNames() {
  return {
    id: "region-names", type: "symbol", source: "regions", "source-layer": "names",
    layout: { "icon-image": ["concat", "region ", ["get", "label"]], "icon-padding": 2 },
  };
}

function ground(token, boundaries, background) {
  const water = { id: "water", type: "background", paint: { "background-color": token("map-water") } };
  if (background) return [water, ...groundLayers(background, token)];
  if (!boundaries) return [{ ...water, paint: { "background-color": token("map-land") } }];
  const land = ["case", ["boolean", ["get", "outside"], false], token("map-land-out"), token("map-land")];
  return [water, { id: "land", type: "fill", source: "boundaries", paint: { "fill-color": land, "fill-antialias": false } }];
}

function borders(token, boundaries, background) {
  if (background?.vector) return borderLayers(token);
  if (!boundaries) return [];
  return [{ id: "borders", type: "line", source: "boundaries", layout: { "line-join": "round" }, paint: { "line-color": token("map-border"), "line-width": 1.1 } }];
}

/** The address of tiles in full, as MapLibre's worker wants it; its braces stay as they are. */
export const addressOf = (url) => (url.startsWith("/") ? location.origin + url : url);

const vector = ({ url, minzoom = 0, maxzoom }) => ({ type: "vector", tiles: [addressOf(url)], minzoom, maxzoom });

/**
 * A MapLibre style: `boundaries` is the address of GeoJSON polygons (or null), `features` a FeatureCollection,
 * `background` what the operator put under it (or null).
 */
export function makeStyle({ boundaries, features, tiles }, background, token) {
  const drawsWays = tiles.ways && !background?.vector; // a basemap brings its own
  const sources = { features: { type: "geojson", data: features } };
  for (const [name, source] of Object.entries(tiles)) sources[name] = vector(source);
  if (boundaries) sources.boundaries = { type: "geojson", data: new URL(boundaries, location.href).href };
  if (background) sources[SOURCE] = backdropSource(background, addressOf);
  return {
    version: 8,
    sources,
    layers: [
      ...ground(token, boundaries, background),
      ...(tiles.cells ? [cells(token, background)] : [givenCells(token, background)]),
      ...(background ? wayLayers(background, token) : []),
      agreements(token),
      ...area("area-moderate", token, "sev-moderate", 0.12, [3, 2]),
      ...area("area-severe", token, "sev-severe", 0.2),
      ...area("area-extreme", token, "sev-extreme", 0.34),
      ...area("affected", token, "sev-extreme", 0.16),
      ...area("closure-area", token, "bad", 0.18),
      ...(tiles.districts ? [districtLines(token)] : []),
      ...(drawsWays ? [mainRoads(token)] : []),
      ...(tiles.roads ? networkRoads(token) : []),
      ...(tiles.regions ? regionLines(token) : []),
      ...borders(token, boundaries, background),
      route("closure-line", token, "bad", null, 4),
      route("detour", token, "accent", [4, 3], 2),
      route("way-own", token, "text"),
      route("way-neighbour", token, "accent"),
      route("way-late", token, "warn", [4, 3], 2),
      arrows(),
      ...(tiles.districts ? [districtNames()] : []),
      ...(drawsWays ? wayNames() : []),
      ...(tiles.regions ? [regionNames()] : []),
      signs(),
      names(),
    ],
  };
}
