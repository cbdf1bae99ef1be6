// A map on the page: our own address only, letters of the page's own typeface, words in the reader's language.
let library;

// MapLibre and PMTiles, once, from where the page says they lie: they change seldom, and are kept apart from ours.
export function loaded(data) {
  library ??= import(data.library).then((found) => {
    found.setWorkerUrl(new URL(data.worker, location.href).href);
    found.addProtocol("pmtiles", new found.Protocol().tile);
    return found;
  });
  return library;
}

// Words of the map's own buttons, given by the page as data-w-….
function locale(words) {
  return {
    "CooperativeGesturesHandler.MobileHelpText": words.wTwoFingers,
    "CooperativeGesturesHandler.WindowsHelpText": words.wCtrlScroll,
    "CooperativeGesturesHandler.MacHelpText": words.wCtrlScroll,
    "GeolocateControl.FindMyLocation": words.wLocate,
    "GeolocateControl.LocationNotAvailable": words.wNowhere,
    "Map.Title": words.wTitle,
    "Marker.Title": words.wTitle,
    "NavigationControl.ZoomIn": words.wZoomIn,
    "NavigationControl.ZoomOut": words.wZoomOut,
    "Popup.Close": words.wClose,
  };
}

// The style sheet of the map is asked for once, and waited for: a map without it has no size.
function styleSheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = done;
    link.onerror = failed;
    document.head.append(link);
  });
}

// data: the element's data-library, data-worker, data-style and words. scroll: whether a wheel moves the page and not the map.
export async function stage(container, data, style, { scroll = false } = {}) {
  const [{ Map, NavigationControl, ScaleControl }] = await Promise.all([
    loaded(data),
    styleSheet(data.style),
    document.fonts.load('600 16px "Be Vietnam Pro"', "Ắ"),
    document.fonts.load('400 16px "Be Vietnam Pro"', "Ắ"),
  ]);
  const map = new Map({
    container,
    style,
    attributionControl: false,
    cooperativeGestures: scroll,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    maxZoom: 20,
    locale: locale(data),
    center: [106.5, 16],
    zoom: 4,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  return map;
}

// What changes with night and day: asked again when the theme turns.
export function onTheme(turn) {
  new MutationObserver(turn).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", turn);
}

export function colour(element, property = "color") {
  return getComputedStyle(element)[property];
}

export function boxOf(features) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (at) => {
    if (typeof at[0] === "number") {
      box[0] = Math.min(box[0], at[0]);
      box[1] = Math.min(box[1], at[1]);
      box[2] = Math.max(box[2], at[0]);
      box[3] = Math.max(box[3], at[1]);
    } else at.forEach(walk);
  };
  const parts = (geometry) =>
    geometry.type === "GeometryCollection" ? geometry.geometries.forEach(parts) : walk(geometry.coordinates);
  for (const feature of features) if (feature.geometry) parts(feature.geometry);
  return Number.isFinite(box[0]) ? box : null;
}

export function fit(map, box, how = {}) {
  if (box) map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { padding: { top: 40, bottom: 40, left: 40, right: 80 }, maxZoom: 17, animate: false, ...how });
}
