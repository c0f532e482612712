// The author's page of a trial run: starts units, plays the LMS for SCORM, and lists what arrives.
(() => {
  "use strict";
  const WORDS = {
    zh: {
      title: "试运行", mode: "模式", normal: "正常学习", browse: "浏览", review: "回顾", away: "记录存储断开 10 秒", slow: "响应慢 2 秒", leave: "离开课程",
      units: "可启动的内容", stage: "课程", hint: "从左侧选择一项开始。记录会实时显示在右侧。", journal: "记录", onlyBroken: "只看违规", start: "启动",
      broken: (n) => `${n} 处违规`, satisfied: "课程已达成", completed: "已完成", passed: "已通过", met: "已达成", details: "内容", gone: "试运行已停止",
    },
    en: {
      title: "Trial run", mode: "Mode", normal: "Normal", browse: "Browse", review: "Review", away: "Store away for 10 s", slow: "Answers 2 s late", leave: "Leave the course",
      units: "What can be started", stage: "Course", hint: "Choose something on the left. What it records appears on the right.", journal: "Record", onlyBroken: "Only what breaks a rule", start: "Start",
      broken: (n) => `${n} rule${n === 1 ? "" : "s"} broken`, satisfied: "Course satisfied", completed: "completed", passed: "passed", met: "satisfied", details: "Content", gone: "The trial has stopped",
    },
  };
  const find = (id) => document.getElementById(id);
  const frame = find("course");
  let words = WORDS.zh;
  let language = "zh";
  let format = "";
  let seen = 0;
  let broken = 0;
  let saved = {}; // SCORM: unit -> the data that the LMS keeps between launches
  let current = null; // SCORM: the unit that runs now

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  async function send(path, body) {
    const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return answer.status === 204 ? null : answer.json();
  }

  async function showStatus() {
    const status = await (await fetch("/api/status")).json();
    language = status.language;
    words = WORDS[language];
    format = status.format;
    document.documentElement.lang = language;
    document.title = words.title;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
    find("format").textContent = format;
    find("satisfied").hidden = !status.satisfied;
    find("satisfied").textContent = words.satisfied;
    find("away").hidden = find("slow").parentElement.hidden = format.startsWith("scorm");
    find("units").replaceChildren(...status.units.map((unit) => unitItem(unit, status.progress[unit.id])));
  }

  function unitItem(unit, progress) {
    const item = make("li", { class: `depth-${Math.min(unit.depth, 4)}` });
    if (!unit.id) {
      item.append(make("strong", {}, unit.title));
      return item;
    }
    const button = make("button", { type: "button", class: "unit" }, unit.title);
    button.addEventListener("click", () => void launch(unit));
    item.append(button);
    for (const [name, word] of [["completed", "completed"], ["passed", "passed"], ["satisfied", "met"]]) {
      if (progress?.[name]) item.append(make("span", { class: "badge good" }, words[word]));
    }
    return item;
  }

  async function launch(unit) {
    leave();
    await new Promise((resolve) => setTimeout(resolve, 50)); // the course's last words first
    const mode = find("mode").value;
    const { url } = await send("/api/launch", { id: unit.id, mode });
    if (format.startsWith("scorm")) {
      openApi(unit.id, mode);
      frame.src = url;
    } else {
      // The course on another origin than the store's, as in most LMSs: its requests need CORS.
      const other = location.hostname === "127.0.0.1" ? "localhost" : "127.0.0.1";
      frame.src = `http://${other}:${location.port}${url}`;
    }
    frame.hidden = false;
    find("hint").hidden = true;
    find("leave").disabled = false;
  }

  function leave() {
    if (frame.hidden) return;
    frame.src = "about:blank";
    frame.hidden = true;
    find("hint").hidden = false;
    find("leave").disabled = true;
    if (current) setTimeout(keep, 30);
  }

  // SCORM: scorm-again is the run-time; each call passes through and is reported.
  function openApi(unit, mode) {
    const old = format === "scorm12";
    const settings = { autocommit: false, lmsCommitUrl: false, logLevel: 5, alwaysSendTotalTime: true };
    const api = old ? new window.Scorm12API(settings) : new window.Scorm2004API(settings);
    if (saved[unit]) api.loadFromJSON(saved[unit], "");
    const core = old ? api.cmi.core : api.cmi;
    core[old ? "student_id" : "learner_id"] = "trial";
    core[old ? "student_name" : "learner_name"] = language === "zh" ? "示例学员" : "Sample learner";
    core.entry = saved[unit] ? "resume" : "ab-initio";
    core[old ? "lesson_mode" : "mode"] = mode.toLowerCase();
    core.credit = mode === "Normal" ? "credit" : "no-credit";
    const names = ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"];
    const prefix = old ? "LMS" : "";
    const wrapped = {};
    for (const name of names) {
      const real = prefix + (old && name === "Terminate" ? "Finish" : name);
      wrapped[real] = (...words_) => {
        const answer = api[real](...words_);
        if (!/^(LMS)?Get(Last|Error|Diag)/.test(real)) {
          const error = Number(api[`${prefix}GetLastError`]());
          report({ call: real, element: String(words_[0] ?? ""), value: String(name === "GetValue" ? answer : (words_[1] ?? "")), error });
        }
        return answer;
      };
    }
    window[old ? "API" : "API_1484_11"] = wrapped;
    delete window[old ? "API_1484_11" : "API"];
    current = { unit, api };
  }

  function keep() {
    if (!current) return;
    saved[current.unit] = JSON.parse(JSON.stringify(current.api.cmi));
    current = null;
  }

  let queue = [];
  function report(call) {
    queue.push(call);
    if (queue.length > 1) return;
    setTimeout(() => {
      const batch = queue;
      queue = [];
      void send("/api/values", batch);
    }, 20);
  }

  function entryItem(entry) {
    const item = make("li", { class: `entry ${entry.kind}`, "data-status": entry.status >= 400 ? "refused" : "taken" });
    const time = make("time", { datetime: entry.at }, new Date(entry.at).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB"));
    const says = entry.says[language] || entry.says.zh || entry.says.en;
    item.append(time, " ", make("span", { class: "says" }, says));
    if (entry.status >= 400) item.append(" ", make("span", { class: entry.status === 404 ? "badge" : "badge bad" }, String(entry.status)));
    for (const breach of entry.breaches) {
      item.append(make("p", { class: "breach" }, `✗ ${breach.clause} · ${breach.path} · ${breach.message[language] || breach.message.zh}`));
    }
    if (entry.breaches.length) item.classList.add("broken");
    if (entry.detail) {
      const text = typeof entry.detail === "string" ? entry.detail : JSON.stringify(entry.detail, null, 2);
      item.append(make("details", {}, make("summary", {}, words.details), make("pre", { tabindex: "0" }, text)));
    }
    return item;
  }

  async function watch() {
    for (let failures = 0; failures < 5; ) {
      try {
        const entries = await (await fetch(`/api/events?after=${seen}`)).json();
        failures = 0;
        if (entries.length === 0) continue;
        seen = entries[entries.length - 1].number;
        broken += entries.reduce((sum, entry) => sum + entry.breaches.length, 0);
        find("entries").prepend(...entries.map(entryItem).reverse());
        find("count").textContent = String(seen);
        find("broken").hidden = broken === 0;
        find("broken").textContent = words.broken(broken);
        if (entries.some((entry) => entry.kind === "statement")) void showStatus();
      } catch {
        failures += 1;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    find("hint").textContent = words.gone;
    find("hint").hidden = false;
  }

  const conditions = (away) => send("/api/conditions", { away, delay: find("slow").checked ? 2 : 0 });
  find("away").addEventListener("click", () => void conditions(10));
  find("slow").addEventListener("change", () => void conditions(0));
  find("leave").addEventListener("click", leave);
  find("only-broken").addEventListener("change", (event) => find("entries").classList.toggle("only-broken", event.target.checked));
  void showStatus().then(watch);
})();
