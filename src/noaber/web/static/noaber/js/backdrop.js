// What the operator put under the maps: pictures, or a basemap in the Protomaps schema in the colours of the theme.
// Areas lie under what a map shows, roads and names over its hexagons, so that one finds one's way.

export const SOURCE = "backdrop";

/** `kind` in the schema's fourth version; the third wrote it otherwise. */
const KIND = ["coalesce", ["get", "kind"], ["get", "pmap:kind"], ""];
const kindIs = (...kinds) => ["in", KIND, ["literal", kinds]];
const IS_AREA = ["==", ["geometry-type"], "Polygon"];
const IS_LINE = ["==", ["geometry-type"], "LineString"];
const GREEN = ["park", "forest", "wood", "nature_reserve", "national_park", "protected_area", "grass", "meadow", "scrub"];

const layer = (id, type, sourceLayer, rest) => ({ id: `backdrop-${id}`, type, source: SOURCE, "source-layer": sourceLayer, ...rest });
const growing = (...stops) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops];

export function backdropSource({ url, vector, minzoom, maxzoom }, addressOf) {
  const tiles = { tiles: [addressOf(url)], minzoom, maxzoom };
  return vector ? { type: "vector", ...tiles } : { type: "raster", tileSize: 256, ...tiles };
}

/** The layers under everything that the map shows. */
export function groundLayers(background, token) {
  if (!background.vector) return [{ id: "backdrop", type: "raster", source: SOURCE, paint: { "raster-fade-duration": 0, "raster-saturation": -0.5 } }];
  return [
    layer("earth", "fill", "earth", { filter: IS_AREA, paint: { "fill-color": token("map-land") } }),
    layer("green", "fill", "landuse", { filter: ["all", IS_AREA, kindIs(...GREEN)], paint: { "fill-color": token("map-land-out") } }),
    layer("water", "fill", "water", { filter: IS_AREA, paint: { "fill-color": token("map-water") } }),
    layer("river", "line", "water", { filter: IS_LINE, paint: { "line-color": token("map-river"), "line-width": growing(8, 0.5, 14, 2) } }),
  ];
}

/** Borders of states, as exact as the rest of the basemap. */
export function borderLayers(token) {
  const isState = ["any", kindIs("country"), ["==", ["coalesce", ["get", "kind_detail"], ["get", "pmap:min_admin_level"], 0], 2]];
  return [layer("borders", "line", "boundaries", { filter: isState, layout: { "line-join": "round" }, paint: { "line-color": token("map-border"), "line-width": 1.4 } })];
}

function road(id, token, minzoom, kinds, width, colour = "map-road") {
  const layout = { "line-join": "round", "line-cap": "round" };
  return layer(id, "line", "roads", { minzoom, filter: kindIs(...kinds), layout, paint: { "line-color": token(colour), "line-width": width } });
}

/** Roads and what they lead to: over the hexagons, under what the map is about. */
export function wayLayers(background, token) {
  if (!background.vector) return [];
  const names = ["coalesce", ["get", `name:${document.documentElement.lang}`], ["get", "name"]];
  return [
    layer("buildings", "fill", "buildings", { minzoom: 14, paint: { "fill-color": token("map-region") } }),
    road("minor", token, 12, ["minor_road"], growing(12, 0.5, 16, 4)),
    road("major", token, 8, ["major_road", "medium_road"], growing(8, 0.5, 16, 7)),
    road("highway", token, 5, ["highway"], growing(5, 0.6, 16, 9), "map-border"),
    layer("rail", "line", "roads", { minzoom: 10, filter: kindIs("rail"), paint: { "line-color": token("map-road"), "line-width": 1, "line-dasharray": [3, 2] } }),
    layer("names", "symbol", "places", {
      minzoom: 8, filter: ["all", kindIs("locality"), ["has", "name"]],
      layout: { "icon-image": ["concat", "name ", names], "icon-padding": 3, "symbol-sort-key": ["-", 0, ["coalesce", ["get", "population_rank"], 0]] },
    }),
  ];
}
