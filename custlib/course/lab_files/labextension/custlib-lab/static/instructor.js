// What the instructor's edition adds to a lesson: a timer against plan, notes and answers that can be hidden, and a
// projector mode with large type and one section at a time. `page` is the Lesson of remoteEntry.js.
const MINUTE = 60;

export default function teach(page, { words, element, button, fill }) {
  const { panel, notebook, course, context } = page;
  const plan = course.plan ?? [];
  const store = `custlib-timer:${context.path}`;
  const kept = (() => { try { return JSON.parse(localStorage.getItem(store)); } catch { return null; } })();
  let spent = Array.isArray(kept) ? kept : [];   // seconds by section
  let [now, running, projected, shown] = [0, 0, false, true];

  // Sections are told by the headings in the cells: the first begins with the lesson itself.
  const sections = () => {
    let section = 0;
    let begun = false;
    return notebook.widgets.map(cell => {
      const heading = cell.model.type === "markdown" && /^## /m.test(cell.model.sharedModel.getSource());
      if (heading && begun) section += 1;
      begun ||= heading;
      return [cell, section];
    });
  };
  const isNote = cell => (cell.model.getMetadata("tags") ?? []).includes("instructor");
  const clock = seconds => `${Math.floor(seconds / MINUTE)}:${String(Math.floor(seconds % MINUTE)).padStart(2, "0")}`;
  const sum = list => list.reduce((total, each) => total + (each || 0), 0);

  const timer = element("span", { className: "course-timer" });
  const start = button("course-start", words.start, () => { running = running ? 0 : Date.now(); say(); });
  const zero = button("course-zero", words.zero, () => { spent = []; keep(); say(); });
  const answers = button("course-answers", words.hide, () => show(!shown));
  const projector = button("course-projector-on", words.projector, () => project(!projected));
  const back = button("course-section-back", words.back, () => go(now - 1));
  const forward = button("course-section-forward", words.forward, () => go(now + 1));
  const bar = element("div", { className: "course-teach" }, start, timer, zero, answers, back, forward, projector);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.bar);
  page.header.node.firstChild.append(bar);

  function keep() { localStorage.setItem(store, JSON.stringify(spent)); }

  // On plan as long as the time spent lies between the beginning and the end of what the section may take.
  function standing() {
    const total = sum(spent), early = sum(plan.slice(0, now)) * MINUTE, late = early + (plan[now] || 0) * MINUTE;
    if (total > late) return fill(words.behind, { minutes: Math.ceil((total - late) / MINUTE) });
    if (total < early) return fill(words.ahead, { minutes: Math.ceil((early - total) / MINUTE) });
    return words.in_time;
  }

  function say() {
    const title = page.list.children[now]?.textContent ?? "";
    const section = fill(plan[now] ? words.section : words.unplanned, { title, spent: clock(spent[now] || 0), plan: plan[now] });
    timer.textContent = sum(spent) || running ? `${section} · ${standing()}` : section;
    start.textContent = running ? words.pause : words.start;
    start.setAttribute("aria-pressed", String(Boolean(running)));
    back.setAttribute("aria-disabled", String(now === 0));
    forward.setAttribute("aria-disabled", String(now >= page.list.children.length - 1));
  }

  function show(visible) {
    shown = visible;
    panel.toggleClass("course-hush", !visible);
    answers.textContent = visible ? words.hide : words.show;
  }

  function dress() {
    sections().forEach(([cell, section]) => {
      cell.toggleClass("course-note", isNote(cell));
      cell.toggleClass("course-away", projected && section !== now);
    });
    say();
  }

  function go(section) {
    if (section < 0 || section >= page.list.children.length) return;
    now = section;
    if (projected) {
      dress();
      page.scroller().scrollTop = 0;
    } else page.headings[section]?.scrollIntoView({ block: "start" });
    draw();
  }

  // Notes and answers are no business of the room: they are hidden on the way to the projector, and come back after it.
  function project(large) {
    projected = large;
    panel.toggleClass("course-projected", large);
    document.body.classList.toggle("course-projecting", large);
    projector.textContent = large ? words.page : words.projector;
    show(!large);
    dress();
    if (large) page.scroller().scrollTop = 0;
    else page.headings[now]?.scrollIntoView({ block: "start" });
    window.dispatchEvent(new Event("resize"));
  }

  // The strip follows the reader; in projector mode it follows the section shown.
  const mark = page.mark.bind(page);
  const leap = page.go.bind(page);
  page.mark = () => {
    if (projected) return draw();
    mark();
    now = Math.max(0, [...page.list.children].findIndex(item => item.hasAttribute("aria-current")));
    say();
  };
  page.go = index => projected ? go(index) : leap(index);
  const stand = page.stand.bind(page);
  page.stand = state => { stand(state); dress(); };

  function draw() {
    [...page.list.children].forEach((item, index) => {
      item.classList.toggle("done", index < now);
      if (index === now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    say();
  }

  const keys = event => {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!projected || panel.isHidden || panel.isDisposed) return;
    if (event.key === "Escape") project(false);
    else if (step) go(now + step);   // the two keys of a hand-held remote
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", keys, true);

  const ticking = setInterval(() => {
    if (!running) return;
    const instant = Date.now();   // a browser slows the clocks of pages in the background
    spent[now] = (spent[now] || 0) + (instant - running) / 1000;
    running = instant;
    keep();
    say();
  }, 1000);

  panel.disposed.connect(() => {
    clearInterval(ticking);
    document.removeEventListener("keydown", keys, true);
    if (projected) document.body.classList.remove("course-projecting");
  });
  dress();
}
