// Draws the card in which a participant brings a list, with `el`, `icon`, `PATHS` and `unique` of dom.js.
// Words arrive as text and leave as text: nothing is parsed as HTML.
Object.assign(PATHS, {
  ok: "M4 12l5 5L20 6", mend: "M12 4L2.5 20h19zM12 10v5M12 17.5v.5", none: "M12 5a7 7 0 1 0 0 14a7 7 0 1 0 0-14",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3", file: "M6 3h8l4 4v14H6zM14 3v4h4", save: "M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6",
});

const PIECE = 1 << 20;
const STATES = { ok: "is-ok", mend: "is-part", none: "" };
// What is promised about privacy must hold: a course opened from a server of others is not on this computer.
const HERE = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
const COLOURS = ["c1", "c6", "c2"];

function render({ model: widget, el: root }) {
  const id = unique();
  root.classList.add("cl-root");
  // Keys pressed in here are the reader's: Lab's command mode would delete cells on "dd".
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", event => event.stopPropagation());

  const body = el("div", { className: "cl-card__body cl-stack-l" });
  const head = el("div", { className: "cl-card__head" });
  const live = el("p", { className: "cl-vh", role: "status" });
  const busy = el("div", { className: "cl-busy", hidden: true }, el("progress", { max: 1 }), el("span", { className: "cl-s" }));
  root.append(el("section", { className: "cl-card", role: "group", "aria-labelledby": `${id}-title` }, head, busy, body), live);

  const doing = (text, share) => {
    clearTimeout(patience);
    busy.hidden = text === "";
    busy.lastChild.textContent = text;
    if (share > 0 && share < 1) busy.firstChild.value = share;
    else busy.firstChild.removeAttribute("value");   // a bar that only says: it goes on
    busy.firstChild.setAttribute("aria-label", text);
  };
  let patience = 0;
  const act = (event, buffers) => {
    clearTimeout(patience);
    patience = setTimeout(() => doing(widget.get("model").working), 400);
    widget.send(event, undefined, buffers ?? []);
  };

  // A file goes piece by piece, each when the last has arrived.
  let sending = null;
  const send = () => {
    const { file, sent } = sending;
    file.slice(sent, sent + PIECE).arrayBuffer().then(piece => {
      sending.sent += piece.byteLength;
      act({ do: "piece", last: sending.sent >= file.size }, [piece]);
    });
  };
  const upload = file => {
    if (!file || sending) return;
    sending = { file, sent: 0 };
    act({ do: "upload", name: file.name, size: file.size });
  };

  const pick = model => {
    const input = el("input", { type: "file", hidden: true, accept: ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.xlsb,.ods", onchange: () => upload(input.files[0]) });
    const button = el("button", { type: "button", id: `${id}-upload`, className: model.file ? "cl-btn" : "cl-btn cl-btn--go", onclick: () => input.click() }, model.pick.upload);
    const files = el("select", { id: `${id}-files`, onchange: () => files.value && act({ do: "choose", file: files.value }) },
      model.pick.files.map(([value, label]) => el("option", { value }, label)));
    return el("div", { className: "cl-stack-s" },
      model.pick.hint ? el("p", { className: "cl-notice" }, model.pick.hint) : null,
      el("div", { className: "cl-row cl-pick" }, button, input,
        model.pick.files.length > 1 ? el("label", { className: "cl-row" }, el("span", { className: "cl-s" }, model.pick.or), files) : null));
  };

  const about = ({ file, sheets }) => el("div", { className: "cl-row" }, icon("file"), el("b", {}, file.name), el("span", { className: "cl-s" }, file.about),
    sheets ? el("label", { className: "cl-row" }, el("span", { className: "cl-s" }, sheets.label),
      el("select", { id: `${id}-sheet`, onchange: event => act({ do: "sheet", sheet: event.target.value }) },
        sheets.options.map(([value, label]) => el("option", { value, selected: value === sheets.value }, label)))) : null);

  const mapping = columns => {
    const row = each => el("tr", { role: "row" },
      el("th", { scope: "row", role: "rowheader" }, each.label),
      el("td", { role: "cell" }, el("select", { id: `${id}-${each.role}`, "aria-label": each.which,
        onchange: event => act({ do: "role", role: each.role, column: event.target.value }) },
        columns.options.map(([value, label]) => el("option", { value, selected: value === each.value }, label)))),
      el("td", { role: "cell", className: "cl-hide-s" }, each.first),
      el("td", { role: "cell", className: "cl-s" }, el("span", { className: `cl-as ${STATES[each.mark]}` }, icon(each.mark), " ", each.said)));
    const table = rows => el("div", { className: "cl-scroll" }, el("table", { className: "cl-table cl-cards cl-map", role: "table" },
      el("thead", {}, el("tr", {}, columns.head.map((text, i) => el("th", { scope: "col", className: i === 2 ? "cl-hide-s cl-s" : "cl-s" }, text)))),
      el("tbody", {}, rows.map(row))));
    return el("section", { className: "cl-stack-s" }, el("h3", {}, columns.title), table(columns.rows),
      columns.still ? el("p", {}, el("b", {}, columns.still)) : null,
      columns.rest.length ? el("details", { open: opened.has("rest"), ontoggle: event => event.target.open ? opened.add("rest") : opened.delete("rest") },
        el("summary", { className: "cl-s" }, columns.more), table(columns.rest)) : null);
  };

  const question = each => {
    const name = `${id}-${each.key}`;
    const chosen = each.many ? each.value.split(each.bar) : [each.value];
    const choose = (value, on) => {
      if (!each.many) return act({ do: "answer", key: each.key, value });
      const rest = chosen.filter(one => one && one !== value && one !== each.none);
      act({ do: "answer", key: each.key, value: !on ? rest.join(each.bar) : value === each.none ? value : [...rest, value].join(each.bar) });
    };
    return el("div", { className: `cl-say ${each.value ? "is-acc" : "is-part"}` }, icon(each.value ? "ok" : "mend"),
      el("fieldset", { className: "cl-stack-s" },
        el("legend", { className: "cl-h" }, each.title), el("p", {}, each.text),
        el("div", { className: "cl-actions" }, each.options.map(([value, label], i) => el("label", { className: "cl-choice" },
          el("input", { type: each.many ? "checkbox" : "radio", name, id: `${name}-${i}`, checked: chosen.includes(value),
            onchange: event => choose(value, event.target.checked) }), el("span", {}, label))))));
  };

  const report = result => el("section", { className: "cl-stack" }, el("h3", {}, result.title),
    el("div", { className: "cl-stackbar", "aria-hidden": "true" }, result.parts.map(({ share }, i) => {
      const part = el("i");
      part.style.flex = share;
      part.style.background = `var(--cl-${COLOURS[i]})`;
      return part;
    })),
    el("dl", { className: "cl-kpi" }, result.parts.map(({ label, value }, i) => {
      const key = el("i", { className: "cl-key", "aria-hidden": "true" });
      key.style.background = `var(--cl-${COLOURS[i]})`;
      return el("div", {}, el("dt", {}, key, label), el("dd", {}, value));
    })),
    el("div", { className: "cl-grid2" }, result.lists.map(({ title, items }) => el("div", { className: "cl-block" }, el("p", { className: "cl-h" }, title),
      items.length ? el("ul", { className: "cl-done" }, items.map(([text, rows]) => el("li", {}, text, el("span", { className: "cl-s" }, rows)))) : el("p", { className: "cl-s" }, result.none)))),
    result.notes.items.length ? el("div", { className: "cl-block" }, el("p", { className: "cl-h" }, result.notes.title),
      el("ul", {}, result.notes.items.map(text => el("li", {}, text)))) : null,
    el("div", { className: "cl-actions" },
      el("button", { type: "button", id: `${id}-use`, className: "cl-btn cl-btn--go", onclick: () => act({ do: "use" }) }, result.use),
      result.save ? el("button", { type: "button", id: `${id}-save`, className: "cl-btn", onclick: () => act({ do: "save" }) }, icon("save"), result.save) : null));

  const opened = new Set();
  const draw = () => {
    const model = widget.get("model");
    root.lang = model.lang;
    doing("");
    sending = null;
    const focused = root.contains(document.activeElement) ? document.activeElement.id : "";
    head.replaceChildren(el("b", { id: `${id}-title` }, model.title),
      HERE ? el("span", {}, icon("lock"), " ", model.private) : el("span", {}, icon("mend"), " ", model.server));
    body.replaceChildren(...[
      el("div", { className: "cl-row" }, el("span", {}, model.shown),
        model.back ? el("button", { type: "button", id: `${id}-back`, className: "cl-btn cl-push", onclick: () => act({ do: "back" }) }, model.back) : null),
      model.file ? about(model) : null,
      pick(model),
      model.problem ? el("div", { className: "cl-say is-no" }, icon("mend"), el("p", {}, model.problem)) : null,
      model.columns ? mapping(model.columns) : null,
      ...(model.questions ?? []).map(question),
      model.result ? report(model.result) : null,
      model.done ? el("p", { className: "cl-s" }, model.done) : null,
    ].filter(Boolean));
    if (focused) document.getElementById(focused)?.focus();
    live.textContent = model.says ?? "";
  };

  const rerun = () => {
    const commands = window.jupyterapp?.commands;
    if (commands?.hasCommand("course:again")) commands.execute("course:again");
    else body.append(el("p", {}, el("b", {}, widget.get("model").rerun)));
  };
  widget.on("change:model", draw);
  widget.on("msg:custom", (message, buffers) => {
    if (message.busy !== undefined) doing(message.busy, message.share);
    if (message.next && sending) send();
    if (message.rerun) setTimeout(rerun, 50);
    if (message.save) {
      const link = el("a", { download: message.save, href: URL.createObjectURL(new Blob(buffers, { type: "text/csv;charset=utf-8" })) });
      root.append(link);
      link.click();
      setTimeout(() => { URL.revokeObjectURL(link.href); link.remove(); }, 1000);
    }
  });
  draw();
}

export default { render };
