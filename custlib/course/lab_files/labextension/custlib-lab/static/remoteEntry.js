// A JupyterLab extension written by hand: no build step, no Node. JupyterLab asks a container for two things,
// init(shareScope) and get(module). Its words come from the server, in the language of the edition.
(() => {
  const OPEN = 3;
  const here = document.currentScript.src;
  let scope;
  const shared = async name => (await Object.values(scope[name])[0].get())();

  const element = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const button = (className, text, onclick) => element("button", { type: "button", className, textContent: text, onclick });
  const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
  // anywidget gives a panel two seconds to load and then calls it broken; a busy machine needs longer for ten of them.
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = milliseconds => timeout(milliseconds === 2000 ? 60000 : milliseconds);
  const written = cells => JSON.stringify(cells.map(({ cell_type, source }) => [cell_type, [source].flat().join("")]));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  // A lesson writes its own outputs, and on a slow machine one save overtakes the other, or a reload the save before it.
  // JupyterLab then asks which file to keep. Only where the words differ is that a question for its reader.
  function keepQuiet(context, contents) {
    const ask = context._raiseConflict?.bind(context);
    if (!ask) return;
    context._raiseConflict = async (found, options) => {
      const { path } = context;
      const { content } = await contents.get(path, { type: "notebook", content: true });
      if (written(content.cells) !== written(context.model.toJSON().cells)) return ask(found, options);
      const kept = await contents.save(path, options);
      const { hash, hash_algorithm } = await contents.get(path, { content: false, hash: true });
      return { ...kept, hash, hash_algorithm };
    };
  }

  // One open lesson: runs it, says how it stands, and keeps the strip above it true.
  class Lesson {
    constructor(panel, context, course, lab) {
      Object.assign(this, { panel, context, course, lab, turn: 0, headings: [] });
      this.notebook = panel.content;
      this.notice = element("p");
      this.action = button("course-run", lab.words.run, () => this.restart());
      this.status = element("div", { className: "course-status" }, this.notice, this.action);
      this.status.setAttribute("role", "status");
      // Said in the bar, so that nothing below moves when the lesson is ready.
      this.busy = new lab.Widget({ node: element("div", { className: "course-busy" }) });
      this.busy.node.setAttribute("role", "status");
      panel.toolbar.addItem("course-busy", this.busy);
      this.list = element("ol", { className: "cl-rhythm" });
      this.parts = element("nav", {}, this.list);
      this.parts.setAttribute("aria-label", lab.words.parts);
      this.header = new lab.Widget({ node: element("div", {}, element("div", { className: "course-header" },
        element("div", { className: "course-strip" }, this.link("home"), this.parts, this.link("previous"), this.link("next")), this.status)) });
      this.header.addClass("course-head");
      panel.contentHeader.addWidget(this.header);
      panel.addClass("course-calm");
      panel.node.dataset.lesson = context.path;
      panel.node.lang = course.language === "zh" ? "zh-Hans" : course.language || lab.words.lang;
      this.showCode(false);
      this.listen();
    }

    listen() {
      const inner = this.header.node.firstChild;
      // Lumino places panels by their declared height, and words wrap.
      const height = new ResizeObserver(() => { this.header.node.style.minHeight = `${inner.offsetHeight}px`; this.header.parent?.fit(); });
      height.observe(inner);
      const headings = new MutationObserver(() => { this.redraw ||= setTimeout(() => { this.redraw = 0; this.draw(); }, 150); });
      headings.observe(this.notebook.node, { childList: true, subtree: true });
      this.notebook.node.addEventListener("scroll", () => this.mark(), { capture: true, passive: true });
      // With the code hidden this is a page to read: a double click selects a word, the right button copies it.
      const read = event => { if (!this.code && (event.type === "contextmenu" || event.target.closest(".jp-MarkdownCell"))) event.stopPropagation(); };
      ["dblclick", "contextmenu"].forEach(type => this.notebook.node.addEventListener(type, read, true));
      this.panel.node.addEventListener("keydown", event => {   // Ctrl+S would save a web page
        if (this.code || event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        this.context.save();
      });
      this.panel.disposed.connect(() => { height.disconnect(); headings.disconnect(); clearTimeout(this.redraw); });
    }

    // Only once the first kernel is there: on the way to it, the same signals mean nothing.
    watchKernel() {
      const { sessionContext } = this.context;
      sessionContext.statusChanged.connect((_, status) => {
        if (status === "autorestarting" && this.panel.node.dataset.course === "running") {   // it would die again
          this.turn += 1;
          this.stand("failed");
        } else if (status === "restarting" || status === "autorestarting") this.comeBack();
        else if (status === "dead" || status === "terminating") this.stand("not-run");
      });
      sessionContext.kernelChanged.connect((_, change) => change.newValue ? this.comeBack() : this.stand("not-run"));
    }

    link(which) {
      const { words, open } = this.lab;
      const there = which === "home" ? { file: words.welcome } : this.course[which];
      const path = there?.file && this.context.path.replace(/[^/]*$/, "") + there.file;
      if (!path || path === this.context.path) return "";
      const name = which === "home" ? words.home : fill(words[which], { title: there.title ?? there.file });
      return Object.assign(button(`course-link course-${which}`, name, () => open(path)), { title: name });
    }

    showCode(shown) {
      this.code = shown;
      this.panel.toggleClass("course-code", shown);
      // JupyterLab deletes a cell on "d d" and turns it on "m": keys a reader may press by chance.
      if (shown) delete this.notebook.node.dataset.lmSuppressShortcuts;
      else this.notebook.node.dataset.lmSuppressShortcuts = "true";
    }

    stand(state) {
      this.panel.node.dataset.course = state;
      const { words } = this.lab;
      this.busy.node.textContent = state === "running" ? words.running : "";
      this.notice.textContent = { failed: words.failed, "not-run": words.not_run }[state] ?? "";
      this.action.hidden = !this.notice.textContent;
      this.status.dataset.state = state;
    }

    begin() {
      this.stand("running");
      return this.panel.node.dataset.runs = ++this.turn;
    }

    // A restart is over when the kernel answers: its "idle" is lost when it comes before the new connection.
    async comeBack() {
      const turn = this.begin();
      for (const end = Date.now() + 60000; turn === this.turn && Date.now() < end;) {
        await pause(100);
        const kernel = this.context.sessionContext.session?.kernel;
        if (kernel?.connectionStatus !== "connected" || kernel.status.endsWith("restarting")) continue;
        const answer = await Promise.race([kernel.requestKernelInfo().catch(() => null), pause(500)]);
        if (answer && turn === this.turn) return this.run();
      }
      if (turn === this.turn) this.stand("not-run");
    }

    async run() {
      const turn = this.begin();
      const scroller = this.scroller();
      const top = scroller.scrollTop;
      const cells = this.notebook.widgets.filter(cell => cell.model.type === "code");
      // What an earlier run left behind looks alive and is not.
      cells.forEach(cell => cell.model.outputs.clear());
      const ok = await this.lab.NotebookActions.runCells(this.notebook, cells, this.context.sessionContext).catch(() => false);
      if (turn !== this.turn || this.panel.isDisposed) return;
      scroller.scrollTop = top;
      this.stand(ok ? "ready" : "failed");
      this.draw();
      await this.context.save();
    }

    // The button's way. A kernel that was not used yet is left to itself: restarted while it starts, it can hang.
    restart() {
      const { sessionContext } = this.context;
      const kernel = sessionContext.session?.kernel;
      if (kernel && !this.turn) return this.comeBack();
      this.begin();
      return kernel ? kernel.restart() : sessionContext.startKernel();
    }

    scroller() {
      return this.notebook.node.querySelector(".jp-WindowedPanel-outer") ?? this.notebook.node;
    }

    draw() {
      const found = [...this.notebook.node.querySelectorAll(".jp-MarkdownCell h2")];
      const words = found.map(node => [...node.childNodes].filter(child => !child.classList?.contains("jp-InternalAnchorLink"))
        .map(child => child.textContent).join("").trim());
      if (words.join("\n") !== this.words?.join("\n")) {
        this.list.replaceChildren(...words.map((text, index) =>
          element("li", { title: text }, button("", text.split(/：|: | — /)[0], () => this.go(index)))));
      }
      [this.headings, this.words] = [found, words];
      this.parts.hidden = found.length < 3;
      this.mark();
    }

    mark() {
      const scroller = this.scroller();
      const box = scroller.getBoundingClientRect();
      const end = scroller.scrollTop > 0 && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
      const passed = this.headings.filter(node => node.getBoundingClientRect().top < box.top + box.height / 3).length;
      const now = end ? this.headings.length - 1 : Math.max(0, passed - 1);
      [...this.list.children].forEach((item, index) => {
        item.classList.toggle("done", index < now);
        if (index === now) item.setAttribute("aria-current", "step");
        else item.removeAttribute("aria-current");
      });
    }

    go(index) {
      const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
      this.headings[index]?.scrollIntoView({ behavior, block: "start" });
    }
  }

  const plugin = {
    id: "custlib-lab:plugin",
    autoStart: true,
    activate: async app => {
      const [{ NotebookActions }, { PageConfig }, { Widget }] = await Promise.all(["@jupyterlab/notebook", "@jupyterlab/coreutils", "@lumino/widgets"].map(shared));
      const words = JSON.parse(PageConfig.getOption("course") || "{}");
      const lab = { NotebookActions, Widget, words, open: path => app.commands.execute("docmanager:open", { path }) };
      // The instructor's edition brings a second file; a participant's never asks for it.
      const teach = words.teach && (await import(new URL("instructor.js", here).href)).default;
      const lessons = new Map();
      const lesson = () => lessons.get(app.shell.currentWidget);
      const refresh = () => ["course:code", "course:again"].forEach(id => app.commands.notifyCommandChanged(id));
      // Every open lesson holds a kernel: a small laptop carries three of them, not thirteen.
      const seen = panel => {
        const page = lessons.get(panel);
        if (!page) return;
        lessons.delete(panel);   // so that the latest stands last
        lessons.set(panel, page);
        if (app.shell.mode !== "single-document") return;
        [...lessons].slice(0, -OPEN).filter(([old, { turn }]) => !turn || old.node.dataset.course !== "running")
          .forEach(async ([old, { context }]) => { if (context.model.dirty) await context.save(); old.close(); });
      };
      document.head.append(element("link", { rel: "stylesheet", href: new URL("calm.css", here).href }));

      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel, context) {
          const begin = async () => {
            await context.ready;
            const course = context.model.getMetadata("course");
            if (!course || panel.isDisposed) return;
            keepQuiet(context, app.serviceManager.contents);
            const page = new Lesson(panel, context, course, lab);
            lessons.set(panel, page);
            panel.disposed.connect(() => lessons.delete(panel));
            teach?.(page, { words: words.teach, element, button, fill });
            page.stand("running");
            await panel.revealed;
            seen(panel);
            refresh();
            await context.sessionContext.ready;
            const cells = [...context.model.cells].filter(cell => cell.type === "code");
            page.draw();
            page.watchKernel();
            if (course.run_on_open && cells.every(cell => cell.trusted)) await page.run();
            else page.stand("not-run");
          };
          begin().catch(console.error);
        }
      });

      app.commands.addCommand("course:code", {
        label: () => lesson()?.code ? words.hide_code : words.show_code,
        isToggled: () => Boolean(lesson()?.code), isVisible: () => Boolean(lesson()),
        execute: () => { lesson()?.showCode(!lesson().code); refresh(); }
      });
      app.commands.addCommand("course:again", { label: words.again, isVisible: () => Boolean(lesson()), execute: () => lesson()?.restart() });
      app.restored.then(() => {
        ["collapseLeft", "collapseRight"].forEach(side => app.shell[side]());
        app.shell.currentChanged.connect((_, { newValue }) => {
          seen(newValue);
          refresh();
          if (!newValue) lab.open(words.welcome);   // all closed: back to the list of lessons, not to an empty grey
        });
        refresh();
      });
    }
  };

  (window._JUPYTERLAB ??= {})["custlib-lab"] = {
    init: shareScope => { scope = shareScope; },
    get: async () => () => ({ __esModule: true, default: plugin })
  };
})();
