/** What can be done with a row: from its menu, by a click, from the keyboard. */

import { commands, env, l10n, ProgressLocation, Range, Uri, window } from "vscode";
import { type PlanParams, planRequest } from "../../../server/src/lsp/protocol.ts";
import type { PlanTools } from "../plan/plans.ts";
import { askAbout } from "../questions.ts";
import { showWhy } from "../why.ts";
import { type Node, subjectOf } from "./node.ts";
import { GO_TO_COMMAND } from "./rowItem.ts";

type RowAction = (tools: PlanTools, node: Node) => unknown;

/** Commands of rows. The palette has none of them, because it has no row. */
export const ROW_COMMANDS: Readonly<Record<string, RowAction>> = {
  [GO_TO_COMMAND]: (_, node) => goTo(node),
  "accessmap.row.explain": (tools, node) =>
    askAbout(tools, subjectOf(node), { kind: "explain", person: subjectOf(node).name }),
  "accessmap.row.whoCan": (tools, node) =>
    askAbout(tools, subjectOf(node), { kind: "who-can", permission: subjectOf(node).name }),
  "accessmap.row.showGroup": (tools, node) =>
    askAbout(tools, subjectOf(node), { kind: "group", group: subjectOf(node).name }),
  "accessmap.row.why": (tools, { row: { place, name } }) =>
    place && showWhy(tools, { uri: place.uri, line: place.line, ...(name === undefined ? {} : { rule: name }) }),
  "accessmap.row.copyName": (_, { row }) => env.clipboard.writeText(row.label),
  "accessmap.row.openPage": (_, { row }) => row.page && env.openExternal(Uri.parse(row.page, true)),
  "accessmap.row.planAgain": planAgain,
  "accessmap.row.showPlan": (_, node) => commands.executeCommand("accessmap.dryRun", subjectOf(node)),
};

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
