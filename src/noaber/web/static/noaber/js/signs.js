// The signs and names on the map, drawn on a canvas in the colours of the theme: no sprite, no glyph server.

export const RATIO = 2;

const SIZE = 22;

/** The tokens of the theme, by name without dashes in front. */
export function tokensOf(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

function canvas(width, height) {
  const made = document.createElement("canvas");
  made.width = Math.ceil(width * RATIO);
  made.height = Math.ceil(height * RATIO);
  const context = made.getContext("2d");
  context.scale(RATIO, RATIO);
  return context;
}

const pixels = (context) => context.getImageData(0, 0, context.canvas.width, context.canvas.height);

function fillAndHalo(context, fill, halo, width = 2) {
  context.lineJoin = "round";
  context.lineWidth = width * 2;
  context.strokeStyle = halo;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
}

function polygon(context, points) {
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

const square = (context, half) => polygon(context, [[11 - half, 11 - half], [11 + half, 11 - half], [11 + half, 11 + half], [11 - half, 11 + half]]);

function disc(context, radius) {
  context.beginPath();
  context.arc(11, 11, radius, 0, 7);
}

function cross(context, reach, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(11 - reach, 11 - reach);
  context.lineTo(11 + reach, 11 + reach);
  context.moveTo(11 + reach, 11 - reach);
  context.lineTo(11 - reach, 11 + reach);
  context.stroke();
}

const base = (colour) => (context, token) => { square(context, 4); fillAndHalo(context, token(colour), token("map-halo"), 1); };

/** The shapes of severity, as on pages: a diamond, a triangle, hollow ones for less. */
const SEVERITIES = {
  extreme: { colour: "sev-extreme", shape: (context) => polygon(context, [[11, 2], [20, 11], [11, 20], [2, 11]]) },
  severe: { colour: "sev-severe", shape: (context) => polygon(context, [[11, 2], [20, 18], [2, 18]]), low: 2 },
  moderate: { colour: "sev-moderate", shape: (context) => polygon(context, [[11, 2], [20, 18], [2, 18]]), low: 2, isHollow: true },
  minor: { colour: "sev-minor", shape: (context) => disc(context, 7.5), isHollow: true },
  unknown: { colour: "text-2", shape: (context) => disc(context, 7.5), isHollow: true, dash: [2, 2] },
};

/** An incident, with its number in it where a list gives it one. */
const incident = (severity) => (context, token, number) => {
  const { colour, shape, low = 0, isHollow = false, dash = [] } = SEVERITIES[severity];
  shape(context);
  fillAndHalo(context, token(isHollow ? "map-halo" : colour), token("map-halo"), isHollow ? 1 : 1.5);
  if (isHollow) {
    context.setLineDash(dash);
    context.lineWidth = 1.6;
    context.strokeStyle = token(colour);
    context.stroke();
    context.setLineDash([]);
  }
  if (!number) return;
  context.font = `700 10px ${token("font")}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = token(isHollow ? colour : "map-halo");
  context.fillText(number, 11, 11.5 + low);
};

/** The head of an arrow, pointing to the right: the map turns it along its way. */
const arrow = (colour) => (context, token) => {
  polygon(context, [[6, 6.5], [16, 11], [6, 15.5]]);
  fillAndHalo(context, token(colour), token("map-halo"), 1);
};

const DRAW = {
  incident: incident("extreme"),
  ...Object.fromEntries(Object.keys(SEVERITIES).map((severity) => [`incident-${severity}`, incident(severity)])),
  "way-own": arrow("text"),
  "way-neighbour": arrow("accent"),
  "way-late": arrow("warn"),
  base: base("text-2"),
  "base-own": base("text"),
  "base-neighbour": base("accent"),
  excluded(context, token) {
    square(context, 4);
    fillAndHalo(context, token("map-halo"), token("map-halo"), 1);
    context.lineWidth = 1.2;
    context.strokeStyle = token("text-2");
    context.stroke();
    polygon(context, [[7, 15], [15, 7]]);
    context.stroke();
  },
  vehicle(context, token) {
    polygon(context, [[11, 5], [17, 16], [5, 16]]);
    fillAndHalo(context, token("accent"), token("map-halo"), 1.5);
  },
  closure(context, token) {
    disc(context, 8);
    fillAndHalo(context, token("bad"), token("map-halo"));
    cross(context, 3.5, token("on-danger"), 2);
  },
  seat(context, token) {
    disc(context, 5);
    fillAndHalo(context, token("map-halo"), token("map-halo"));
    context.lineWidth = 2;
    context.strokeStyle = token("accent");
    context.stroke();
  },
  place(context, token) {
    disc(context, 2.2);
    fillAndHalo(context, token("map-label"), token("map-halo"), 1);
  },
  capital(context, token) {
    disc(context, 3.4);
    fillAndHalo(context, token("map-halo"), token("map-halo"), 1);
    context.lineWidth = 1.5;
    context.strokeStyle = token("map-label");
    context.stroke();
  },
  picked(context, token) {
    disc(context, 7);
    context.lineWidth = 4;
    context.strokeStyle = token("map-halo");
    context.stroke();
    context.lineWidth = 2;
    context.strokeStyle = token("text");
    context.stroke();
    cross(context, 2, token("text"), 1.5);
  },
};

export const KINDS = Object.keys(DRAW);

/** The sign of a kind; a number behind it is drawn in it. */
export function sign(text, token) {
  const [kind, number] = text.split(" ");
  const context = canvas(SIZE, SIZE);
  DRAW[kind](context, token, number);
  return pixels(context);
}

/** How names look, by their family: strong for what the map is about, quiet for a region. */
const LOOKS = {
  name: { font: "400 11px", colour: "map-label" },
  strong: { font: "600 12px", colour: "text" },
  region: { font: "600 11px", colour: "text-2" },
  district: { font: "italic 400 11px", colour: "text-2" },
  town: { font: "400 11px", colour: "map-label", hasDot: true },
  alarm: { font: "700 10px", colour: "bad", edge: "bad", isFramed: true },
  shield: { font: "600 10px", colour: "map-label", edge: "map-road", isFramed: true },
};

export const FAMILIES = Object.keys(LOOKS);

/** The number of a road, or what a closed one costs, in a frame. */
function shield(text, font, look, token) {
  const measure = canvas(1, 1);
  measure.font = font;
  const width = Math.ceil(measure.measureText(text).width) + 10;
  const context = canvas(width, 16);
  context.beginPath();
  context.roundRect(1, 1, width - 2, 14, 3);
  context.fillStyle = token("map-halo");
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = token(look.edge);
  context.stroke();
  context.font = font;
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillStyle = token(look.colour);
  context.fillText(text, width / 2, 8.5);
  return pixels(context);
}

/** A name with a halo; that of a town behind its dot. */
export function name(text, family, token) {
  const look = LOOKS[family];
  const font = `${look.font} ${token("font")}`;
  if (look.isFramed) return shield(text, font, look, token);
  const measure = canvas(1, 1);
  measure.font = font;
  const left = look.hasDot ? 11 : 4;
  const context = canvas(measure.measureText(text).width + left + 4, 18);
  if (look.hasDot) {
    context.beginPath();
    context.arc(5, 9, 2.2, 0, 7);
    fillAndHalo(context, token("map-label"), token("map-halo"), 1);
  }
  context.font = font;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = token("map-halo");
  context.strokeText(text, left, 9.5);
  context.fillStyle = token(look.colour);
  context.fillText(text, left, 9.5);
  return pixels(context);
}
