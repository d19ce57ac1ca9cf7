/**
 * A transport to a Datadog in memory that meddles: requests fail before and after they did their work, answers lie, reads
 * lag, and somebody else edits all the while. Every write that gets through is entered in the ledger.
 */

import type { HttpRequest, HttpResponse } from "../../server/src/core/model/http.ts";
import { type Transport, TransportError } from "../../server/src/http/transport.ts";
import type {
  AuthnMapping,
  Company,
  DatadogTeam,
  DatadogUser,
  DatadogOrganization as Organization,
} from "../../server/src/sandbox/company.ts";
import { createDatadogServer } from "../../server/src/sandbox/datadog/app.ts";
import { createFaults } from "../../server/src/sandbox/faults.ts";
import { READ_API_KEY, READ_APP_KEY, WRITE_API_KEY, WRITE_APP_KEY } from "../../server/src/sandbox/seed/keys.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import type { Dice } from "../campaign/dice.ts";
import { holdingsOf, type Ledger, saying } from "./ledger.ts";
import { oddAnswer, oddPage, oddRefusal, oddValue } from "./oddities.ts";
import { addMapping, PEOPLE, personId, ROLES, roleId } from "./world.ts";

/** What can happen to a request, and how often in a troubled run. */
export const TROUBLE = {
  throttled: 0.03,
  "server error": 0.03,
  reset: 0.02,
  "lost answer": 0.05,
  silent: 0.04,
  "wrong object": 0.03,
  "wiped group": 0.02,
  lag: 0.06,
  "second actor": 0.04,
  "odd refusal": 0.02,
  "odd answer": 0.02,
  "odd page": 0.02,
  "odd value": 0.04,
  unheard: 0.02,
} as const;

export type Kind = keyof typeof TROUBLE;

export interface Meddling {
  readonly dice: Dice;
  readonly ledger: Ledger;
  /** Only these kinds happen. */
  readonly kinds: ReadonlySet<Kind>;
  readonly happened: Map<Kind, number>;
}

export interface MeddledDatadog {
  readonly company: Company;
  readonly transport: Transport;
  /** From now on; undefined: calm. */
  meddling: Meddling | undefined;
  requests: number;
}

export function createMeddledDatadog(): MeddledDatadog {
  const company = createSeed("2026-11-25");
  const now = () => new Date();
  const app = createDatadogServer({ company, faults: createFaults(company, now), now, limited: false, record() {} });
  /** What a lagging replica still shows, and for how many reads. */
  let replica: { readonly datadog: Company["datadog"]; left: number } | undefined;
  /** What our last look at an object showed. */
  const looks = new Map<string, ReadonlySet<string>>();
  let turn: Promise<unknown> = Promise.resolve();

  async function serve({ method, url, body, credential }: HttpRequest): Promise<HttpResponse> {
    const headers = headersFor(credential?.use === "write", credential?.scheme === "datadog-scim");
    const response = await app.request(url, { method, headers, ...(body !== undefined && { body }) });
    return {
      status: response.status,
      headers: Object.fromEntries([...response.headers].map(([name, value]) => [name.toLowerCase(), value])),
      body: await response.text(),
    };
  }

  async function read(request: HttpRequest, meddling: Meddling | undefined): Promise<HttpResponse> {
    const present = company.datadog;
    if (replica && replica.left > 0) {
      replica.left--;
      company.datadog = replica.datadog;
      meddling?.ledger.observe(replica.datadog);
    }
    for (const [object, held] of shownBy(request, company.datadog)) looks.set(object, held);
    const answer = await serve(request);
    company.datadog = present;
    if (meddling && strikes(meddling, "odd value")) return oddValue(answer, meddling.dice);
    if (meddling && strikes(meddling, "odd page")) return oddPage(answer, meddling.dice);
    return meddling && strikes(meddling, "odd answer") ? oddAnswer(answer, meddling.dice) : answer;
  }

  async function write(request: HttpRequest, meddling: Meddling | undefined): Promise<HttpResponse> {
    if (!meddling) return serve(request);
    const past = structuredClone(company.datadog);
    if (strikes(meddling, "unheard")) return oddAnswer({ status: 200, headers: {}, body: "" }, meddling.dice);
    if (strikes(meddling, "silent")) {
      const answer = await serve(request);
      company.datadog = past;
      return answer;
    }
    const other = misdirected(request, company.datadog, meddling.dice);
    const target = other && strikes(meddling, "wrong object") ? other : request;
    const answer = await serve(target);
    const team = groupOf(target, company.datadog);
    const isWiped = team !== undefined && strikes(meddling, "wiped group");
    if (isWiped) team.members = [];
    const isOurDoing = target === request && !isWiped;
    meddling.ledger.judge(holdingsOf(past), holdingsOf(company.datadog), isOurDoing, looks);
    meddling.ledger.observe(company.datadog);
    if (strikes(meddling, "lag")) replica = { datadog: past, left: 1 + meddling.dice.roll(6) };
    if (strikes(meddling, "lost answer")) throw unreachable("the connection broke before the answer came");
    if (strikes(meddling, "odd value")) return oddValue(answer, meddling.dice);
    return strikes(meddling, "odd answer") ? oddAnswer(answer, meddling.dice) : answer;
  }

  async function exchange(request: HttpRequest, meddling: Meddling | undefined): Promise<HttpResponse> {
    if (!meddling) replica = undefined;
    else {
      if (strikes(meddling, "second actor")) edit(company.datadog, meddling.dice);
      meddling.ledger.observe(company.datadog);
      if (strikes(meddling, "throttled")) return failed(429, { "x-ratelimit-reset": "1" });
      if (strikes(meddling, "server error")) return failed(meddling.dice.pick([500, 502, 503, 504]), {});
      if (strikes(meddling, "reset")) throw unreachable("the connection was reset");
      if (strikes(meddling, "odd refusal")) return oddRefusal(meddling.dice);
    }
    return request.method === "GET" ? read(request, meddling) : write(request, meddling);
  }

  const datadog: MeddledDatadog = {
    company,
    meddling: undefined,
    requests: 0,
    transport: {
      // One after the other: what one request sees must not be what another swaps in.
      exchange(request) {
        datadog.requests++;
        const answer = turn.then(() => exchange(request, datadog.meddling));
        turn = answer.catch(() => {});
        return answer;
      },
    },
  };
  return datadog;
}

function strikes({ dice, kinds, happened }: Meddling, kind: Kind): boolean {
  if (!kinds.has(kind) || !dice.happens(TROUBLE[kind])) return false;
  happened.set(kind, (happened.get(kind) ?? 0) + 1);
  return true;
}

/** Headers with the secrets of the sandbox's keys. */
export function headersFor(isWrite: boolean, isScim: boolean): Record<string, string> {
  const [apiKey, applicationKey] = isWrite ? [WRITE_API_KEY, WRITE_APP_KEY] : [READ_API_KEY, READ_APP_KEY];
  const json = { "content-type": "application/json" };
  if (isScim) return { ...json, authorization: `Bearer ${applicationKey}` };
  return { ...json, "dd-api-key": apiKey, "dd-application-key": applicationKey };
}

function failed(status: number, headers: HttpResponse["headers"]): HttpResponse {
  const body = JSON.stringify({ errors: ["Injected trouble"] });
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

function unreachable(message: string): TransportError {
  return new TransportError({ kind: "unreachable", system: "prod", message });
}

/** What an answer shows of accounts and teams, by object. */
function shownBy(
  { url }: HttpRequest,
  { users, teams, mappings }: Organization,
): readonly (readonly [string, ReadonlySet<string>])[] {
  const { pathname, searchParams } = new URL(url);
  const [, userId] = /\/users\/([^/]+)$/.exec(pathname) ?? [];
  const [, mappingId] = /\/authn_mappings\/([^/]+)$/.exec(pathname) ?? [];
  const [, teamId] = /\/(?:team|Groups)\/([^/]+)/.exec(pathname) ?? [];
  if (userId !== undefined) return [...users.values()].filter(({ id }) => id === userId).map(ofUser);
  if (teamId !== undefined) return [...teams.values()].filter(({ id }) => id === teamId).map(ofTeam);
  if (mappingId !== undefined) return [...mappings.values()].filter(({ id }) => id === mappingId).map(ofMapping);
  if (pathname.endsWith("/authn_mappings")) return [...mappings.values()].map(ofMapping);
  if (pathname.endsWith("/users")) return [...users.values()].map(ofUser);
  const isListing = pathname.endsWith("/Groups") && !searchParams.has("filter");
  return isListing ? [...teams.values()].filter(({ managed }) => managed).map(ofTeam) : [];
}

function ofUser({ id, roleIds, disabled }: DatadogUser): readonly [string, ReadonlySet<string>] {
  const roles = roleIds.map((role) => `role ${role} ${id}`);
  return [`user ${id}`, new Set(disabled ? roles : [`account ${id}`, ...roles])];
}

function ofMapping(mapping: AuthnMapping): readonly [string, ReadonlySet<string>] {
  return [`mapping ${mapping.id}`, new Set([`mapping ${mapping.id} ${saying(mapping)}`])];
}

function ofTeam({ handle, members }: DatadogTeam): readonly [string, ReadonlySet<string>] {
  return [`team ${handle}`, new Set(members.map(({ userId }) => `team ${handle} ${userId}`))];
}

/** The same write, to another person, group or mapping. */
function misdirected(request: HttpRequest, organization: Organization, dice: Dice): HttpRequest | undefined {
  const { users, teams } = organization;
  const [, mappingId] = /\/authn_mappings\/([^/?]+)/.exec(request.url) ?? [];
  if (mappingId !== undefined && request.method !== "GET")
    return misdirectedMapping(request, mappingId, organization, dice);
  if (request.method !== "PATCH") return undefined;
  const [, kind, id] = /\/scim\/(Users|Groups)\/([^/?]+)/.exec(request.url) ?? [];
  const all =
    kind === "Users" ? PEOPLE.map(personId) : [...teams.values()].filter((team) => team.managed).map((team) => team.id);
  const others = all.filter((other) => other !== id && (kind === "Groups" || users.has(other)));
  if (id === undefined || others.length === 0) return undefined;
  return { ...request, url: request.url.replace(id, dice.pick(others)) };
}

function misdirectedMapping(
  request: HttpRequest,
  id: string,
  { mappings }: Organization,
  dice: Dice,
): HttpRequest | undefined {
  const others = [...mappings.keys()].filter((other) => other !== id);
  if (others.length === 0) return undefined;
  const other = dice.pick(others);
  const { body } = request;
  return {
    ...request,
    url: request.url.replace(id, other),
    ...(body !== undefined && { body: body.replace(id, other) }),
  };
}

function groupOf({ method, url }: HttpRequest, { teams }: Organization): DatadogTeam | undefined {
  const [, id] = /\/scim\/Groups\/([^/?]+)/.exec(url) ?? [];
  return method === "PATCH" && id !== undefined ? teams.get(id) : undefined;
}

/** Somebody gives or takes a role, puts a person into a team or out of it, edits mappings, or switches an account. */
function edit(organization: Organization, dice: Dice): void {
  const { users, teams, mappings } = organization;
  if (dice.happens(0.2)) {
    const all = [...mappings.values()];
    const mapping = all[dice.roll(Math.max(1, all.length))];
    if (!mapping || dice.happens(0.4)) addMapping(organization, dice);
    else if (dice.happens(0.5)) mappings.delete(mapping.id);
    else Object.assign(mapping, { roleId: roleId(dice.pick(ROLES)), teamId: null });
    return;
  }
  const user = users.get(personId(dice.pick(PEOPLE)));
  const team = [...teams.values()][dice.roll(Math.max(1, teams.size))];
  if (user && dice.happens(0.05)) user.disabled = !user.disabled;
  else if (user && (dice.happens(0.6) || !team)) {
    const role = roleId(dice.pick(ROLES));
    user.roleIds = user.roleIds.includes(role) ? user.roleIds.filter((id) => id !== role) : [...user.roleIds, role];
  } else if (user && team) {
    const isIn = team.members.some(({ userId }) => userId === user.id);
    team.members = isIn
      ? team.members.filter(({ userId }) => userId !== user.id)
      : [...team.members, { userId: user.id, admin: false }];
  }
}
