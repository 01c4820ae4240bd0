// Plots as SVG text, on logarithmic axes: no script, colours from the page's style sheet.

const [WIDTH, HEIGHT] = [680, 400];
const FRAME = { left: 64, right: 190, top: 18, bottom: 52 };
const SHAPES = ["circle", "square", "diamond", "up", "down", "circle"];

/** Text that stands between tags. */
export const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/**
 * Lines over logarithmic axes, each named at its end.
 *
 * @param {{ title: string, x: string, y: string, format: (value: number) => string,
 *           series: { name: string, colour: number, points: [number, number][] }[] }} plot
 */
export function plot({ title, x, y, format, series }) {
  const shown = series.filter(({ points }) => points.length > 0);
  const across = scale(shown.flatMap(({ points }) => points.map(([at]) => at)), FRAME.left, WIDTH - FRAME.right);
  const up = scale(shown.flatMap(({ points }) => points.map(([, value]) => value)), HEIGHT - FRAME.bottom, FRAME.top);
  const grid = [
    ...across.ticks.map((at) => {
      const place = across.of(at).toFixed(1);
      return (
        `<line class="grid" x1="${place}" x2="${place}" y1="${FRAME.top}" y2="${HEIGHT - FRAME.bottom}"/>` +
        `<text class="tick" x="${place}" y="${HEIGHT - FRAME.bottom + 18}" text-anchor="middle">${format(at)}</text>`
      );
    }),
    ...up.ticks.map((value) => {
      const place = up.of(value).toFixed(1);
      return (
        `<line class="grid" x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${place}" y2="${place}"/>` +
        `<text class="tick" x="${FRAME.left - 8}" y="${place}" dy="0.35em" text-anchor="end">${number(value)}</text>`
      );
    }),
  ];
  const names = spread(shown.map(({ points }) => up.of(points.at(-1)[1])));
  const lines = shown.map(({ name, colour, points }, nth) => {
    const places = points.map(([at, value]) => [across.of(at), up.of(value)]);
    const [endX, endY] = places.at(-1);
    const path = places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ");
    const label = WIDTH - FRAME.right + 16;
    return (
      `<g class="series s${colour}"><polyline points="${path}"/>` +
      places.map(([left, top], at) => dot(SHAPES[colour % SHAPES.length], left, top, `${name}, ${format(points[at][0])}: ${number(points[at][1])}`)).join("") +
      `<path class="leader" d="M${(endX + 6).toFixed(1)} ${endY.toFixed(1)}L${label - 4} ${names[nth].toFixed(1)}"/>` +
      `<text class="name" x="${label}" y="${names[nth].toFixed(1)}" dy="0.35em">${escape(name)}</text></g>`
    );
  });
  const middle = (FRAME.left + WIDTH - FRAME.right) / 2;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">
${grid.join("\n")}
<text class="axis" x="${middle}" y="${HEIGHT - 8}" text-anchor="middle">${escape(x)}</text>
<text class="axis" transform="translate(14 ${(FRAME.top + HEIGHT - FRAME.bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(y)}</text>
${lines.join("\n")}
</svg>`;
}

/** A logarithmic scale over these values, with a tick at each power of ten; never less than one decade. */
function scale(values, from, to) {
  let low = Math.log10(Math.min(...values));
  let high = Math.log10(Math.max(...values));
  low = Math.floor(low * 2 + 0.01) / 2;
  high = Math.max(low + 1, Math.ceil(high * 2 - 0.01) / 2);
  const ticks = [];
  for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power += 1) ticks.push(10 ** power);
  return { ticks, of: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) };
}

/** Places that keep their order and stand at least a line of text apart, inside the frame. */
function spread(places) {
  const order = places.map((place, nth) => ({ place, nth })).sort((a, b) => a.place - b.place);
  order.forEach((one, nth) => {
    if (nth > 0) one.place = Math.max(one.place, order[nth - 1].place + 17);
  });
  for (let nth = order.length - 1; nth >= 0; nth -= 1) {
    const below = nth === order.length - 1 ? HEIGHT - FRAME.bottom : order[nth + 1].place - 17;
    order[nth].place = Math.min(order[nth].place, below);
  }
  const spreaded = [];
  for (const { place, nth } of order) spreaded[nth] = place;
  return spreaded;
}

function dot(shape, x, y, title) {
  const r = 4.5;
  const at = (...points) => points.map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join(" ");
  const inside = `<title>${escape(title)}</title>`;
  switch (shape) {
    case "circle":
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}">${inside}</circle>`;
    case "square":
      return `<polygon points="${at([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9])}">${inside}</polygon>`;
    case "diamond":
      return `<polygon points="${at([0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0])}">${inside}</polygon>`;
    case "up":
      return `<polygon points="${at([0, -1.2], [1.1, 0.8], [-1.1, 0.8])}">${inside}</polygon>`;
    default:
      return `<polygon points="${at([0, 1.2], [1.1, -0.8], [-1.1, -0.8])}">${inside}</polygon>`;
  }
}

/** Three digits, as people write them. */
export function number(value) {
  if (value === 0) return "0";
  if (value >= 1000) return Math.round(Number(value.toPrecision(3))).toLocaleString("en");
  return String(Number(value.toPrecision(value < 0.001 ? 1 : 3)));
}
