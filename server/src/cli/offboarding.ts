/** `accessmap offboarding`: what people who left can still do, what closes it, and proof of what is closed. */

import { directoriesOf } from "../core/analysis/grants.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { type DirectoryPeople, type Leaver, leaversOf } from "../core/audit/leavers.ts";
import { type Exception, except, type OffboardingReport, offboardingReport } from "../core/audit/offboarding.ts";
import type { OffboardingFacts } from "../core/audit/openPaths.ts";
import {
  type OffboardingView,
  offboardingJson,
  offboardingMarkdown,
  offboardingSheet,
  renderOffboarding,
} from "../core/audit/renderOffboarding.ts";
import { itemsOf } from "../core/model/knowledge.ts";
import type { OrganizationConfig } from "../core/model/project.ts";
import { makePlan } from "../core/sync/makePlan.ts";
import { toCsv } from "../store/csv.ts";
import { recentApplies } from "../workspace/applies.ts";
import { readPeople, readTeamsOf } from "../workspace/live/people.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { readForAudit } from "./support/auditRead.ts";
import { readOrEnd } from "./support/cancel.ts";
import { type ContentKind, deliver, type Output } from "./support/deliver.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface OffboardingOptions extends ProjectOptions, Output {
  readonly organization?: string;
  readonly person?: string;
  readonly except?: readonly Exception[];
  /** Logins of accounts that belong to nobody in a directory on purpose. */
  readonly known?: readonly string[];
  readonly all?: boolean;
  readonly format: keyof typeof FORMATS;
}

const FORMATS = {
  text: ["text", renderOffboarding],
  json: ["json", offboardingJson],
  markdown: ["text", offboardingMarkdown],
  csv: ["table", (report) => toCsv(offboardingSheet(report))],
} as const satisfies Readonly<
  Record<string, readonly [ContentKind, (report: OffboardingReport, view: OffboardingView) => string]>
>;

/** Fails while a path is open; ends with `live` where nothing is open but something could not be read. */
export async function offboarding(options: OffboardingOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const { organization, person, format, all = false } = options;
  const organizations =
    organization === undefined
      ? [...(workspace.snapshot().project?.content.organizations.values() ?? [])]
      : [chooseOrganization(workspace, organization)];
  const snapshot = await readForAudit(workspace, terminal, { cause: "offboarding", include: ["credentials"] });
  const { people, facts } = await readFacts(workspace, snapshot, organizations, person?.toLowerCase(), terminal);
  const known = (options.known ?? []).map((login) => login.toLowerCase());
  const report = except(offboardingReport(snapshot, people, facts), options.except ?? [], known);
  const [kind, write] = FORMATS[format];
  await deliver(write(report, { all: all || person !== undefined }), kind, options, terminal);
  if (report.people.some(({ verdict }) => verdict === "open")) return EXIT.findings;
  const isWhole =
    report.reads.every(({ whole }) => whole) && report.people.every(({ verdict }) => verdict === "closed");
  return isWhole ? EXIT.clean : EXIT.live;
}

interface Facts {
  readonly people: DirectoryPeople;
  readonly facts: readonly OffboardingFacts[];
}

async function readFacts(
  workspace: Workspace,
  snapshot: Snapshot,
  organizations: readonly OrganizationConfig[],
  person: string | undefined,
  terminal: Terminal,
): Promise<Facts> {
  const { http } = workspace;
  const directories = new Set(organizations.flatMap((one) => directoriesOf(snapshot, one)));
  const { people, facts } = await readOrEnd(terminal, async (signal, onProgress) => {
    const people = await readPeople(snapshot, [...directories], http, signal, onProgress);
    const facts: OffboardingFacts[] = [];
    for (const organization of organizations) {
      const leavers = leaversOf(snapshot, organization, people).filter((one) => isMeant(one, person));
      const enabled = leavers.flatMap(({ account }) => (account && account.status !== "disabled" ? [account.id] : []));
      const teams = await readTeamsOf(organization, enabled, http, signal, onProgress);
      const planned = makePlan(snapshot, organization.name, { fileHashes: {} });
      const plan = "plan" in planned ? planned.plan : undefined;
      const { applies } = await recentApplies(workspace, organization.name);
      facts.push({ organization, leavers, teams, plan, applies });
    }
    return { people, facts };
  });
  if (person !== undefined && facts.every(({ leavers }) => leavers.length === 0)) throw whyNobody(person, people);
  return { people, facts };
}

function isMeant({ addresses }: Leaver, person: string | undefined): boolean {
  return person === undefined || addresses.includes(person);
}

function whyNobody(person: string, people: DirectoryPeople): Exit {
  for (const [directory, list] of people)
    for (const { login, email, state } of itemsOf(list).values())
      if (login === person || email === person)
        return new Exit(EXIT.usage, `${person} is ${state} in ${directory}: there is nothing to close`);
  return new Exit(EXIT.usage, `Nobody who left is called "${person}", and no account without a person is`);
}
