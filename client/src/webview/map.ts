/** The page of the access map: which view is shown, by what, with which words, and the answer below. */

// @vscode-elements/elements: controls that look and behave as the editor's own in every theme; no framework, no network.
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import type { By, MapResult, MapView } from "../../../server/src/lsp/protocol/accessMap.ts";
import type { FromPage, MapState, ToPage } from "../map/messages.ts";
import { make } from "./dom.ts";
import { flowPicture } from "./flowPicture.ts";
import { type HeatActions, heatTable } from "./heatTable.ts";
import { keepPlace } from "./place.ts";
import { planTable } from "./planTable.ts";
import { fill, target, words } from "./words.ts";

interface Host {
  postMessage(message: FromPage): void;
  getState(): MapState | undefined;
  setState(state: MapState): void;
}
declare function acquireVsCodeApi(): Host;

const VIEWS: Readonly<Record<MapView, { readonly label: string; readonly hint: string }>> = {
  groups: { label: words.groups, hint: words.filterGroups },
  flow: { label: words.flow, hint: words.filterFlow },
  person: { label: words.person, hint: words.filterPerson },
  plan: { label: words.plan, hint: "" },
};
const BY: Readonly<Record<By, string>> = { sensitivity: words.bySensitivity, area: words.byArea };
/** Milliseconds without a key before the filter is used. */
const PAUSE = 150;

const host = acquireVsCodeApi();
let state: MapState = { view: "groups", by: "sensitivity", filters: {}, ...host.getState(), target };
let asked = 0;
let timer: number | undefined;

const about = make("p", { id: "about" });
const tabs = new Map(
  Object.entries(VIEWS).map(([view, { label }]) => [view as MapView, makeTab(view as MapView, label)]),
);
const filter = make("vscode-textfield", { id: "filter" }) as HTMLElement & {
  value: string;
  label: string;
  placeholder: string;
};
const by = makeSelect();
const content = make("section", { id: "content", "aria-live": "off", tabindex: -1 });
const restorePlace = keepPlace(content);
const details = make("p", { id: "details", "aria-hidden": true });
const actions: HeatActions = {
  open: (place) => host.postMessage({ kind: "open", place }),
  // A screen reader reads the cell itself; this line is for eyes.
  describe: (text) => details.replaceChildren(text),
};

document
  .getElementById("map")
  ?.append(
    make("header", {}, about, make("div", { role: "tablist", "aria-label": words.views }, ...tabs.values()), toolbar()),
    content,
    make("footer", {}, details, legend()),
  );
window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "map" && data.id === asked) show(data.result);
  if (data.kind === "stale") ask();
  if (data.kind === "show") change({ view: data.view });
});
change({});

function toolbar(): HTMLElement {
  filter.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => change({ filters: { ...state.filters, [state.view]: filter.value } }), PAUSE);
  });
  const exports = (["svg", "csv"] as const).map((format) => {
    const button = make(
      "vscode-button",
      { secondary: true, id: `export-${format}` },
      fill(words.exportAs, format.toUpperCase()),
    );
    button.addEventListener("click", () => host.postMessage({ kind: "export", format, state }));
    return button;
  });
  return make("div", { class: "toolbar", role: "group", "aria-label": words.tools }, filter, by, ...exports);
}

function makeTab(view: MapView, label: string): HTMLElement {
  const tab = make("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": "content" }, label);
  tab.addEventListener("click", () => change({ view }));
  tab.addEventListener("keydown", ({ key }) => {
    const views = [...tabs.keys()];
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    const next = views[(views.indexOf(view) + step + views.length) % views.length];
    if (step === 0 || !next) return;
    change({ view: next });
    tabs.get(next)?.focus();
  });
  return tab;
}

function makeSelect(): HTMLElement & { value: string } {
  const options = Object.entries(BY).map(([value, text]) =>
    make("vscode-option", { value, selected: value === state.by }, text),
  );
  const select = make("vscode-single-select", { id: "by", label: words.columns }, ...options) as HTMLElement & {
    value: string;
  };
  select.addEventListener("change", () => change({ by: select.value as By }));
  return select;
}

function change(what: Partial<MapState>): void {
  state = { ...state, ...what };
  host.setState(state);
  for (const [view, tab] of tabs) {
    tab.setAttribute("aria-selected", `${view === state.view}`);
    tab.tabIndex = view === state.view ? 0 : -1;
  }
  content.setAttribute("aria-labelledby", `tab-${state.view}`);
  content.setAttribute("role", "tabpanel");
  const { hint } = VIEWS[state.view];
  filter.hidden = hint === "";
  filter.label = hint;
  filter.placeholder = hint;
  if (filter.value !== (state.filters[state.view] ?? "")) filter.value = state.filters[state.view] ?? "";
  ask();
}

function ask(): void {
  host.postMessage({ kind: "ask", id: ++asked, state });
}

function show({ about: text, heat, flow, plan, people, problem }: MapResult): void {
  about.replaceChildren(flow ? `${flow.title}. ${text}` : plan ? `${plan.title}. ${text}` : text);
  const gaps = heat?.gaps ?? flow?.gaps ?? plan?.gaps ?? [];
  content.replaceChildren(
    ...(problem === undefined ? [] : [make("p", { class: "problem", role: "status" }, problem)]),
    ...(problem !== undefined && state.view === "plan" ? [dryRunButton()] : []),
    ...(heat ? [heatTable(heat, actions)] : []),
    ...(flow ? [flowPicture(flow, actions)] : []),
    ...(plan ? [planTable(plan, actions)] : []),
    ...(people ? [peopleList(people)] : []),
    ...(gaps.length === 0 ? [] : [gapList(gaps)]),
  );
  details.replaceChildren();
  restorePlace();
}

function dryRunButton(): HTMLElement {
  const button = make("vscode-button", { id: "dry-run", "data-key": "dry-run" }, words.dryRun);
  button.addEventListener("click", () => host.postMessage({ kind: "dryRun" }));
  return button;
}

function peopleList(people: readonly string[]): HTMLElement {
  const items = people.map((name) => {
    const button = make("button", { type: "button", class: "link", "data-key": name }, name);
    button.addEventListener("click", () => change({ filters: { ...state.filters, person: name } }));
    return make("li", {}, button);
  });
  return make("ul", { class: "people", "aria-label": words.people }, ...items);
}

/** The first few; a long list would push the map out of sight. */
function gapList(gaps: readonly string[]): HTMLElement {
  const summary = make("summary", {}, gaps.length === 1 ? words.oneGap : fill(words.gaps, gaps.length));
  return make(
    "details",
    { class: "gaps" },
    summary,
    make("ul", {}, ...gaps.slice(0, 50).map((gap) => make("li", {}, gap))),
  );
}

function legend(): HTMLElement {
  const signs = (["critical", "high", "medium", "low", "unknown"] as const).map((look) =>
    make("li", {}, make("span", { class: `sign ${look}` }), words[look]),
  );
  const list = make("ul", { "aria-label": words.colours }, ...signs);
  return make("div", { class: "legend" }, list, make("span", {}, words.note));
}
