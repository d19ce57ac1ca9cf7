/** Answers that no documentation knows and that proxies, gateways and bad days give all the same. */

import type { HttpResponse } from "../../server/src/core/model/http.ts";
import { spoilValue } from "../../server/src/sandbox/http/wrongValue.ts";
import type { Dice } from "../campaign/dice.ts";

const JSON_HEADERS = { "content-type": "application/json" };
const LOGIN_PAGE = "<!doctype html><title>Sign in</title><form action=/login></form>";

/** Refusals in place of an answer, as the vendor, a gateway or a lock would word them. */
export function oddRefusal(dice: Dice): HttpResponse {
  const status = dice.pick([302, 400, 404, 404, 409, 410, 412, 418, 422, 423, 425, 451, 501, 507, 511]);
  const headers: HttpResponse["headers"] = status === 302 ? { location: "https://login.example/" } : {};
  return dice.happens(0.5)
    ? { status, headers: { ...headers, "content-type": "text/html" }, body: LOGIN_PAGE }
    : { status, headers: { ...headers, ...JSON_HEADERS }, body: JSON.stringify({ errors: ["Injected oddity"] }) };
}

/** An answer that says nothing: a sign-in page, nothing at all, half of it, something else. */
export function oddAnswer({ headers, body }: HttpResponse, dice: Dice): HttpResponse {
  return dice.pick<HttpResponse>([
    { status: 200, headers: { "content-type": "text/html" }, body: LOGIN_PAGE },
    { status: 204, headers: {}, body: "" },
    { status: 200, headers: JSON_HEADERS, body: "" },
    { status: 200, headers, body: body.slice(0, Math.floor(body.length / 2)) },
    { status: 200, headers: JSON_HEADERS, body: "{}" },
    { status: 200, headers: JSON_HEADERS, body: "null" },
    { status: 200, headers: JSON_HEADERS, body: '{"data":[],"meta":{}}' },
    { status: 200, headers: { "content-type": "Application/JSON ; Charset=UTF-8" }, body },
    { status: 409, headers: JSON_HEADERS, body: '{"errors":["Conflict"]}' },
  ]);
}

/** An answer with one value that is null, of another type or left out, or with one text, such as an id, that is another. */
export function oddValue(answer: HttpResponse, dice: Dice): HttpResponse {
  const json = parsed(answer.body);
  if (!json) return answer;
  if (dice.happens(0.3)) {
    const texts = [...answer.body.matchAll(/"[^"\\]+"(?!\s*:)/g)];
    const { index = 0, 0: text = "" } = texts[dice.roll(Math.max(1, texts.length))] ?? {};
    return { ...answer, body: `${answer.body.slice(0, index)}"another"${answer.body.slice(index + text.length)}` };
  }
  spoilValue(json, dice.roll(dice.happens(0.5) ? 60 : 1_000_000_000));
  return { ...answer, body: JSON.stringify(json) };
}

/** A list with rows missing, doubled or gone, or with a count that moved; the answer itself where it is no list. */
export function oddPage(answer: HttpResponse, dice: Dice): HttpResponse {
  const json = parsed(answer.body);
  const name = ["data", "Resources"].find((key) => Array.isArray(json?.[key]));
  if (!json || name === undefined) return answer;
  const rows = json[name] as unknown[];
  const changed = dice.pick([
    () => withTotals({ ...json, [name]: [] }, () => 0),
    () => ({ ...json, [name]: rows.slice(0, Math.floor(rows.length / 2)) }),
    () => ({ ...json, [name]: [...rows, ...rows.slice(0, 1)] }),
    () => withTotals(json, (total) => total + 1),
    () => withTotals(json, (total) => Math.max(0, total - 1)),
    () => withTotals(json, () => undefined),
  ])();
  return { ...answer, body: JSON.stringify(changed) };
}

/** The same answer with every stated total put through `change`. */
function withTotals(json: Record<string, unknown>, change: (total: number) => number | undefined) {
  const text = JSON.stringify(json, (key, value: unknown) =>
    /^total/.test(key) && typeof value === "number" ? change(value) : value,
  );
  return JSON.parse(text) as Record<string, unknown>;
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
