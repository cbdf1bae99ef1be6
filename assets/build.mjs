// Builds the map of the screens: our module, the library it asks for, and the library's worker.
// Their texts of licence go into one file beside them. The stamp says from which inputs (tests/unit/test_assets.py).
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const out = `${here}../src/chungtay/ui/static/ui/dist/`;
const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome100", "firefox100", "safari15.4"],
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({ ...common, entryPoints: { map: `${here}src/map.js`, maplibre: `${here}src/library.js` }, outdir: out });
await build({
  ...common,
  entryPoints: { "map-worker": `${here}node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs` },
  outdir: out,
});

const licences = ["maplibre-gl", "pmtiles", "fflate"].map((name) => {
  const folder = `${here}node_modules/${name}/`;
  const { version, license } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(folder + file, "utf8") : "";
  return `${name} ${version} (${license})\n\n${text.replace(/https?:\/\/\S+/g, "").trim()}\n`;
});
writeFileSync(`${out}LICENCES.txt`, licences.join("\n\n----\n\n"));

const inputs = ["package.json", "package-lock.json", "build.mjs", ...readdirSync(`${here}src`).map((name) => `src/${name}`)];
const digest = createHash("sha256");
for (const name of inputs.sort()) digest.update(`${name}\0`).update(readFileSync(here + name)).update("\0");
writeFileSync(`${out}stamp.txt`, `${digest.digest("hex")}\n`);
