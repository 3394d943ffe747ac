// Draws a panel from a model. Words arrive as text and leave as text: nothing here is ever parsed as HTML.
const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== "list" && key !== "role") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined));
  return node;
};

// Each panel runs this module anew, on one page: what makes an id its own must be shared by all of them.
const unique = () => `cl-${globalThis.custlibSerial = (globalThis.custlibSerial ?? 0) + 1}`;

const range = (control, id, send) => {
  const shown = el("output", { htmlFor: id }, control.shown);
  const input = el("input", {
    type: "range", id, min: control.min, max: control.max, step: control.step ?? 1, value: control.value,
    "aria-valuetext": control.shown,
    oninput: () => send(control.key, Number(input.value)),
  });
  return el("div", { className: "cl-control" },
    el("label", { className: "cl-label", htmlFor: id }, control.label),
    el("div", { className: "cl-slider" }, input, shown));
};

const select = (control, id, send) => {
  const input = el("select", { id, onchange: () => send(control.key, input.value) },
    control.options.map(([value, label]) => el("option", { value, selected: value === control.value }, label)));
  return el("div", { className: "cl-control" },
    el("label", { className: "cl-label", htmlFor: id }, control.label), input);
};

const checks = (control, id, send) => {
  const boxes = control.options.map(([value, label]) => {
    const box = el("input", {
      type: "checkbox", value, checked: control.value.includes(value), id: `${id}-${value}`,
      onchange: () => send(control.key, all.filter(one => one.checked).map(one => one.value)),
    });
    return [box, el("label", { className: "cl-check", htmlFor: box.id }, box, el("span", {}, label))];
  });
  const all = boxes.map(([box]) => box);
  return el("fieldset", { className: "cl-control" },
    el("legend", { className: "cl-label" }, control.label), boxes.map(([, label]) => label));
};

const segment = (control, id, send) => {
  const choices = control.options.map(([value, label]) => el("label", {},
    el("input", { type: "radio", name: id, id: `${id}-${value}`, value, checked: value === control.value,
      onchange: () => send(control.key, value) }), label));
  return el("div", { className: "cl-control cl-line", role: "radiogroup", "aria-label": control.label },
    el("p", { className: "cl-said" }, control.who ? el("b", {}, control.who + " ") : null, control.label),
    el("div", { className: "cl-seg" }, choices),
    control.note ? el("p", { className: "cl-s cl-note" }, control.note) : null);
};

const button = (control, id, send) =>
  el("button", { id, type: "button", className: "cl-btn", onclick: () => send(control.key, true) }, control.label);

// A line that is only read: what somebody else says between two lines to choose for.
const line = control => el("div", { className: "cl-control cl-line" },
  el("p", { className: "cl-said" }, control.who ? el("b", {}, control.who + " ") : null, control.label));

const KINDS = { range, select, checks, segment, line, button };

// Groups of ticks that follow each other stand side by side where there is room.
const arrange = (models, nodes) => nodes.reduce((rows, node, i) => {
  if (models[i].kind !== "checks" || models[i - 1]?.kind !== "checks" && models[i + 1]?.kind !== "checks") rows.push(node);
  else if (models[i - 1]?.kind === "checks") rows.at(-1).append(node);
  else rows.push(el("div", { className: "cl-checks4" }, node));
  return rows;
}, []);

const ICONS = { ok: "M4 12l5 5L20 6", mend: "M12 4L2.5 20h19zM12 10v5M12 17.5v.5" };
const icon = name => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "cl-i");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  svg.firstChild.setAttribute("d", ICONS[name]);
  return svg;
};

const list = ({ title, items }) => el("div", { className: "cl-block" },
  el("p", { className: "cl-h" }, title),
  el("ul", { className: "cl-checks" }, items.map(({ state, said, text }) =>
    el("li", { className: state === "ok" ? "is-ok" : "is-part" }, icon(state),
      el("span", {}, el("span", { className: "cl-vh" }, said + " "), text)))));

const blocks = model => (model.blocks ?? []).map(block =>
  el("div", { className: "cl-block" },
    el("p", { className: "cl-h" }, block.title),
    el("ul", {}, block.items.map(item => el("li", {}, item)))));

const table = ({ caption, head, rows, numeric = [] }) => el("div", { className: "cl-scroll" },
  el("table", { className: "cl-table" },
    el("caption", { className: "cl-s" }, caption),
    el("thead", {}, el("tr", {}, head.map((name, i) =>
      el("th", { scope: "col", className: numeric.includes(i) ? "r" : "" }, name)))),
    el("tbody", {}, rows.map(row => el("tr", {}, row.map((cell, i) =>
      i ? el("td", { className: numeric.includes(i) ? "r" : "" }, cell) : el("th", { scope: "row" }, cell)))))));

const answer = model => [
  model.kpis?.length ? el("dl", { className: "cl-kpi" },
    model.kpis.map(({ label, value }) => el("div", {}, el("dt", {}, label), el("dd", {}, value)))) : null,
  model.blocks?.length ? el("div", { className: model.blocks.length > 1 ? "cl-grid2" : "" }, blocks(model)) : null,
  model.list ? list(model.list) : null,
  model.table ? table(model.table) : null,
];

function render({ model: widget, el: root }) {
  const id = unique();
  // Keys pressed in here are the reader's: Lab's command mode would delete cells on "dd".
  root.classList.add("cl-root");
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", event => event.stopPropagation());

  const controls = el("div", { className: "cl-panel cl-stack" });
  const body = el("div", { className: "cl-stack" });
  const live = el("p", { className: "cl-vh", role: "status" });
  const notice = el("p", { className: "cl-notice" });
  root.append(el("div", { className: "cl-stack" }, controls, body, notice, live));

  // A slider sends many moves a second; the kernel gets the newest of each control once it has answered the last.
  let busy = false;
  const waiting = new Map();
  const post = (key, value) => { busy = true; widget.send({ set: key, value }); };
  const send = (key, value) => { if (busy) waiting.set(key, value); else post(key, value); };

  let drawn = "";
  const draw = () => {
    const model = widget.get("model");
    root.lang = model.lang;
    const shape = JSON.stringify(model.controls.map(({ kind, key, options, min, max, label, note }) =>
      [kind, key, options, min, max, label, note]));
    if (shape !== drawn) {
      const focused = root.contains(document.activeElement) ? document.activeElement.id : "";
      const nodes = model.controls.map((control, i) => KINDS[control.kind](control, `${id}-${i}`, send));
      controls.replaceChildren(...arrange(model.controls, nodes));
      if (focused) document.getElementById(focused)?.focus();
      drawn = shape;
    } else {
      model.controls.forEach((control, i) => {
        if (control.kind !== "range") return;
        const input = root.querySelector(`#${id}-${i}`);
        input.setAttribute("aria-valuetext", control.shown);
        input.nextElementSibling.textContent = control.shown;
      });
    }
    if (model.answer_first) controls.before(body);
    controls.hidden = !model.controls.length;
    body.replaceChildren(...answer(model).filter(Boolean));
    notice.replaceChildren(...(model.notice ? [el("b", {}, model.notice_label + " "), model.notice] : []));
    live.textContent = model.says ?? "";
  };
  widget.on("change:model", () => {
    draw();
    busy = false;
    const [next] = waiting;
    if (next) { waiting.delete(next[0]); post(...next); }
  });
  draw();
}

export default { render };
