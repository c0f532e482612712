// A small LMS with one switch for each quirk that users of other tools report. It keeps what was committed, and every
// call (`tried` for what it didn't take), in local storage: that survives the closing of the tab, and another page can read it.
"use strict";

const NAMES = {
  "1.2": {
    object: "API", initialize: "LMSInitialize", terminate: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue",
    commit: "LMSCommit", error: "LMSGetLastError", mode: "cmi.core.lesson_mode", location: "cmi.core.lesson_location",
    exit: "cmi.core.exit", entry: "cmi.core.entry", before: "301", again: "101",
  },
  "2004": {
    object: "API_1484_11", initialize: "Initialize", terminate: "Terminate", get: "GetValue", set: "SetValue",
    commit: "Commit", error: "GetLastError", mode: "cmi.mode", location: "cmi.location",
    exit: "cmi.exit", entry: "cmi.entry", before: "132", again: "103",
  },
};

const FRESH = {
  "1.2": {
    "cmi.core.student_name": "王, 小明", "cmi.core.student_id": "s1", "cmi.core.lesson_status": "not attempted",
    "cmi.core.lesson_mode": "normal", "cmi.core.credit": "credit", "cmi.core.entry": "ab-initio",
  },
  "2004": {
    "cmi.learner_name": "王, 小明", "cmi.learner_id": "s1", "cmi.completion_status": "unknown",
    "cmi.success_status": "unknown", "cmi.mode": "normal", "cmi.credit": "credit", "cmi.entry": "ab-initio",
  },
};

const OUTAGE = 800; // milliseconds, from the first call that fails, for which an LMS with passing trouble has it

/** Each quirk answers instead of the LMS, by the call it concerns; undefined: as usual. */
const QUIRKS = {
  none: {},
  "unload-forbidden": {}, // by the server's Permissions-Policy
  "missing-mode": { get: (lms, name) => (name === lms.names.mode || /credit$/.test(name) ? lms.fail("401", "") : undefined) },
  "empty-mode": { get: (lms, name) => (name === lms.names.mode || /credit$/.test(name) ? "" : undefined) },
  "strange-mode": { get: (lms, name) => (name === lms.names.mode ? "undefined" : undefined) },
  "no-credit": { get: (lms, name) => (/credit$/.test(name) ? "no-credit" : undefined) },
  "empty-count": { get: (lms, name) => (/_count$/.test(name) ? "" : undefined) },
  "missing-count": { get: (lms, name) => (/_count$/.test(name) ? lms.fail("401", null) : undefined) },
  "count-is-a-number": { get: (lms, name) => (/_count$/.test(name) ? lms.count(name) : undefined) },
  "empty-location": { get: (lms, name) => (name === lms.names.location ? "" : undefined) },
  nulls: {
    get: (lms, name) => lms.data[name] ?? (/_count$/.test(name) ? lms.count(name) : null),
    set: (lms, name, value) => { lms.store(name, value); return null; },
    commit: (lms) => { lms.keep(); return null; },
    initialize: (lms) => { lms.open = true; return null; },
  },
  "set-refused": {
    set: (lms, name) => (/score\.min$|weighting$|latency$|progress_measure$/.test(name) ? lms.fail("401", "false") : undefined),
  },
  "no-interactions": { set: (lms, name) => (/interactions/.test(name) ? lms.fail("401", "false") : undefined) },
  "set-fails": { set: (lms) => (lms.inOutage() ? lms.fail("101", "false") : undefined) },
  "commit-fails": { commit: (lms) => (lms.inOutage() ? lms.fail("101", "false") : undefined) },
  dead: { set: (lms) => lms.fail("101", "false"), commit: (lms) => lms.fail("101", "false"), terminate: (lms) => lms.fail("101", "false") },
  throws: {
    get: (lms, name) => { if (/_count$/.test(name)) throw new Error("no such collection"); },
    set: (lms) => { if (lms.inOutage()) throw new TypeError("Cannot read properties of null"); },
    commit: (lms) => { if (lms.inOutage()) throw "server gone"; },
  },
  slow: { every: (lms, call) => { for (const until = performance.now() + 25 + 2.5 * (call.length % 31); performance.now() < until; ); } },
  "boolean-true": { after: (answer) => (answer === "true" ? true : answer === "false" ? false : answer) },
  "stale-error": { error: () => "401" },
  "initialize-false": { initialize: (lms) => lms.fail("101", "false") },
  "finish-closes": { terminate: (lms) => { lms.keep(); lms.open = false; setTimeout(() => document.querySelector("iframe")?.remove(), 0); lms.over = true; return "true"; } },
  "state-cut": { set: (lms, name, value) => { if (name === "cmi.suspend_data") { lms.store(name, value.slice(0, 30)); return "true"; } return undefined; } },
  "state-4096": { set: (lms, name, value) => (name === "cmi.suspend_data" && value.length > 4096 ? lms.fail("405", "false") : undefined) },
};

class Lms {
  constructor(version, quirk, mode) {
    this.version = version;
    this.names = NAMES[version];
    this.quirk = QUIRKS[quirk];
    this.record = JSON.parse(localStorage.getItem("lms") ?? "null") ?? { committed: {}, calls: [], faults: [], launched: 0, ended: 0 };
    this.record.launched += 1;
    const resumes = this.record.committed[this.names.exit] === "suspend";
    this.data = { ...FRESH[version], ...(resumes ? this.record.committed : {}) };
    if (resumes) this.data[this.names.entry] = "resume";
    delete this.data[this.names.exit];
    if (mode !== null) this.data[this.names.mode] = mode;
    this.code = "0";
    this.open = false;
    this.over = false;
    this.outageEnds = null;
    this.save();
  }

  api() {
    const { names } = this;
    const call = (kind) => (...words) => this.call(kind, words);
    return {
      [names.initialize]: call("initialize"), [names.terminate]: call("terminate"), [names.get]: call("get"),
      [names.set]: call("set"), [names.commit]: call("commit"), [names.error]: call("error"),
    };
  }

  call(kind, words) {
    this.entry = [kind === "set" ? "tried" : kind, ...words];
    this.record.calls.push(this.entry);
    this.save();
    this.quirk.every?.(this, words[0] ?? "");
    if (kind === "error") return this.quirk.error?.(this) ?? this.code;
    this.code = "0";
    if (kind !== "initialize" && !this.open) this.fault(`${kind} ${words[0]} while closed`);
    if (words.some((word) => typeof word !== "string")) this.fault(`${kind} with ${JSON.stringify(words)}`);
    if (kind === "initialize" && (this.open || this.over)) this.fault("initialized twice");
    const special = this.quirk[kind]?.(this, ...words);
    const answer = special === undefined ? this.usual(kind, ...words) : special;
    if (kind === "terminate") this.record.ended += 1;
    this.save();
    return this.quirk.after?.(answer) ?? answer;
  }

  usual(kind, name, value) {
    if (kind === "initialize") {
      this.open = true;
      return "true";
    }
    if (kind === "get") return this.read(name);
    if (kind === "set") { this.store(name, value); return "true"; }
    this.keep();
    if (kind === "terminate") { this.open = false; this.over = true; }
    return "true";
  }

  read(name) {
    if (/_count$/.test(name)) return String(this.count(name));
    // Interactions are write-only in 1.2, and so they are here.
    if (/^cmi\.interactions/.test(name)) return this.fail(this.version === "1.2" ? "404" : "403", "");
    return this.data[name] ?? this.fail(this.version === "1.2" ? "0" : "403", "");
  }

  count(name) {
    const parent = name.replace(/_count$/, "");
    const found = Object.keys(this.data).filter((other) => other.startsWith(parent));
    return new Set(found.map((other) => other.slice(parent.length).split(".")[0])).size;
  }

  store(name, value) {
    const record = /^(cmi\.(?:interactions|objectives)\.)(\d+)\./.exec(name);
    if (record !== null) {
      const known = this.count(`${record[1]}_count`);
      if (Number(record[2]) > known) this.fault(`${name} leaves a gap after ${known}`);
      if (Number(record[2]) === known && !name.endsWith(".id")) this.fault(`${name} before its identifier`);
    }
    this.data[name] = value;
    this.entry[0] = "set";
  }

  keep() {
    this.record.committed = { ...this.data };
    this.save();
  }

  fail(code, answer) {
    this.code = code;
    return answer;
  }

  fault(text) {
    this.record.faults.push(text);
    this.save();
  }

  inOutage() {
    this.outageEnds ??= performance.now() + OUTAGE;
    return performance.now() < this.outageEnds;
  }

  save() {
    localStorage.setItem("lms", JSON.stringify(this.record));
  }
}
