// The card of an exercise. It sends one intent at a time ({do, answer}) and draws the model that Python answers with.
const PATIENCE = 8000;   // milliseconds until a silent kernel is spoken of
const PAUSE = 700;       // milliseconds of rest after which what was typed is kept

// Each kind gives a node and `read()`: the answer as it stands in the card.
const KINDS = {
  single(control, answer, id, { changed }) {
    const inputs = control.options.map(([value]) =>
      el("input", { type: "radio", name: id, value, checked: value === answer, onchange: () => changed() }));
    return {
      node: el("fieldset", { className: "cl-stack-s" }, el("legend", { className: "cl-vh" }, control.legend),
        control.options.map(([, text], i) => el("label", { className: "cl-choice" }, inputs[i], el("span", {}, rich(text))))),
      read: () => inputs.find(input => input.checked)?.value ?? "",
    };
  },

  multiple(control, answer, id, { changed }) {
    const inputs = control.options.map(([value]) =>
      el("input", { type: "checkbox", value, checked: (answer ?? []).includes(value), onchange: () => changed() }));
    return {
      node: el("fieldset", { className: "cl-stack-s" }, el("legend", { className: "cl-vh" }, control.legend),
        control.options.map(([, text], i) => el("label", { className: "cl-choice" }, inputs[i], el("span", {}, rich(text))))),
      read: () => inputs.filter(input => input.checked).map(input => input.value),
    };
  },

  number(control, answer, id, { changed, check }) {
    const input = el("input", { id, type: "text", inputMode: "decimal", autocomplete: "off", value: answer ?? "",
      oninput: () => changed(PAUSE), onkeydown: event => { if (event.key === "Enter") check(); } });
    return {
      node: el("div", {}, el("label", { className: "cl-label", htmlFor: id }, control.label),
        el("span", { className: "cl-field" }, input, control.unit ? el("span", {}, control.unit) : null)),
      read: () => input.value,
    };
  },

  order(control, answer, id, { changed }) {
    const texts = new Map(control.items);
    let ids = answer?.length ? [...answer] : [...control.start];
    const list = el("ol", { className: "cl-order", "aria-label": control.label });
    const spoken = el("p", { className: "cl-vh", role: "status" });
    const move = (item, step) => {
      const from = ids.indexOf(item), to = from + step;
      if (to < 0 || to >= ids.length) return;
      ids.splice(from, 1);
      ids.splice(to, 0, item);
      draw();
      const row = list.children[to], wanted = row.querySelector(step < 0 ? ".up" : ".down");
      row.classList.add("is-held");
      (wanted.getAttribute("aria-disabled") ? row.querySelector(step < 0 ? ".down" : ".up") : wanted).focus();
      spoken.textContent = `${texts.get(item)}: ${fillIn(control.moved, { place: to + 1, all: ids.length })}`;
      changed();
    };
    const mini = (item, step, end) => el("button", {
      type: "button", className: `cl-mini ${step < 0 ? "up" : "down"}`, "aria-disabled": end && "true",
      "aria-label": fillIn(step < 0 ? control.up : control.down, { item: texts.get(item) }), onclick: () => move(item, step),
    }, icon(step < 0 ? "up" : "down"));
    const draw = () => list.replaceChildren(...ids.map((item, i) => el("li", {},
      el("span", { className: "n" }, String(i + 1)), el("span", {}, rich(texts.get(item))),
      el("span", {}, mini(item, -1, i === 0), mini(item, 1, i === ids.length - 1)))));
    draw();
    return { node: el("div", {}, list, spoken), read: () => ids };
  },

  classify(control, answer, id, { changed }) {
    const rows = control.items.map(([item, text], n) => [item, text, control.classes.map(([value]) =>
      el("input", { type: "radio", name: `${id}-${n}`, value, checked: answer?.[item] === value, onchange: () => changed() }))]);
    return {
      node: el("ul", { className: "cl-sort" }, rows.map(([, text, inputs]) => el("li", {}, el("span", {}, rich(text)),
        el("span", { className: "cl-seg", role: "radiogroup", "aria-label": text },
          control.classes.map(([, name], i) => el("label", {}, inputs[i], name)))))),
      read: () => Object.fromEntries(rows.map(([item, , inputs]) => [item, inputs.find(input => input.checked)?.value])
        .filter(([, value]) => value)),
    };
  },

  rule(control, answer, id, { changed }) {
    const rows = control.items.map(([item, text, options], n) => [item, text, el("select", { id: `${id}-${n}`, onchange: () => changed() },
      el("option", { value: "" }, control.choose),
      options.map(([value, name]) => el("option", { value, selected: answer?.[item] === value }, name)))]);
    return {
      node: el("div", { className: "cl-stack-s cl-rule" }, rows.map(([, text, input]) => el("div", {},
        el("label", { className: "cl-label", htmlFor: input.id }, text), input))),
      read: () => Object.fromEntries(rows.map(([item, , input]) => [item, input.value]).filter(([, value]) => value)),
    };
  },

  table(control, answer, id, { changed, check }) {
    const { caption, head, rows, numeric } = control.table;
    const fields = control.ids.map((row, r) => control.asked.map(([column, name], c) => el("input", {
      type: "text", inputMode: "decimal", autocomplete: "off", value: answer?.[row]?.[column] ?? "", oninput: () => changed(PAUSE),
      "aria-label": fillIn(control.cell, { row: rows[r][0], column: name }),
      onkeydown: event => {
        if (event.key !== "Enter") return;
        if (fields[r + 1]) fields[r + 1][c].focus(); else check();
      },
    })));
    const side = i => numeric.includes(i) ? "r" : "";
    return {
      node: el("div", { className: "cl-scroll" }, el("table", { className: "cl-table cl-cards", role: "table" },
        el("caption", { className: "cl-vh" }, caption),
        el("thead", {}, el("tr", { role: "row" }, head.map((name, i) => el("th", { scope: "col", className: side(i) }, name)),
          control.asked.map(([, name]) => el("th", { scope: "col", className: "in" }, name)))),
        el("tbody", {}, rows.map((row, r) => el("tr", { role: "row" },
          row.map((cell, i) => i ? el("td", { role: "cell", className: side(i), "data-l": head[i] }, cell)
            : el("th", { scope: "row", role: "rowheader" }, cell)),
          fields[r].map((field, c) => el("td", { role: "cell", className: control.wide ? "in wide" : "in", "data-l": control.asked[c][1] }, field))))))),
      read: () => Object.fromEntries(control.ids.map((row, r) => [row, Object.fromEntries(
        control.asked.map(([column], c) => [column, fields[r][c].value]).filter(([, text]) => text.trim()))])
        .filter(([, cells]) => Object.keys(cells).length)),
    };
  },

  free(control, answer, id, { changed }) {
    const text = el("textarea", { id, rows: 3, value: answer?.text ?? "", oninput: () => changed(PAUSE) });
    const boxes = control.rubric.map(([value]) =>
      el("input", { type: "checkbox", value, checked: (answer?.ticks ?? []).includes(value), onchange: () => changed() }));
    return {
      node: el("div", { className: "cl-stack-s" }, el("label", { className: "cl-label", htmlFor: id }, control.label), text,
        boxes.length ? el("fieldset", {}, el("legend", { className: "cl-label" }, control.legend),
          control.rubric.map(([, name], i) => el("label", { className: "cl-check" }, boxes[i], el("span", {}, name)))) : null),
      read: () => ({ text: text.value, ticks: boxes.filter(box => box.checked).map(box => box.value) }),
    };
  },

  roleplay: control => ({ node: el("p", { className: "cl-s" }, control.text), read: () => null }),
};

const givenTable = ({ caption, head, rows, numeric, named }) => el("div", { className: "cl-scroll" },
  el("table", { className: "cl-table" }, el("caption", { className: "cl-s" }, caption),
    el("thead", {}, el("tr", {}, head.map((name, i) => el("th", { scope: "col", className: numeric.includes(i) ? "r" : "" }, name)))),
    el("tbody", {}, rows.map(row => el("tr", {}, row.map((cell, i) => named && !i ? el("th", { scope: "row" }, cell)
      : el("td", { className: numeric.includes(i) ? "r" : "" }, cell)))))));

const block = ({ icon: name, class: tint, title, lines, checks, source }) => el("div", { className: `cl-say ${tint}` }, icon(name),
  el("div", {}, el("p", { className: "cl-h" }, rich(title)), lines.map(line => el("p", {}, rich(line))),
    checks.length ? el("ul", { className: "cl-checks" }, checks.map(({ ok, said, text }) => el("li", { className: ok ? "is-ok" : "is-no" },
      icon(ok ? "tick" : "cross"), el("span", {}, el("span", { className: "cl-vh" }, said + " "), rich(text))))) : null,
    source ? el("p", { className: "cl-s" }, source) : null));

function render({ model: widget, el: root }) {
  const id = unique();
  // Keys pressed in here are the reader's: Lab's command mode would delete cells on "dd".
  root.classList.add("cl-root", "cl-exercise");
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", event => event.stopPropagation());

  const number = el("b"), kind = el("span"), chip = el("span", { className: "cl-chip cl-push" });
  const question = el("div", { className: "cl-q", id: `${id}-q`, tabIndex: -1 });
  const given = el("div"), control = el("div"), saved = el("span", { className: "cl-s" });
  const meta = el("span", { className: "cl-s cl-push" });
  const actions = el("div", { className: "cl-actions" });
  const notice = el("p", { className: "cl-s cl-notice" });
  const feedback = el("div", { role: "status", className: "cl-stack-s" });
  root.append(el("section", { className: "cl-card", role: "group", "aria-labelledby": question.id },
    el("div", { className: "cl-card__head" }, number, kind, chip),
    el("div", { className: "cl-card__body cl-stack" }, question, given, control, actions, notice, feedback)));

  let part = null, drawn = "", told = "", pause = 0, silence = 0;
  const send = intent => {
    clearTimeout(pause);
    clearTimeout(silence);
    pause = 0;
    silence = setTimeout(() => { notice.textContent = widget.get("model").dead; }, PATIENCE);
    widget.send(intent);
  };
  // What is chosen is kept at once, what is typed after a moment's rest: a reload never eats it.
  const changed = (after = 0) => {
    clearTimeout(pause);
    saved.textContent = "";
    const keep = () => send({ do: "draft", answer: part.read() });
    if (after) pause = setTimeout(keep, after); else keep();
  };
  const check = () => send({ do: "check", answer: part.read() });
  root.addEventListener("focusout", () => { if (pause) send({ do: "draft", answer: part.read() }); });

  const next = () => {
    const cards = [...document.querySelectorAll(".cl-exercise")].filter(card => card.isConnected);
    const following = cards[cards.indexOf(root) + 1]?.querySelector(".cl-q");
    following?.scrollIntoView({ block: "center" });
    following?.focus({ preventScroll: true });
  };
  const doing = { check, hint: () => send({ do: "hint" }), solution: () => send({ do: "solution" }),
    next, restart: () => send({ do: "restart" }) };
  const buttons = Object.fromEntries(Object.keys(doing).map(name => [name, el("button", { type: "button", onclick: doing[name] })]));

  const draw = () => {
    const model = widget.get("model");
    root.lang = model.lang;
    root.dataset.state = model.state;
    number.textContent = model.number;
    kind.textContent = model.kind;
    chip.className = `cl-chip cl-push ${model.chip.class}`;
    chip.replaceChildren(icon(model.chip.icon), model.chip.text);
    const shape = JSON.stringify([model.control, model.given, model.question, model.round, model.locked]);
    if (shape !== drawn) {
      // What stands in the card stays there when it is drawn anew, such as when a rubric appears.
      const fresh = !part || model.round !== draw.round;
      const answer = fresh ? model.answer : part.read();
      const focused = root.contains(document.activeElement) ? document.activeElement.id : "";
      question.replaceChildren(...model.question.map(line => el("p", {}, rich(line))));
      given.replaceChildren(...(model.given ? [givenTable(model.given)] : []));
      part = model.control ? KINDS[model.control.kind](model.control, answer, `${id}-a`, { changed, check }) : null;
      control.replaceChildren(...(part ? [part.node] : []));
      control.inert = model.locked;
      if (focused) document.getElementById(focused)?.focus();
      drawn = shape;
      draw.round = model.round;
    }
    for (const [name, button] of Object.entries(buttons)) {
      const label = model.buttons[name];
      button.className = `cl-btn ${name === (model.buttons.next ? "next" : "check") ? "cl-btn--go" : ""} ${/solution|restart/.test(name) ? "cl-btn--quiet" : ""}`;
      if (label && button.dataset.label !== label) {
        button.replaceChildren(...(name === "hint" ? [icon("bulb")] : []), label, ...(name === "next" ? [icon("right")] : []));
        button.dataset.label = label;
      }
      if (!label && button.isConnected) {
        const held = button === document.activeElement;
        button.remove();
        if (held) question.focus({ preventScroll: true });
      }
    }
    meta.textContent = model.meta;
    const wanted = [...Object.entries(buttons).filter(([name]) => model.buttons[name]).map(([, button]) => button), meta, saved];
    if (wanted.some((node, i) => actions.children[i] !== node)) {
      const held = document.activeElement;
      actions.replaceChildren(...wanted);
      if (wanted.includes(held)) held.focus({ preventScroll: true });
    }
    saved.textContent = model.saved.ok ? model.saved.text : "";
    notice.replaceChildren(...(model.saved.ok ? [] : [icon("warn"), " ", model.saved.text]));
    const text = JSON.stringify(model.feedback);
    if (text !== told) feedback.replaceChildren(...model.feedback.map(block));
    told = text;
  };
  widget.on("change:model", () => { clearTimeout(silence); draw(); });
  draw();
}

export default { render };
