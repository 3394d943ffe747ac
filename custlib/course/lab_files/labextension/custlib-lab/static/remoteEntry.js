// A JupyterLab extension written by hand: no build step, no Node. JupyterLab asks a container for two
// things, init(shareScope) and get(module). Its words come from the server, in the language of the edition.
(() => {
  const here = document.currentScript.src;
  let scope;
  const shared = async name => (await Object.values(scope[name])[0].get())();

  const element = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const button = (className, text, onclick) => element("button", { type: "button", className, textContent: text, onclick });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const suppress = "lmSuppressShortcuts";

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
      const height = new ResizeObserver(() => {
        this.header.node.style.minHeight = `${inner.offsetHeight}px`;
        this.header.parent?.fit();
      });
      height.observe(inner);
      const headings = new MutationObserver(() => { this.redraw ||= setTimeout(() => { this.redraw = 0; this.draw(); }, 150); });
      headings.observe(this.notebook.node, { childList: true, subtree: true });
      this.notebook.node.addEventListener("scroll", () => this.mark(), { capture: true, passive: true });
      // With the code hidden this is a page to read: a double click selects a word, and Ctrl+S does not save a web page.
      this.notebook.node.addEventListener("dblclick", event => {
        if (!this.code && event.target.closest(".jp-MarkdownCell")) event.stopPropagation();
      }, true);
      this.panel.node.addEventListener("keydown", event => {
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
        if (status === "restarting" || status === "autorestarting") this.waiting = this.begin();
        else if (status === "dead" || status === "terminating") this.stand("not-run");
        else if (status === "idle" && this.waiting === this.turn) this.run();
      });
      sessionContext.kernelChanged.connect((_, change) => {
        if (change.newValue) this.waiting = this.begin();
        else this.stand("not-run");
      });
    }

    link(which) {
      const { words, open } = this.lab;
      const there = which === "home" ? { file: words.welcome } : this.course[which];
      const path = there?.file && this.context.path.replace(/[^/]*$/, "") + there.file;
      if (!path || path === this.context.path) return "";
      const name = which === "home" ? words.home : fill(words[which], { title: there.title ?? there.file });
      const link = button(`course-link course-${which}`, name, () => open(path));
      link.title = name;
      return link;
    }

    showCode(shown) {
      this.code = shown;
      this.panel.toggleClass("course-code", shown);
      // JupyterLab deletes a cell on "d d" and turns it on "m": keys a reader may press by chance.
      if (shown) delete this.notebook.node.dataset[suppress];
      else this.notebook.node.dataset[suppress] = "true";
    }

    stand(state) {
      this.panel.node.dataset.course = state;
      const { words } = this.lab;
      this.busy.node.textContent = state === "running" ? words.running : "";
      this.notice.textContent = { failed: words.failed, "not-run": words.not_run }[state] ?? "";
      this.action.hidden = state !== "failed" && state !== "not-run";
      this.status.dataset.state = state;
    }

    begin() {
      this.stand("running");
      this.panel.node.dataset.runs = ++this.turn;
      return this.turn;
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

    // The button's way: a kernel that is gone or stuck would leave "run" waiting for ever.
    async restart() {
      const { sessionContext } = this.context;
      this.waiting = this.begin();
      if (sessionContext.session?.kernel) await sessionContext.session.kernel.restart();
      else await sessionContext.startKernel();
    }

    scroller() {
      return this.notebook.node.querySelector(".jp-WindowedPanel-outer") ?? this.notebook.node;
    }

    draw() {
      const found = [...this.notebook.node.querySelectorAll(".jp-MarkdownCell h2")];
      const words = found.map(node => [...node.childNodes].filter(child => !child.classList?.contains("jp-InternalAnchorLink"))
        .map(child => child.textContent).join("").trim());
      const same = words.join("\n") === this.words?.join("\n");
      [this.headings, this.words] = [found, words];
      this.parts.hidden = found.length < 3;
      if (!same) {
        this.list.replaceChildren(...words.map((text, index) => {
          const short = text.split(/：|: | — /)[0];
          const step = button("", short, () => this.go(index));
          step.title = text;
          return element("li", {}, step);
        }));
      }
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
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.headings[index]?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    }
  }

  const plugin = {
    id: "custlib-lab:plugin",
    autoStart: true,
    activate: async app => {
      const [{ NotebookActions }, { PageConfig }, { Widget }] = await Promise.all(["@jupyterlab/notebook", "@jupyterlab/coreutils", "@lumino/widgets"].map(shared));
      const lab = {
        NotebookActions,
        Widget,
        words: JSON.parse(PageConfig.getOption("course") || "{}"),
        open: path => app.commands.execute("docmanager:open", { path })
      };
      const lessons = new Map();
      const lesson = () => lessons.get(app.shell.currentWidget);
      const refresh = () => ["course:code", "course:again"].forEach(id => app.commands.notifyCommandChanged(id));
      document.head.append(element("link", { rel: "stylesheet", href: new URL("calm.css", here).href }));

      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel, context) {
          const begin = async () => {
            await context.ready;
            const course = context.model.getMetadata("course");
            if (!course || panel.isDisposed) return;
            const page = new Lesson(panel, context, course, lab);
            lessons.set(panel, page);
            panel.disposed.connect(() => lessons.delete(panel));
            page.stand("running");
            refresh();
            await panel.revealed;
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
        label: () => lesson()?.code ? lab.words.hide_code : lab.words.show_code,
        isToggled: () => Boolean(lesson()?.code),
        isVisible: () => Boolean(lesson()),
        execute: () => { lesson()?.showCode(!lesson().code); refresh(); }
      });
      app.commands.addCommand("course:again", {
        label: lab.words.again,
        isVisible: () => Boolean(lesson()),
        execute: () => lesson()?.restart()
      });
      app.shell.currentChanged?.connect(refresh);
      app.restored.then(() => { app.shell.collapseLeft(); app.shell.collapseRight(); });
    }
  };

  (window._JUPYTERLAB ??= {})["custlib-lab"] = {
    init: shareScope => { scope = shareScope; },
    get: async () => () => ({ __esModule: true, default: plugin })
  };
})();
