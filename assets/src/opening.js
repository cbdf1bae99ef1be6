// The moving map of a page: the same things, legend as filter, a thing pressed tells what it is and leads to its page.
import { FILTERED, GROUND, PRESSED, addSigns, looksOf, styleOf } from "./layers.js";
import { boxOf, fit, loaded, onTheme, stage } from "./stage.js";

export async function open(frame) {
  const words = frame.dataset;
  const answer = await fetch(words.things, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${words.things}: ${answer.status}`);
  const data = await answer.json();
  const canvas = frame.querySelector("[data-map-canvas]");
  canvas.hidden = false;
  let looks = looksOf(frame);
  const style = styleOf(looks, data, words.tiles);
  const map = await stage(canvas, words, style, { scroll: true });
  const { GeolocateControl, Popup } = await loaded(words);
  map.on("style.load", () => addSigns(map, looks));
  map.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true }, trackUserLocation: true }), "top-right");
  fit(map, boxOf(data.features));

  const hidden = new Set();
  const base = Object.fromEntries(FILTERED.map((id) => [id, style.layers.find((layer) => layer.id === id).filter]));
  const filter = () => {
    const shown = ["!", ["in", ["get", "kind"], ["literal", [...hidden]]]];
    for (const id of FILTERED) map.setFilter(id, ["all", base[id], shown]);
    for (const id of GROUND) if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", hidden.has("specks") ? "none" : "visible");
  };
  frame.addEventListener("map:kind", ({ detail }) => {
    if (detail.shown) hidden.delete(detail.kind);
    else hidden.add(detail.kind);
    filter();
  });
  onTheme(() => {
    looks = looksOf(frame);
    map.setStyle(styleOf(looks, data, words.tiles), { diff: false });
    map.once("style.load", filter);
  });

  let popup;
  const show = (thing, at) => {
    popup?.remove();
    popup = new Popup({ maxWidth: "18rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(card(thing, words)).addTo(map);
  };
  map.on("click", (event) => {
    const reach = 12; // pixels around a finger
    const { x, y } = event.point;
    const found = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: PRESSED })[0];
    if (found) show(found.properties, found.geometry.type === "Point" ? found.geometry.coordinates : event.lngLat);
  });
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers: PRESSED }).length ? "pointer" : "";
  });

  const known = new Map(data.features.map((feature) => [String(feature.properties.id), feature]));
  frame.addEventListener("map:show", ({ detail }) => {
    const feature = known.get(detail.id);
    if (!feature) return;
    const box = boxOf([feature]);
    fit(map, box, { animate: true, maxZoom: 18 });
    show(feature.properties, [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    canvas.scrollIntoView({ block: "nearest" });
  });
  await new Promise((done) => map.once("idle", done));
  for (const line of frame.querySelectorAll("[data-thing]")) if (known.has(line.dataset.thing)) line.append(pointer(line, words));
  frame.dataset.open = "yes";
  return map;
}

// In the list, beside each thing: where it is.
function pointer(line, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet map-show";
  button.dataset.show = line.dataset.thing;
  button.textContent = words.wShow;
  button.setAttribute("aria-label", `${words.wShow}: ${line.querySelector("a").textContent}`);
  return button;
}

function card(thing, words) {
  const box = document.createElement("div");
  box.className = "map-card";
  const add = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    box.append(element);
    return element;
  };
  add("strong", thing.name);
  if (thing.words) add("p", thing.words);
  if (thing.href) add("a", words.wPage).href = thing.href;
  return box;
}
