// What every card is built with. Words arrive as text and leave as text: nothing is ever parsed as HTML.
const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== "list" && key !== "role") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter(child => child !== null && child !== undefined));
  return node;
};

const PATHS = {
  tick: "M4 12.5l5 5L20 6.5", cross: "M6 6l12 12M18 6L6 18", ring: "M12 3a9 9 0 1 0 .01 0",
  half: "M12 3a9 9 0 1 0 .01 0M12 3v18M15 5v14M18 7.5v9", warn: "M12 4L2.5 20h19zM12 10v5M12 17.5v.5",
  bulb: "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.6 10.8c.7.6 1.1 1.2 1.1 2.2h5c0-1 .4-1.6 1.1-2.2A6 6 0 0 0 12 3z",
  up: "M6 14l6-6 6 6", down: "M6 10l6 6 6-6", right: "M9 6l6 6-6 6",
};
const icon = name => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", "cl-i"], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  svg.firstChild.setAttribute("d", PATHS[name]);
  return svg;
};

// **Strong** words of a text; everything else stands as it is.
const rich = text => text.split("**").map((part, i) => i % 2 ? el("b", {}, part) : part);
const fillIn = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// Each widget runs this module anew, on one page: what makes an id its own must be shared by all of them.
const unique = () => `cl-${globalThis.custlibSerial = (globalThis.custlibSerial ?? 0) + 1}`;

