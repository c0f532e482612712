// The preview's own strip at the foot of each page: the course's problems, and a reload when something changed.
(() => {
  "use strict";
  const words = {
    zh: { none: "没有问题", some: (n) => `${n} 个问题`, gone: "预览已停止", error: "错误", warning: "警告", note: "提示" },
    en: { none: "No problems", some: (n) => `${n} problem${n === 1 ? "" : "s"}`, gone: "The preview has stopped", error: "error", warning: "warning", note: "note" },
  };
  const strip = document.createElement("details");
  strip.className = "preview-problems";
  const summary = document.createElement("summary");
  const list = document.createElement("ol");
  strip.append(summary, list);
  let revision = 0;
  let say = words.zh;

  function show(answer) {
    say = words[answer.language];
    strip.lang = answer.language;
    strip.dataset.worst = answer.problems.length === 0 ? "none" : answer.problems.some((p) => p.severity === "error") ? "error" : "warning";
    summary.textContent = answer.problems.length === 0 ? say.none : say.some(answer.problems.length);
    list.replaceChildren(
      ...answer.problems.map((problem) => {
        const item = document.createElement("li");
        const place = document.createElement("code");
        place.textContent = problem.place;
        const cure = document.createElement("small");
        cure.textContent = problem.cure;
        item.append(place, ` ${say[problem.severity]} [${problem.code}] ${problem.message}`, document.createElement("br"), cure);
        return item;
      }),
    );
  }

  async function watch() {
    for (let failures = 0; failures < 5; ) {
      try {
        const answer = await (await fetch(`/-/events?${revision}`)).json();
        failures = 0;
        if (revision !== 0 && answer.revision !== revision) {
          location.reload();
          return;
        }
        revision = answer.revision;
        show(answer);
      } catch {
        failures += 1;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    summary.textContent = say.gone;
  }

  addEventListener("DOMContentLoaded", () => {
    document.body.append(strip);
    void watch();
  });
})();
