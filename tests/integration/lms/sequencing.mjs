// Plays a course's activity tree in scorm-again: reads {tree, steps} as JSON, writes what came of each step.
// A step is {choose: item} or {report: {element: value, …}} to the launched SCO, which then ends its session.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {}; // it talks on the way
const { player, tree, steps } = JSON.parse(readFileSync(0, "utf8"));
const { Scorm2004API } = await import(pathToFileURL(`${player}/node_modules/scorm-again/dist/esm/scorm2004.js`));
const api = new Scorm2004API({ autocommit: false, logLevel: 5, sequencing: { activityTree: tree } });
const service = api.getSequencingService();

function choose(item) {
  const delivered = api.processNavigationRequest("choice", item);
  const current = service.getSequencingState().currentActivity;
  return delivered && current !== null && current.id === item;
}

function report(elements) {
  api.reset();
  const calls = [api.Initialize("")];
  for (const [element, value] of Object.entries(elements)) calls.push(api.SetValue(element, value));
  calls.push(api.Terminate(""));
  return calls.every((call) => call === "true");
}

const results = steps.map((step) => ("choose" in step ? choose(step.choose) : report(step.report)));
const root = service.getSequencingState().rootActivity;
const { objectiveMeasureStatus, objectiveNormalizedMeasure, objectiveSatisfiedStatus, completionStatus, successStatus } = root;
process.stdout.write(JSON.stringify({ results, root: { objectiveMeasureStatus, objectiveNormalizedMeasure, objectiveSatisfiedStatus, completionStatus, successStatus } }));
