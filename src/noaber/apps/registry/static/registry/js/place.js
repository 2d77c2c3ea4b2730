// Finding a place: while one types its name, the places that begin with it are offered; choosing one fills the position
// and the district, and says what the district rests on. A click on a map that fills the same inputs asks what lies
// there. Without this script the fields are typed, and the server finds the district.

const WAIT_MS = 150;
const SHORTEST = 2;

class PlacePicker {
  constructor(root) {
    this.root = root;
    this.name = root.querySelector('input[name$="place"]');
    this.territory = root.querySelector('input[name$="territory"]');
    this.lon = root.querySelector('input[name$="lon"]');
    this.lat = root.querySelector('input[name$="lat"]');
    this.list = root.querySelector(".place-list");
    this.hint = root.querySelector("[data-noaber-place-territory]");
    this.places = [];
    this.chosen = -1;
    this.timer = 0;
    this.asked = 0;
    this.territory.addEventListener("focus", () => this.territory.select());
    this.name.setAttribute("role", "combobox");
    this.name.setAttribute("aria-autocomplete", "list");
    this.name.setAttribute("aria-controls", this.list.id);
    this.name.setAttribute("aria-expanded", "false");
    this.name.addEventListener("input", () => this.later());
    this.name.addEventListener("keydown", (event) => this.key(event));
    this.name.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => this.point(event));
    for (const input of [this.lon, this.lat]) input.addEventListener("change", () => this.look());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), WAIT_MS);
  }

  async search() {
    const text = this.name.value.trim();
    if (text.length < SHORTEST) return this.close();
    const number = ++this.asked;
    const found = await ask(this.root.dataset.noaberPlace, { q: text });
    if (number !== this.asked || !found) return undefined;
    this.places = found.places;
    this.chosen = this.places.length ? 0 : -1;
    return this.show();
  }

  show() {
    this.list.replaceChildren(...(this.places.length ? this.places.map((place, index) => this.row(place, index)) : [this.none()]));
    this.list.hidden = false;
    this.name.setAttribute("aria-expanded", "true");
    this.mark();
  }

  row(place, index) {
    const row = document.createElement("li");
    row.id = `${this.list.id}_${index}`;
    row.setAttribute("role", "option");
    row.dataset.index = String(index);
    row.append(part("b", place.name), part("span", place.territory_name, "quiet small grow"));
    if (place.population) row.append(part("span", place.population.toLocaleString(document.documentElement.lang), "quiet small"));
    return row;
  }

  none() {
    const row = part("li", this.root.dataset.noaberPlaceNone, "quiet");
    row.setAttribute("role", "option");
    row.setAttribute("aria-disabled", "true");
    return row;
  }

  mark() {
    for (const row of this.list.children) row.setAttribute("aria-selected", String(row.dataset.index === String(this.chosen)));
    if (this.chosen >= 0) this.name.setAttribute("aria-activedescendant", `${this.list.id}_${this.chosen}`);
    else this.name.removeAttribute("aria-activedescendant");
    this.list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.places.length) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.places.length) % this.places.length;
      this.mark();
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.choose(this.places[this.chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  point(event) {
    const row = event.target.closest("li[data-index]");
    if (!row) return;
    event.preventDefault();
    this.choose(this.places[Number(row.dataset.index)]);
  }

  choose(place) {
    this.name.value = place.name;
    this.lon.value = String(place.lon);
    this.lat.value = String(place.lat);
    this.refine(place);
    this.close();
    this.root.dispatchEvent(new CustomEvent("noaber:place", { bubbles: true, detail: place }));
  }

  refine(place) {
    this.territory.value = place.territory_label;
    this.hint.textContent = place.territory_note || place.territory_name;
  }

  /** What lies at the position that was typed or clicked. */
  async look() {
    if (!this.lon.value || !this.lat.value) return;
    const found = await ask(this.root.dataset.noaberPlaceAt, { lon: this.lon.value, lat: this.lat.value });
    if (!found?.place) return;
    if (found.place.name) this.name.value = found.place.name;
    this.refine(found.place);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.name.setAttribute("aria-expanded", "false");
    this.name.removeAttribute("aria-activedescendant");
  }
}

function part(tag, text, css = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = css;
  return element;
}

async function ask(address, query) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(query)}`, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

const known = new WeakSet();

function begin() {
  for (const root of document.querySelectorAll("[data-noaber-place]")) {
    if (known.has(root)) continue;
    known.add(root);
    new PlacePicker(root);
  }
}

begin();
document.addEventListener("htmx:load", begin);
