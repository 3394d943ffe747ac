// Draws a conversation from a model. Words arrive as text and leave as text: nothing here is ever parsed as HTML.
// `el`, `icon`, `PATHS` and `unique` stand in dom.js, which is put in front.
Object.assign(PATHS, {
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 .01 0",
  mine: "M12 4l9 16H3zM12 10v4M12 17v.2", undo: "M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
});
const STATES = { ok: "tick", no: "cross", part: "half" };
const hidden = text => el("span", { className: "cl-vh" }, text);
const small = text => text ? el("p", { className: "cl-s" }, text) : null;

const PAUSE = 700;
let pausing = true;
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// --- the conversation
const entry = (each, before, model, send) => {
  const { labels } = model;
  const said = (mine, who) => el("div", { className: mine ? "cl-msg me" : "cl-msg" },
    before?.kind === each.kind ? hidden(who + ": ") : el("p", { className: "who" }, who),
    el("p", { className: "b" }, each.text));
  switch (each.kind) {
    case "them": return said(false, model.who);
    case "me": return said(true, labels.you);
    case "own": return el("p", { className: "cl-own" }, each.text);
    case "turn": return el("p", { className: "cl-turn" }, each.text);
    case "brief": return el("p", { className: "cl-brief" }, each.text);
    case "end": return el("p", { className: "cl-end" }, each.text);
    case "coach": return el("p", { className: "cl-coach" }, icon("bulb"), el("span", {}, hidden(labels.coach + " "), each.text));
    case "tick": return el("label", { className: "cl-check cl-tick" },
      el("input", { type: "checkbox", checked: each.on, disabled: each.fixed,
        onchange: () => send({ do: "name", turn: each.turn }) }), el("span", {}, each.text));
    default: return el("p", {}, each.text);
  }
};

const facts = model => {
  const { side, labels } = model;
  return [
    ...side.cues.map(cue => el("li", {}, icon("eye"), cue.tells
      ? el("button", { type: "button", className: "cl-cue" }, cue.text, el("span", { className: "cl-tells" }, cue.tells))
      : el("span", {}, cue.text))),
    ...side.known.map(fact => el("li", { className: "known" }, icon("tick"), el("span", {}, fact))),
    ...Array.from({ length: side.gaps }, () =>
      el("li", { className: "gap" }, icon("ring"), el("span", {}, el("i"), hidden(labels.gap)))),
  ];
};

const notes = model => {
  const { side, labels } = model;
  const all = facts(model);
  const cues = all.slice(0, side.cues.length);
  const heading = text => el("h4", { className: "cl-h" }, text);
  return [
    el("div", {}, heading(labels.goal), small(side.goal), small(side.limit)),
    side.data ? el("div", {}, heading(side.data.heading), el("ul", { className: "cl-facts" },
      side.data.lines.map(line => el("li", {}, icon("tick"), el("span", {}, line))))) : null,
    side.trust ? el("div", {}, heading(side.trust.said),
      el("span", { className: "cl-bar cl-trust", "aria-hidden": "true" }, el("i", { style: `width:${Number(side.trust.value)}%` }))) : null,
    el("div", {}, heading(labels.see), side.cues.some(cue => cue.tells) ? small(labels.see_hint) : null,
      el("ul", { className: "cl-facts" }, cues)),
    el("div", {}, heading(side.know), el("ul", { className: "cl-facts" }, all.slice(side.cues.length))),
  ];
};

const reply = (model, ids, send, busy) => {
  const { ask, labels } = model;
  if (!ask) return null;
  const choose = key => { if (!busy.now) send({ do: "choose", key }); };
  return el("div", { className: "cl-reply cl-stack-s", role: "group", "aria-labelledby": ids.say },
    el("div", { className: "cl-row" },
      el("h4", { id: ids.say, className: "cl-saying", tabIndex: -1 }, ask.heading),
      el("span", { className: "cl-s cl-hide-s" }, ask.keys),
      model.can_undo ? el("button", { type: "button", className: "cl-btn cl-btn--quiet cl-push", onclick: () => send({ do: "undo" }) },
        icon("undo"), labels.undo) : null),
    ask.options.map((option, i) => el("button", { type: "button", className: "opt", id: `${ids.say}-${i}`, onclick: () => choose(option.key) },
      el("span", { className: "cl-key", "aria-hidden": "true" }, String(i + 1)), el("span", {}, option.text))));
};

// --- the debrief
const section = (heading, ...children) => el("section", { className: "cl-stack-s cl-sec" }, el("h3", {}, heading), ...children);
const fold = (heading, ...children) => el("details", { className: "cl-sec cl-fold" }, el("summary", {}, el("h3", {}, heading)),
  el("div", { className: "cl-stack-s" }, ...children));
const bar = (share, colour) => el("span", { className: "cl-bar", "aria-hidden": "true" },
  el("i", { style: `width:${Math.round(share * 100)}%${colour ? `;background:var(${colour})` : ""}` }));
const verdict = ({ ok, said, text, why, where }) => el("li", { className: ok ? "is-ok" : "is-part" }, icon(ok ? "tick" : "cross"),
  el("span", {}, hidden(said + " "), text, where ? el("span", { className: "cl-s" }, " · " + where) : null,
    why ? el("span", { className: "cl-s cl-why" }, why) : null));

const debrief = (model, ids, send) => {
  const { debrief: d, labels } = model;
  const card = el("article", { className: "cl-card__body cl-debrief", "aria-labelledby": ids.end },
    el("header", { className: "cl-stack-s" }, el("h3", { id: ids.end, tabIndex: -1, className: "cl-ended" }, d.title),
      el("p", { className: "cl-row" }, el("span", { className: `cl-chip is-${d.chip.state}` }, icon(STATES[d.chip.state]), d.chip.text),
        el("span", { className: "cl-num" }, d.score)), small(d.held), small(d.past)),
    section(d.questions.heading, el("ol", {}, d.questions.items.map(item => el("li", { className: "cl-stack-s cl-answered" },
      el("p", {}, item.question), el("p", { className: "cl-panel cl-wrote" }, el("span", { className: "cl-s" }, d.questions.wrote), " ", item.answer))))),
    section(d.cost.heading, small(d.cost.note), d.cost.said ? el("div", { className: "cl-vs" },
      el("div", { className: "is-no" }, el("h4", {}, icon("cross"), " ", d.cost.said_label), el("p", {}, d.cost.said)),
      el("div", { className: "is-ok" }, el("h4", {}, icon("tick"), " ", d.cost.stronger_label), el("p", {}, d.cost.stronger))) : null),
    d.path ? section(d.path.heading, small(d.path.note),
      el("ol", { className: "cl-path" }, d.path.rows.map(row => el("li", {}, el("span", { className: "n" }, row.n),
        el("span", {}, row.say, el("span", { className: "cl-s cl-block-s" }, row.reply)), el("span", { className: "cost cl-s" }, row.tag)))),
      d.path.again ? el("p", { className: "cl-actions" }, el("button", { type: "button", className: "cl-btn cl-btn--go",
        onclick: () => send({ do: "back_to", step: d.path.again.step }) }, icon("undo"), d.path.again.label)) : null) : null,
    section(d.view.heading, el("p", { className: "cl-panel" }, d.view.text)),
    section(d.diagnosis.heading, el("ul", { className: "cl-checks" }, d.diagnosis.items.map(item =>
      el("li", { className: item.ok ? "is-ok" : "is-part" }, icon(item.ok ? "tick" : "cross"), el("span", {}, hidden(item.said + " "),
        el("b", {}, item.part), " · ", item.right, item.given ? el("span", { className: "cl-s cl-block-s" }, item.given) : null,
        el("span", { className: "cl-s cl-why" }, item.because)))))),
    section(d.mines.heading, d.mines.items.length ? el("ul", {}, d.mines.items.map(mine => el("li", { className: "cl-mine" },
      el("span", { className: "cl-chip is-no" }, icon("mine"), mine.chip), el("span", {}, mine.text, el("span", { className: "cl-s cl-block-s" }, mine.instead)))))
      : small(d.mines.none)),
    section(d.missed.heading, d.missed.items.length ? el("ul", { className: "cl-facts cl-facts--m" },
      d.missed.items.map(item => el("li", {}, icon("ring"), el("span", {}, item)))) : small(d.missed.none)),
    section(d.money.heading, small(d.money.note), el("div", { className: "cl-money" },
      el("p", {}, el("span", { className: "cl-s" }, d.money.net.label), el("strong", {}, d.money.net.value)),
      el("div", { className: "cl-bars" }, d.money.rows.map((row, i) => [el("span", {}, row.label), bar(row.share, i ? "--cl-c6" : null),
        el("b", { className: "cl-num" }, row.value)]))), small(d.money.limit)),
    fold(d.competencies.heading, small(d.competencies.note), d.competencies.rows.map(row => el("div", { className: "cl-mastery" },
      el("div", { className: "cl-bars" }, el("span", {}, row.name + " ", el("span", { className: "cl-s" }, row.weight)), bar(row.share),
        el("span", { className: "cl-num" }, row.points), el("span", { className: "rule cl-s" }, row.rule)),
      el("ul", { className: "cl-checks" }, row.criteria.map(verdict))))),
    fold(d.transcript.heading, el("ol", { className: "cl-path" }, d.transcript.rows.map(row => el("li", { className: row.hit ? "cl-hit" : "" },
      el("span", { className: "n" }, row.n),
      el("span", {}, el("span", { className: "cl-s cl-block-s" }, `${row.who}: ${row.customer}`), row.say,
        row.reply.map(said => el("span", { className: "cl-s cl-block-s" }, `${row.who}: ${said}`)),
        row.did.length ? el("span", { className: "cl-s cl-block-s" }, row.did.join(" · ")) : null,
        el("span", { className: "cl-s cl-block-s cl-hinted" }, hidden(labels.coach + " "), row.coach)),
      el("span", { className: "cost cl-s" }, row.cost))))),
    el("section", { className: "cl-stack-s cl-sec" }, el("p", { className: "cl-next" }, d.next), small(d.pair), closing(model, send)));
  return card;
};

// What one can do when the talk is over.
const closing = (model, send) => el("p", { className: "cl-actions" },
  model.can_restart ? el("button", { type: "button", className: "cl-btn", onclick: () => send({ do: "restart" }) }, model.labels.restart) : null,
  ...observing(model, send));
const observing = (model, send) => model.can_watch ? ["bad", "good"].map(which => el("button", { type: "button", className: "cl-btn cl-btn--quiet",
  onclick: () => send({ do: "watch", which }) }, model.labels[`watch_${which}`])) : [];

const questions = (model, ids, send) => {
  const { questions: q } = model;
  const boxes = q.items.map((item, i) => el("textarea", { id: `${ids.say}-q${i}`, rows: 2, maxLength: 2000, value: item.answer,
    onchange: () => send({ do: "answers", answers: boxes.map(box => box.value) }) }));
  return el("div", { className: "cl-reply cl-stack-s", role: "group", "aria-labelledby": ids.say },
    el("h4", { id: ids.say, className: "cl-saying", tabIndex: -1 }, q.heading), small(q.note),
    q.items.map((item, i) => el("div", {}, el("label", { className: "cl-label", htmlFor: boxes[i].id }, item.label), boxes[i])),
    el("p", { className: "cl-actions" }, q.show ? el("button", { type: "button", className: "cl-btn cl-btn--go",
      onclick: () => send({ do: "debrief", answers: boxes.map(box => box.value) }) }, q.show) : null,
      model.can_undo ? el("button", { type: "button", className: "cl-btn cl-btn--quiet", onclick: () => send({ do: "undo" }) }, icon("undo"), model.labels.undo) : null,
      !q.show && model.can_restart ? el("button", { type: "button", className: "cl-btn", onclick: () => send({ do: "restart" }) }, model.labels.restart) : null));
};

const comparing = (model, ids, send) => el("div", { className: "cl-reply cl-stack-s", role: "group", "aria-labelledby": ids.say },
  el("h4", { id: ids.say, className: "cl-saying", tabIndex: -1 }, model.labels.watch_heading), small(model.task),
  model.compared ? el("ul", { className: "cl-checks" }, model.compared.map(line => el("li", { className: `is-${line.state}` },
    icon(line.state === "ok" ? "tick" : "mine"), el("span", {}, line.text)))) : null,
  el("p", { className: "cl-actions" },
    model.compared ? null : el("button", { type: "button", className: "cl-btn cl-btn--go", onclick: () => send({ do: "compare" }) }, model.labels.watch_compare),
    el("button", { type: "button", className: "cl-btn cl-btn--quiet", onclick: () => send({ do: "leave" }) }, model.labels.watch_leave)));

function render({ model: widget, el: root }) {
  const id = unique();
  const ids = { title: id, say: `${id}-say`, end: `${id}-end` };
  // Keys pressed in here are the reader's: Lab's command mode would delete cells on "dd".
  root.classList.add("cl-root");
  root.dataset.lmSuppressShortcuts = "true";

  const busy = { now: false, timer: 0 };
  const send = message => { busy.now = true; widget.send(message); };

  const head = el("div", { className: "cl-card__head cl-play__head" });
  const log = el("div", { className: "cl-log", role: "log", tabIndex: 0 });
  const above = el("p", { className: "cl-s cl-above", hidden: true });
  const lower = el("div");
  const foot = el("div", { className: "cl-play__foot" });
  const narrow = el("details", { className: "cl-narrow" });
  const side = el("aside", { className: "cl-side cl-stack-l cl-wide" });
  const talk = el("div", { className: "cl-two" }, el("div", { className: "cl-talk" }, above, log, lower, foot), side);
  const after = el("div");
  const live = el("p", { className: "cl-vh", role: "status" });
  root.append(el("section", { className: "cl-card cl-play", "aria-labelledby": ids.title }, head, narrow, talk, after), live);

  root.addEventListener("keydown", event => {
    event.stopPropagation();
    const typing = event.target.closest("textarea, input:not([type=radio]):not([type=checkbox])");
    if (typing || busy.now) return;
    const model = widget.get("model");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && model.can_undo) {
      event.preventDefault();
      send({ do: "undo" });
    } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const option = model.ask?.options[Number(event.key) - 1];
      if (option && model.scene === "talk") { event.preventDefault(); send({ do: "choose", key: option.key }); }
    }
  });

  const drawHead = model => {
    const { levels } = model;
    const choices = levels.options && !levels.fixed ? el("fieldset", { className: "cl-seg" }, el("legend", { className: "cl-vh" }, model.labels.level),
      levels.options.map(({ value, label }) => el("label", {}, el("input", { type: "radio", name: ids.title, value: String(value),
        checked: value === levels.value, onchange: () => send({ do: "level", level: value }) }), label)))
      : el("span", { className: "cl-chip" }, levels.said ?? levels.options.find(each => each.value === levels.value).label);
    const drawn = JSON.stringify([levels, model.title, model.subtitle]);
    if (head.dataset.drawn === drawn) return;
    head.dataset.drawn = drawn;
    const focused = head.contains(document.activeElement);
    head.replaceChildren(el("span", { className: "cl-face", "aria-hidden": "true" }, model.face),
      el("div", { className: "cl-play__who" }, el("h3", { id: ids.title }, model.title), el("p", {}, model.subtitle)), choices);
    if (focused) head.querySelector("input:checked")?.focus();
  };

  // The log grows at its end; only what changed is touched, so that a screen reader speaks what is new.
  let shown = [];
  const drawLog = (entries, model) => {
    const keys = entries.map(each => JSON.stringify(each));
    let same = 0;
    while (same < shown.length && same < keys.length && shown[same] === keys[same]) same++;
    [...log.children].slice(same).forEach(node => node.remove());
    entries.slice(same).forEach((each, i) => log.append(entry(each, entries[same + i - 1], model, send)));
    shown = keys;
    log.setAttribute("aria-label", model.labels.conversation);
    above.textContent = model.labels.earlier;
  };

  const drawFoot = model => {
    const pause = el("input", { type: "checkbox", checked: pausing, onchange: () => { pausing = pause.checked; } });
    const { notice } = model;
    foot.replaceChildren(
      el("p", { className: notice.state ? `cl-s is-${notice.state} cl-noted` : "cl-s" }, notice.text),
      model.scene === "talk" ? el("label", { className: "cl-s cl-check cl-pausing" }, pause, el("span", {}, model.labels.typing_switch)) : null,
      model.scene === "talk" ? el("p", { className: "cl-actions" }, model.can_restart ? el("button", { type: "button", className: "cl-btn cl-btn--quiet",
        onclick: () => send({ do: "restart" }) }, model.labels.restart) : null, model.can_restart ? null : observing(model, send)) : null);
  };

  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  log.addEventListener("scroll", () => { above.hidden = log.scrollTop < 8; });
  let scene = "";

  const finish = (model, first) => {
    busy.now = false;
    drawLog(model.log ?? [], model);
    side.replaceChildren(...notes(model).filter(Boolean));
    side.setAttribute("aria-label", model.labels.notes);
    const open = narrow.open;
    narrow.replaceChildren(el("summary", {}, model.side.short), el("div", { className: "cl-side cl-stack-l" }, notes(model)));
    narrow.open = open;
    const inside = root.contains(document.activeElement);
    const focused = document.activeElement?.id ?? "";
    const keep = scene === model.scene && model.scene === "questions";
    talk.hidden = model.scene === "debrief";
    narrow.hidden = model.scene === "debrief";
    if (!keep) {
      lower.replaceChildren(...[model.scene === "talk" ? reply(model, ids, send, busy) : null,
        model.scene === "questions" ? questions(model, ids, send) : null,
        model.scene === "watch" ? comparing(model, ids, send) : null].filter(Boolean));
      after.replaceChildren(...(model.scene === "debrief" ? [debrief(model, ids, send)] : []));
    }
    drawFoot(model);
    root.dataset.scene = model.scene;
    root.dataset.n = String(model.n);
    if (model.scene !== "watch" || scene !== "watch") toEnd();
    if (model.scene === "watch" && scene !== "watch") log.scrollTop = 0;
    scene = model.scene;
    live.textContent = model.notice.state === "part" ? model.notice.text : "";
    if (first || keep || !model.done) return;
    if (model.done === "level" || model.done === "name") return;
    // What was pressed is gone: focus goes on to what comes next, never back to the page's top.
    if (inside || document.activeElement === document.body) {
      const restored = model.restored ? model.ask?.options.findIndex(option => option.key === model.restored) : -1;
      const next = model.scene === "debrief" ? document.getElementById(ids.end)
        : document.getElementById(restored >= 0 ? `${ids.say}-${restored}` : ids.say);
      next?.focus({ preventScroll: model.scene !== "debrief" });
    } else if (focused) document.getElementById(focused)?.focus();
  };

  const draw = first => {
    const model = widget.get("model");
    root.lang = model.lang;
    drawHead(model);
    clearTimeout(busy.timer);
    const entries = model.log ?? [];
    const mine = entries.findLastIndex(each => each.kind === "me" || each.kind === "own");
    const waits = !first && model.done === "choose" && pausing && !still() && model.scene !== "debrief" && mine >= 0
      && entries[mine].kind === "me" && mine >= shown.length - 1;
    if (!waits) { finish(model, first); return; }
    drawLog(entries.slice(0, mine + 1), model);
    log.append(el("p", { className: "cl-typing", "aria-hidden": "true" }, el("i"), el("i"), el("i")));
    lower.querySelectorAll("button").forEach(button => button.setAttribute("aria-disabled", "true"));
    toEnd();
    busy.timer = setTimeout(() => finish(model, false), PAUSE);
  };
  widget.on("change:model", () => draw(false));
  draw(true);
}

export default { render };
