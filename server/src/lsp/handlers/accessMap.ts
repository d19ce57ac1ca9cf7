/** `accessmap/map` and `accessmap/exportMap`: who gets what at a glance, from what is known now. */

import type { Snapshot } from "../../core/analysis/snapshot.ts";
import { aboutMap } from "../../core/features/map/about.ts";
import type { AccessFlow, HeatMap, PlanMap } from "../../core/features/map/accessMap.ts";
import { flowOf, personFlow } from "../../core/features/map/flow.ts";
import { flowSvg } from "../../core/features/map/flowSvg.ts";
import { heatMap } from "../../core/features/map/heatMap.ts";
import { heatSvg } from "../../core/features/map/heatSvg.ts";
import { planMap } from "../../core/features/map/planMap.ts";
import { planSvg } from "../../core/features/map/planSvg.ts";
import { flowSheet, heatSheet, planSheet } from "../../core/features/map/sheets.ts";
import { cutText } from "../../core/features/map/words.ts";
import { type Organization, organizationNamed } from "../../core/features/rows/mapped.ts";
import { listedPeople } from "../../core/features/rows/people.ts";
import { matching } from "../../core/features/rows/row.ts";
import { toCsv } from "../../store/csv.ts";
import { writeWhole } from "../../store/wholeFile.ts";
import { chooseOrganization } from "../choose.ts";
import { failed } from "../guard.ts";
import type { Project } from "../projects.ts";
import type { ExportMapParams, MapParams, MapResult } from "../protocol/accessMap.ts";
import { type Session, shownPlan } from "../session.ts";

/** Rows and groups at a glance; the filter finds the others. A table has them all. */
const MOST = { groups: 200, flow: 40, picture: 500 } as const;
const MOST_PEOPLE = 20;

/** What one view shows. */
interface View {
  readonly about: string;
  readonly heat?: HeatMap;
  readonly flow?: AccessFlow;
  readonly plan?: PlanMap;
  readonly people?: readonly string[];
  readonly problem?: string;
}

/** A view cut to what a screen holds: `MOST` says how many rows of each kind, and `left` how many more there are. */
export async function onMap(session: Session, params: Partial<MapParams>): Promise<MapResult> {
  const { flow, ...view } = await viewOf(session, params, MOST.groups, MOST.flow);
  if (!flow) return view;
  const picture = { title: flow.title, svg: flowSvg(flow, view.about, false), left: cutText(flow), gaps: flow.gaps };
  return { ...view, flow: picture };
}

/**
 * Writes the view to `path` and answers null: as CSV with every row, or as one picture cut to what can be read. Fails,
 * in words for people, when there is nothing to write or no way to write it.
 */
export async function onExportMap(session: Session, params: Partial<ExportMapParams>): Promise<null> {
  const { path, format } = params;
  if (path === undefined || format === undefined) throw failed("Say where the map is to be saved, and how");
  const most = format === "csv" ? Number.MAX_SAFE_INTEGER : MOST.picture;
  const view = await viewOf(session, params, most, format === "csv" ? most : MOST.flow);
  const text = format === "csv" ? csvOf(view) : svgOf(view);
  if (text === undefined) throw failed(view.problem ?? "There is nothing to export");
  await writeWhole(path, text).catch((error: NodeJS.ErrnoException) => {
    throw failed(`${path} cannot be written (${error.code ?? error.message})`);
  });
  return null;
}

async function viewOf(
  session: Session,
  params: Partial<MapParams>,
  mostRows: number,
  mostGroups: number,
): Promise<View> {
  const { project, organization: name } = await chooseOrganization(session, params);
  const snapshot = project.workspace.snapshot();
  const organization = organizationNamed(snapshot, name);
  if (!organization) throw failed(`${name} is gone from accessmap.yaml`);
  const { view = "groups", by = "sensitivity", filter = "" } = params;
  const about = aboutMap(snapshot, organization);
  switch (view) {
    case "groups":
      return { about, heat: heatMap(snapshot, organization, { by, filter, most: mostRows }) };
    case "flow":
      return { about, flow: flowOf(snapshot, organization, { by, filter, most: mostGroups }) };
    case "person":
      return { about, ...personView(snapshot, organization, by, filter.trim()) };
    case "plan":
      return { about, ...planView(session, project, organization, params) };
  }
}

function personView(
  snapshot: Snapshot,
  organization: Organization,
  by: MapParams["by"],
  person: string,
): Omit<View, "about"> {
  const listed = listedPeople(organization);
  if (!listed) return { problem: `${organization.config.name} has not been read yet` };
  const names = matching(listed.people, ([, { name, email }]) => `${name} ${email ?? ""}`, person).map(
    ([, { name }]) => name,
  );
  const [only, ...others] = names;
  const flow =
    personFlow(snapshot, organization, by, person) ??
    (only !== undefined && others.length === 0 ? personFlow(snapshot, organization, by, only) : undefined);
  if (flow) return { flow };
  const nobody = listed.isWhole
    ? "Nobody is called so"
    : "Nobody who is known is called so; not everybody could be read";
  return names.length === 0 ? { people: [], problem: nobody } : { people: names.slice(0, MOST_PEOPLE) };
}

function planView(
  session: Session,
  project: Project,
  { config, target }: Organization,
  { by = "sensitivity", fingerprint = "" }: Partial<MapParams>,
): Omit<View, "about"> {
  const { plans, undos, views } = session;
  const shown = plans.get(fingerprint) ?? undos.get(fingerprint) ?? views.get(fingerprint);
  const plan = (shown?.sealed ?? shownPlan(session, project, config.name))?.plan;
  if (!plan || !target) return { problem: "There is no plan yet. A dry run makes one and changes nothing." };
  return { plan: planMap(plan, target, by) };
}

function svgOf({ about, heat, flow, plan }: View): string | undefined {
  if (heat) return heatSvg(heat, about);
  if (flow) return flowSvg(flow, about, true);
  return plan && planSvg(plan, about);
}

function csvOf({ heat, flow, plan }: View): string | undefined {
  const sheet = heat ? heatSheet(heat) : flow ? flowSheet(flow) : plan && planSheet(plan);
  return sheet && toCsv(sheet);
}
