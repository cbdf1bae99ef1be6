// How things look: colours and signs are read off the page's own legend, so that the drawn and the moving map agree.
import { colour } from "./stage.js";

const LINES = ["LineString", "MultiLineString"];
const AREAS = ["Polygon", "MultiPolygon"];
const font = { "text-font": ["Be Vietnam Pro"], "text-size": 13 };

export function looksOf(frame) {
  const probe = frame.querySelector("[data-map-canvas]");
  const kinds = [...frame.querySelectorAll("[data-legend]")].map((line) => {
    const mark = line.querySelector("svg .sign, svg .way, svg .area");
    const style = mark && getComputedStyle(mark);
    return { kind: line.dataset.legend, sign: line.dataset.sign, colour: style ? style.color : colour(probe) };
  });
  return { kinds, paper: colour(probe, "backgroundColor"), ink: colour(probe), quiet: colour(probe, "outlineColor") };
}

const byKind = (looks) => {
  const cases = looks.kinds.flatMap(({ kind, colour: shade }) => [kind, shade]);
  return cases.length ? ["match", ["get", "kind"], ...cases, looks.ink] : looks.quiet;
};

export function styleOf(looks, data, tiles) {
  const sources = { things: { type: "geojson", data, promoteId: "id" } };
  const layers = [{ id: "paper", type: "background", paint: { "background-color": looks.paper } }];
  if (tiles) {
    sources.ground = { type: "vector", url: `pmtiles://${new URL(tiles, location.href).href}` };
    layers.push(...groundLayers(looks));
  }
  layers.push(...thingLayers(looks));
  return { version: 8, sources, layers };
}

// Tiles hold what seldom changes: the places of the country as points, and borders an office has imported.
function groundLayers(looks) {
  const of = { source: "ground", "source-layer": "ground" };
  const level = (...names) => ["match", ["get", "level"], names, true, false];
  return [
    { ...of, id: "ground-borders", type: "line", filter: level("border"), paint: { "line-color": looks.quiet, "line-dasharray": [4, 2, 1, 2] } },
    {
      ...of,
      id: "ground-dots",
      type: "circle",
      filter: level("commune"),
      paint: { "circle-color": looks.quiet, "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 1, 10, 4] },
    },
    label(looks, { ...of, id: "ground-names", filter: level("commune"), minzoom: 9 }, ["get", "name"], looks.quiet),
  ];
}

function thingLayers(looks) {
  const shade = byKind(looks);
  const geometry = (names) => ["match", ["geometry-type"], names, true, false];
  const of = { source: "things" };
  const width = ["interpolate", ["linear"], ["zoom"], 10, 1.5, 15, 4, 19, 10];
  const wider = ["interpolate", ["linear"], ["zoom"], 10, 3, 15, 7, 19, 14];
  return [
    {
      ...of,
      id: "specks",
      type: "circle",
      filter: ["==", ["get", "kind"], "specks"],
      paint: { "circle-color": looks.quiet, "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 1.2, 10, 4] },
    },
    { ...of, id: "areas", type: "fill", filter: geometry(AREAS), paint: { "fill-color": shade, "fill-opacity": 0.2 } },
    { ...of, id: "edges", type: "line", filter: geometry(AREAS), paint: { "line-color": shade, "line-width": 2 } },
    {
      ...of,
      id: "casings",
      type: "line",
      filter: geometry(LINES),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": looks.ink, "line-width": wider },
    },
    {
      ...of,
      id: "ways",
      type: "line",
      filter: geometry(LINES),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": ["case", ["==", ["get", "kind"], "earth_road"], looks.paper, shade], "line-width": width },
    },
    label(looks, { ...of, id: "way-names", filter: geometry(LINES), minzoom: 13 }, ["get", "name"], looks.ink, { "symbol-placement": "line" }),
    signs(looks, { ...of, id: "signs", filter: ["all", geometry(["Point", "MultiPoint"]), ["!=", ["get", "kind"], "specks"]] }),
    label(
      looks,
      { ...of, id: "names", filter: ["all", ["!=", ["get", "label"], ""], geometry(["Point", "MultiPoint"])] },
      ["get", "label"],
      looks.ink,
      { "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 1, "text-justify": "auto", "symbol-sort-key": ["get", "rank"] },
    ),
  ];
}

// A page without a legend has no signs to lend: points are dots there.
function signs(looks, layer) {
  if (!looks.kinds.length) {
    return { ...layer, type: "circle", paint: { "circle-radius": 5, "circle-color": looks.paper, "circle-stroke-color": looks.quiet, "circle-stroke-width": 2 } };
  }
  const size = ["coalesce", ["get", "size"], 1];
  return {
    ...layer,
    type: "symbol",
    layout: {
      "icon-image": ["concat", "kind-", ["get", "kind"]],
      "icon-allow-overlap": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 5, ["*", 0.8, size], 14, ["*", 0.9, size], 18, ["*", 1.2, size]],
      "symbol-sort-key": ["-", 0, ["get", "rank"]],
    },
  };
}

function label(looks, layer, field, ink, layout = {}) {
  return {
    ...layer,
    type: "symbol",
    layout: { ...font, "text-field": field, "text-optional": true, ...layout },
    paint: { "text-color": ink, "text-halo-color": looks.paper, "text-halo-width": 1.6 },
  };
}

// Each kind's sign as a picture: the very paths of the page, painted on a canvas.
export function addSigns(map, looks) {
  const size = 52; // pixels of a picture at twice the density
  for (const { kind, sign, colour: shade } of looks.kinds) {
    const drawn = sign && document.getElementById(`sign-${sign}`);
    if (!drawn || map.hasImage(`kind-${kind}`)) continue;
    const canvas = new OffscreenCanvas(size, size);
    const pen = canvas.getContext("2d");
    pen.translate(size / 2, size / 2);
    pen.scale(2, 2);
    const frame = new Path2D(drawn.querySelector(".sign-frame").getAttribute("d"));
    pen.fillStyle = shade;
    pen.strokeStyle = looks.paper;
    pen.lineWidth = 1.5;
    pen.fill(frame);
    pen.stroke(frame);
    pen.fillStyle = looks.paper;
    pen.fill(new Path2D(drawn.querySelector(".sign-drawing").getAttribute("d")));
    map.addImage(`kind-${kind}`, pen.getImageData(0, 0, size, size), { pixelRatio: 2 });
  }
}

export const GROUND = ["ground-dots", "ground-names"]; // of the tiles, where there are any
export const PRESSED = ["signs", "ways", "casings", "areas"];
export const FILTERED = ["specks", "areas", "edges", "casings", "ways", "way-names", "signs", "names"];
