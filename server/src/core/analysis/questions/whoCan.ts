/** Who can do something: now and after the next push, through what, and who else may. */

import { gapOf, itemsOf } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";
import type { Account, TargetInventory } from "../../model/target.ts";
import { type Holder, whoCan } from "../engine/answers.ts";
import { accountKeyOf } from "../engine/audience.ts";
import { has } from "../engine/bits.ts";
import { countOf, fold, inQuotes } from "../words.ts";
import { gapLines } from "./gaps.ts";
import { type Asked, type NoAnswer, pathData, pathLine, type Reply, unheardOf } from "./question.ts";

/** `name` is that of a permission, or an alias of it. */
export function askWhoCan(asked: Asked, name: string): Reply | NoAnswer {
  const { engine, organization, snapshot } = asked;
  const { permission, holders, gaps } = whoCan(engine, name);
  const target = snapshot.targets.get(organization.name);
  if (!permission)
    return unheardOf(
      `${organization.name} has no permission`,
      name,
      engine.relation.vocabulary.indexes.keys(),
      target && whyMorePermissions(target),
    );
  const all = holders.map((holder) => ({ ...holder, isToday: holdsToday(target, holder) }));
  const rows = [...all.filter(({ path }) => path.group), ...all.filter(({ path }) => !path.group)];
  const leaving = leavingHolders(asked, target, name, new Set(holders.map(({ key }) => key)));
  return {
    title: `Who can ${permission.name} in ${organization.name}`,
    lines: [
      `${permission.sensitivity}: ${permission.summary ?? permission.displayName}`,
      gaps.length > 0 ? `at least ${countText(rows)}` : countText(rows),
      ...[...indexBy(rows, ({ path }) => pathLine(asked, path))].flatMap(([line, those]) => [
        `  ${line}`,
        ...holderLines(asked, those),
      ]),
      ...(leaving.length === 0 ? [] : ["Until the next push takes it back", ...leavingLines(asked, leaving)]),
      ...gapLines(gaps),
    ],
    data: {
      permission: permission.name,
      sensitivity: permission.sensitivity,
      count: holders.length,
      isWhole: gaps.length === 0,
      holders: asked.people === "counts" ? undefined : rows.map((row) => rowData(asked, row)),
      leaving:
        asked.people === "counts" ? leaving.length : leaving.map(({ handle, role }) => ({ person: handle, role })),
      gaps,
    },
  };
}

interface Row extends Holder {
  readonly isToday: boolean;
}

function holdsToday(target: TargetInventory | undefined, { key, path }: Holder): boolean {
  if (!path.group) return true;
  const id = key.startsWith("account ") ? key.slice("account ".length) : "";
  return itemsOf(target?.accounts).get(id)?.roleIds.includes(path.role.id) === true;
}

function holderLines({ people }: Asked, rows: readonly Row[]): readonly string[] {
  if (people === "counts") return [`    ${countText(rows)}`];
  return rows.map(({ person, lacking, isToday }) => {
    const notes = [
      ...(person.kind === "service" ? ["service account"] : []),
      ...(isToday ? [] : ["not yet: after the next push"]),
      ...(lacking.length === 0 ? [] : [`without effect, lacks ${fold(lacking.map(({ name }) => name))}`]),
    ];
    return `    ${person.name}${notes.length === 0 ? "" : `  (${notes.join("; ")})`}`;
  });
}

/** `2 people and 1 service account`. */
function countText(rows: readonly Row[]): string {
  const services = rows.filter(({ person }) => person.kind === "service").length;
  const people = countOf(rows.length - services, "person", "people");
  if (services === 0) return people;
  const accounts = countOf(services, "service account");
  return services === rows.length ? accounts : `${people} and ${accounts}`;
}

function rowData(asked: Asked, { person, path, lacking, isToday }: Row) {
  return {
    person: person.name,
    kind: person.kind,
    today: isToday,
    through: pathData(asked, path),
    lacking: lacking.map(({ name }) => name),
  };
}

interface Leaving {
  readonly handle: string;
  readonly role: string;
}

/** Accounts that hold it today, by a role that the files take back. */
function leavingHolders(
  { engine }: Asked,
  target: TargetInventory | undefined,
  name: string,
  staying: ReadonlySet<string>,
): readonly Leaving[] {
  const index = engine.relation.vocabulary.indexes.get(name) ?? -1;
  const gives = (id: string) => {
    const bits = engine.roleBits.get(id);
    return bits !== undefined && has(bits, index);
  };
  return [...itemsOf(target?.accounts).values()].flatMap((account: Account): Leaving[] => {
    if (account.status === "disabled" || staying.has(accountKeyOf(account))) return [];
    const role = account.roleIds.find(gives);
    return role === undefined ? [] : [{ handle: account.handle, role: engine.relation.roles.get(role)?.name ?? role }];
  });
}

function leavingLines({ people }: Asked, leaving: readonly Leaving[]): readonly string[] {
  if (people === "counts") return [`  ${countOf(leaving.length, "person", "people")}`];
  return leaving.map(({ handle, role }) => `  ${handle} through ${inQuotes(role)}`);
}

function whyMorePermissions({ name, permissions }: TargetInventory): string | undefined {
  const gap = gapOf(permissions);
  return gap && `permissions of ${name} not known: ${gap.message}`;
}
