// Drawing what is closed: each click on the map is a position of a point, line or area, written as GeoJSON into the
// field of the form. The field is what is sent; whoever has no map pastes there what they have.

const DECIMALS = 6;
const LEAST = { Point: 1, LineString: 2, Polygon: 3 };

class Drawing {
  constructor(tools) {
    this.tools = tools;
    this.field = document.getElementById(tools.dataset.noaberDraw);
    this.data = document.getElementById(`${tools.dataset.noaberDrawMap}-data`);
    this.others = JSON.parse(this.data.textContent).features.features;
    this.shape = tools.querySelector("input:checked").value; // as the browser kept it
    this.positions = [];
    document.getElementById(tools.dataset.noaberDrawMap).addEventListener("noaber:map-click", ({ detail }) => this.add(detail));
    tools.addEventListener("change", ({ target }) => this.choose(target.value));
    tools.querySelector("[data-noaber-draw-undo]").addEventListener("click", () => this.keep(this.positions.slice(0, -1)));
    tools.querySelector("[data-noaber-draw-clear]").addEventListener("click", () => this.keep([]));
    this.field.addEventListener("change", () => this.read());
    this.read();
    tools.hidden = false;
  }

  choose(shape) {
    this.shape = shape;
    this.keep(shape === "Point" ? this.positions.slice(-1) : this.positions);
  }

  add({ lon, lat }) {
    const position = [Number(lon.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];
    this.keep(this.shape === "Point" ? [position] : [...this.positions, position]);
  }

  keep(positions) {
    this.positions = positions;
    const drawn = this.geometry();
    this.field.value = drawn ? JSON.stringify(drawn) : "";
    this.show(drawn ? [drawn] : []);
  }

  /** The GeoJSON of the clicks; null while there are too few. */
  geometry() {
    if (this.positions.length < LEAST[this.shape]) return null;
    if (this.shape === "Point") return { type: "Point", coordinates: this.positions[0] };
    if (this.shape === "LineString") return { type: "LineString", coordinates: this.positions };
    return { type: "Polygon", coordinates: [[...this.positions, this.positions[0]]] };
  }

  /** What stands in the field already, pasted or from before a mistake, is shown; the next click begins anew. */
  read() {
    try {
      const value = JSON.parse(this.field.value);
      const features = value.features ?? [value];
      this.show(features.map((one) => (one.type === "Feature" ? one.geometry : one)).filter(Boolean));
    } catch {
      this.show([]); // half of a text is no mistake yet: the server says what is wrong with it
    }
  }

  show(geometries) {
    const marks = this.positions.map((coordinates) => ({ type: "Point", coordinates }));
    const drawn = [...geometries, ...marks].map((geometry) => ({ type: "Feature", geometry, properties: { kind: KINDS[geometry.type] ?? "picked" } }));
    const features = { type: "FeatureCollection", features: [...this.others, ...drawn] };
    this.data.textContent = JSON.stringify({ ...JSON.parse(this.data.textContent), features });
    document.body.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: {} })); // the maps look again
  }
}

const KINDS = { LineString: "closure-line", MultiLineString: "closure-line", Polygon: "closure-area", MultiPolygon: "closure-area" };

for (const tools of document.querySelectorAll("[data-noaber-draw]")) new Drawing(tools);
