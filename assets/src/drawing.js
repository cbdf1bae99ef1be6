// Draws the geometry of a form: tap to add a point, drag or arrow keys to move it, undo, remove, stand and add.
// The field beneath stays the truth: what is drawn is written into it, what is typed there is drawn.
import { addSigns, looksOf, styleOf } from "./layers.js";
import { about, least, read, write } from "./shape.js";
import { boxOf, colour, fit, loaded, onTheme, stage } from "./stage.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export async function draw(box) {
  const words = box.dataset;
  const field = box.closest("form").elements[words.target];
  const part = (name) => box.querySelector(`[data-draw="${name}"]`);
  const canvas = box.querySelector("[data-map-canvas]");
  const around = words.things ? await fetch(words.things).then((answer) => (answer.ok ? answer.json() : EMPTY), () => EMPTY) : EMPTY;
  canvas.hidden = false;
  let looks = looksOf(box);
  const map = await stage(canvas, words, styleOf(looks, around, words.tiles));
  const { Marker } = await loaded(words);
  map.getCanvas().setAttribute("aria-label", words.wTitle);

  let shape = { type: box.querySelector("[data-type]").dataset.type, points: [] };
  let chosen = -1; // the point that moves, is removed, or after which the next is put
  let complex = false; // the field holds what cannot be drawn here
  const past = [];
  let markers = [];

  const layers = () => {
    addSigns(map, looks);
    if (map.getSource("drawn")) return;
    const paint = colour(part("tools"), "borderTopColor");
    map.addSource("drawn", { type: "geojson", data: EMPTY });
    map.addLayer({ id: "drawn-area", source: "drawn", type: "fill", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": paint, "fill-opacity": 0.25 } });
    map.addLayer({ id: "drawn-line", source: "drawn", type: "line", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": paint, "line-width": 4 } });
    sketch();
  };

  // The line under the points; a polygon not yet closed is a line.
  function sketch() {
    const source = map.getSource("drawn");
    if (!source) return;
    const enough = shape.type !== "Point" && shape.points.length >= 2;
    const closed = shape.type === "Polygon" && shape.points.length >= 3;
    const geometry = closed
      ? { type: "Polygon", coordinates: [[...shape.points, shape.points[0]]] }
      : { type: "LineString", coordinates: shape.points };
    source.setData(enough ? { type: "Feature", properties: {}, geometry } : EMPTY);
  }

  function tell() {
    const count = shape.points.length;
    const metres = about(shape);
    const long = metres >= 1000 ? `${(metres / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 })} km` : `${Math.round(metres)} m`;
    const told = [words.wPoints.replace("{n}", count)];
    if (metres) told.push(words.wAbout.replace("{n}", long));
    if (count && count < least[shape.type]) told.push(words.wMore.replace("{n}", least[shape.type]));
    part("state").textContent = complex ? words.wComplex : told.join(" · ");
    part("undo").disabled = !past.length;
    part("remove").disabled = chosen < 0;
    part("clear").disabled = !count;
    for (const name of ["add", "here"]) part(name).disabled = complex;
    for (const button of box.querySelectorAll("[data-type]")) {
      button.setAttribute("aria-pressed", String(button.dataset.type === shape.type));
      button.disabled = complex;
    }
  }

  function place() {
    for (const marker of markers) marker.remove();
    markers = complex ? [] : shape.points.map((point, i) => vertex(point, i));
    sketch();
    tell();
  }

  function vertex(point, i) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "map-vertex";
    element.setAttribute("aria-label", words.wPoint.replace("{n}", i + 1));
    element.setAttribute("aria-pressed", String(i === chosen));
    element.append(Object.assign(document.createElement("span"), { textContent: i + 1 }));
    const marker = new Marker({ element, draggable: true }).setLngLat(point).addTo(map);
    marker.on("dragstart", () => remember());
    marker.on("drag", () => {
      shape.points[i] = marker.getLngLat().toArray();
      sketch();
    });
    marker.on("dragend", () => {
      chosen = i;
      save();
    });
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      chosen = chosen === i ? -1 : i;
      place();
      markers[i]?.getElement().focus();
    });
    element.addEventListener("keydown", (event) => {
      const step = ARROWS[event.key];
      if (step) {
        event.preventDefault();
        event.stopPropagation();
        const far = event.shiftKey ? 20 : 4;
        const { x, y } = map.project(shape.points[i]);
        change(() => {
          shape.points[i] = map.unproject([x + step[0] * far, y + step[1] * far]).toArray();
          chosen = i;
        });
        markers[i].getElement().focus();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        change(() => drop(i));
        markers[Math.max(i - 1, 0)]?.getElement().focus();
      }
    });
    return marker;
  }

  const remember = () => {
    past.push(JSON.stringify(shape));
    if (past.length > 200) past.shift();
  };

  function change(deed) {
    remember();
    deed();
    save();
  }

  function drop(i) {
    shape.points.splice(i, 1);
    chosen = -1;
  }

  function add(point) {
    if (complex) return;
    change(() => {
      if (shape.type === "Point") {
        shape.points = [point];
        chosen = -1;
      } else if (chosen >= 0) {
        shape.points.splice(chosen + 1, 0, point);
        chosen += 1;
      } else shape.points.push(point);
    });
  }

  function save() {
    field.value = write(shape) ?? ""; // half a shape is none: the line below says what is missing
    field.dispatchEvent(new Event("change", { bubbles: true }));
    place();
  }

  function take() {
    const found = read(field.value);
    complex = found === null && field.value.trim() !== "";
    if (found?.type) shape = found;
    else if (!complex) shape.points = [];
    chosen = -1;
    place();
  }

  map.on("click", (event) => add(event.lngLat.toArray()));
  field.addEventListener("input", () => {
    past.length = 0;
    take();
    fit(map, boxOf(shape.points.length ? [{ geometry: { type: "MultiPoint", coordinates: shape.points } }] : []));
  });
  part("undo").addEventListener("click", () => {
    shape = JSON.parse(past.pop());
    chosen = -1;
    save();
  });
  part("remove").addEventListener("click", () => change(() => drop(chosen)));
  part("clear").addEventListener("click", () =>
    change(() => {
      shape.points = [];
      chosen = -1;
    }),
  );
  part("add").addEventListener("click", () => add(map.getCenter().toArray()));
  part("here").addEventListener("click", () => {
    part("state").textContent = words.wLocating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        add([coords.longitude, coords.latitude]);
        map.easeTo({ center: [coords.longitude, coords.latitude], zoom: Math.max(map.getZoom(), 17) });
        part("state").textContent += ` · ${words.wAccuracy.replace("{n}", Math.round(coords.accuracy))}`;
      },
      () => {
        part("state").textContent = words.wNowhere;
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  });
  for (const button of box.querySelectorAll("[data-type]")) {
    button.addEventListener("click", () =>
      change(() => {
        shape.type = button.dataset.type;
        if (shape.type === "Point") shape.points = shape.points.slice(-1);
        chosen = -1;
      }),
    );
  }
  onTheme(() => {
    looks = looksOf(box);
    map.setStyle(styleOf(looks, around, words.tiles), { diff: false });
  });
  map.on("style.load", layers);
  if (map.isStyleLoaded()) layers();
  take();
  part("tools").hidden = false;
  const own = shape.points.length ? [{ geometry: { type: "MultiPoint", coordinates: shape.points } }] : around.features;
  fit(map, boxOf(own) ?? (around.middle && [...around.middle, ...around.middle]), { maxZoom: around.features.length ? 16 : 13 });
  await new Promise((done) => map.once("idle", done));
  box.dataset.open = "yes";
  return map;
}
