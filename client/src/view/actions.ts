/** What can be done with a row: from its menu, by a click, from the keyboard. */

import { commands, env, l10n, ProgressLocation, Range, Uri, window } from "vscode";
import { type PlanParams, planRequest } from "../../../server/src/lsp/protocol.ts";
import type { PlanTools } from "../plan/plans.ts";
import { askAbout } from "../questions.ts";
import { showWhy } from "../why.ts";
import { type Node, subjectOf } from "./node.ts";
import { flagsOf, GO_TO_COMMAND } from "./rowItem.ts";
import type { AccessView } from "./view.ts";

interface RowAction {
  /** What the manifest's menus ask of a row before they offer it. */
  readonly flag: string;
  readonly act: (tools: PlanTools, node: Node) => unknown;
}

const ROW_ACTIONS: Readonly<Record<string, RowAction>> = {
  [GO_TO_COMMAND]: { flag: "place", act: (_, node) => goTo(node) },
  "accessmap.row.explain": {
    flag: "person",
    act: (tools, node) => askAbout(tools, subjectOf(node), { kind: "explain", person: subjectOf(node).name }),
  },
  "accessmap.row.whoCan": {
    flag: "permission",
    act: (tools, node) => askAbout(tools, subjectOf(node), { kind: "who-can", permission: subjectOf(node).name }),
  },
  "accessmap.row.showGroup": {
    flag: "group",
    act: (tools, node) => askAbout(tools, subjectOf(node), { kind: "group", group: subjectOf(node).name }),
  },
  "accessmap.row.why": {
    flag: "finding",
    act: (tools, { row: { place, name } }) =>
      place && showWhy(tools, { uri: place.uri, line: place.line, ...(name === undefined ? {} : { rule: name }) }),
  },
  "accessmap.row.copyName": { flag: "named", act: (_, { row }) => env.clipboard.writeText(row.label) },
  "accessmap.row.openPage": {
    flag: "page",
    act: (_, { row }) => row.page && env.openExternal(Uri.parse(row.page, true)),
  },
  "accessmap.row.planAgain": { flag: "changes", act: planAgain },
  "accessmap.row.showPlan": {
    flag: "changes",
    act: (_, node) => commands.executeCommand("accessmap.dryRun", subjectOf(node)),
  },
};

type RowCommand = (tools: PlanTools & { readonly view: Pick<AccessView, "selected"> }, argument: unknown) => unknown;

/** Commands of rows. The palette has none of them; bound to a key they are about the selected row. */
export const ROW_COMMANDS: Readonly<Record<string, RowCommand>> = Object.fromEntries(
  Object.entries(ROW_ACTIONS).map(([id, action]) => [id, onRow(action)]),
);

/** Menus and clicks say which row they mean, a key does not, and may be pressed at one that the command is not for. */
function onRow({ flag, act }: RowAction): RowCommand {
  return (tools, argument) => {
    const node = (argument as Node | undefined) ?? tools.view.selected();
    if (node && flagsOf(node.row).includes(flag)) return act(tools, node);
    const advice = l10n.t("Select a row of the Access view first, one whose menu offers this command.");
    return tools.dialogs.tell("info", advice);
  };
}

async function goTo({ row: { place } }: Node): Promise<void> {
  if (!place) return;
  const selection = new Range(place.line, place.character, place.line, place.character);
  await window.showTextDocument(Uri.parse(place.uri, true), { selection, preview: true });
}

/** The server tells the view when the plan is there. */
async function planAgain({ server }: PlanTools, node: Node): Promise<void> {
  const { folder, organization } = subjectOf(node);
  const params: PlanParams = { folder, organization };
  const options = { location: ProgressLocation.Window, title: l10n.t("accessmap: planning {0}", organization) };
  await window.withProgress(options, () => server.request(planRequest, params));
}
