// The geometry being drawn: what it is made of, how it is read from the field and written back. Nothing of the page.

export function read(text) {
  const plain = text.trim();
  if (!plain) return { type: "", points: [] };
  if (plain.startsWith("{")) return fromGeoJson(plain);
  return fromLines(plain);
}

function fromGeoJson(plain) {
  let geometry;
  try {
    geometry = JSON.parse(plain);
  } catch {
    return null;
  }
  if (geometry.type === "Feature") geometry = geometry.geometry;
  const at = geometry?.coordinates;
  if (geometry?.type === "Point") return { type: "Point", points: [at.slice(0, 2)] };
  if (geometry?.type === "LineString") return { type: "LineString", points: at.map((p) => p.slice(0, 2)) };
  if (geometry?.type === "Polygon" && at.length === 1) return { type: "Polygon", points: at[0].slice(0, -1).map((p) => p.slice(0, 2)) };
  return null; // several parts or holes: only the field itself can hold them
}

// "21.7356, 105.7701", one point a line: as telephones and paper tell it, latitude first.
function fromLines(plain) {
  const points = [];
  for (const line of plain.split(/\n+/)) {
    const found = line.trim().match(/^(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)$/);
    if (!found) return null;
    points.push([Number(found[2]), Number(found[1])]);
  }
  return { type: points.length === 1 ? "Point" : "LineString", points };
}

export const least = { Point: 1, LineString: 2, Polygon: 3 };

export function write({ type, points }) {
  if (!points.length) return "";
  const at = points.map(([lon, lat]) => [Number(lon.toFixed(7)), Number(lat.toFixed(7))]);
  if (type === "Point") return JSON.stringify({ type, coordinates: at[0] });
  if (points.length < least[type]) return null; // not one yet
  if (type === "LineString") return JSON.stringify({ type, coordinates: at });
  return JSON.stringify({ type, coordinates: [[...at, at[0]]] });
}

// About how long, in metres, to see whether it can be right; the server measures on the ellipsoid.
export function about({ type, points }) {
  const ring = type === "Polygon" && points.length > 2 ? [...points, points[0]] : points;
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [[a, b], [c, d]] = [ring[i - 1], ring[i]];
    sum += Math.hypot((c - a) * Math.cos(((b + d) / 360) * Math.PI), d - b) * 111_320;
  }
  return sum;
}
