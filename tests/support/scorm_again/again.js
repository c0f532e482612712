// An LMS made of scorm-again: its run-time API, what it validates, and storage that outlives the tab.
// again.html?version=1.2&mode=normal&outage=10000 (or Infinity, until a test sets `outageEnds`); with choice=true it lets
// the learner choose any other SCO.
"use strict";

const ask = new URLSearchParams(location.search);
const is12 = ask.get("version") === "1.2";
const OBJECT = is12 ? "API" : "API_1484_11";
const INITIALIZE = is12 ? "LMSInitialize" : "Initialize";
const GET_ERROR = is12 ? "LMSGetLastError" : "GetLastError";
const WRITING = is12 ? ["LMSSetValue", "LMSCommit"] : ["SetValue", "Commit"];
const CHECKED = is12 ? ["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"] : ["Initialize", "SetValue", "Commit", "Terminate"];
let outageEnds = performance.now() + Number(ask.get("outage") ?? 0);
const kept = JSON.parse(localStorage.getItem("lms") ?? "null") ?? { cmi: null, errors: [], sets: {}, launched: 0, ended: 0 };
kept.launched += 1;

/** Only while an attempt was suspended does a new launch go on with it. */
function previous() {
  const cmi = kept.cmi;
  const core = is12 ? cmi?.core : cmi;
  if (core?.exit !== "suspend") return null;
  core.exit = "";
  core.entry = "resume";
  core.session_time = is12 ? "00:00:00" : "PT0S";
  return cmi;
}

const api = new (is12 ? Scorm12API : Scorm2004API)({ autocommit: false, logLevel: 5 });
const before = previous();
if (before !== null) api.loadFromJSON(before, "cmi");
if (ask.has("mode")) api.loadFromJSON(is12 ? { core: { lesson_mode: ask.get("mode") } } : { mode: ask.get("mode") }, "cmi");

function keep() {
  kept.cmi = api.renderCMIToJSONObject().cmi;
  localStorage.setItem("lms", JSON.stringify(kept));
}

/** Every error code that the library raises is kept; during an outage every write fails as it would without a server. */
function guarded(name) {
  return (...words) => {
    if (WRITING.includes(name) && performance.now() < outageEnds) {
      guard.broken = true;
      return "false";
    }
    guard.broken = false;
    if (ask.has("choice") && name === "GetValue" && words[0].startsWith("adl.nav.request_valid.choice.{target=")) return ask.get("choice");
    const answer = String(api[name](...words));
    const code = String(api[GET_ERROR]());
    if (CHECKED.includes(name)) {
      if (code !== "0" || answer !== "true") kept.errors.push([name, ...words, code, answer].join(" "));
      if (name === WRITING[0]) kept.sets[words[0]] = words[1];
      if (name === CHECKED[3]) kept.ended += 1;
      if (name !== WRITING[0] && name !== INITIALIZE) keep();
      localStorage.setItem("lms", JSON.stringify(kept));
    }
    return answer;
  };
}

const guard = { broken: false };
const names = is12
  ? ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit"]
  : ["Initialize", "Terminate", "GetValue", "SetValue", "Commit"];
window[OBJECT] = Object.fromEntries(names.map((name) => [name, guarded(name)]));
window[OBJECT][GET_ERROR] = () => (guard.broken ? "101" : String(api[GET_ERROR]()));

addEventListener("load", () => document.body.append(Object.assign(document.createElement("iframe"), { src: ask.get("sco") ?? "sco.html" })));
