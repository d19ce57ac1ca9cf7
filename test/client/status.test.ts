/** What the status bar says, state by state. */

import { expect, test } from "vitest";
import { ageOfOldest, describeAge, describeSystem, describeUnread } from "../../client/src/status/freshness.ts";
import { viewStatus } from "../../client/src/status/statusView.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";

const NOW = Date.parse("2026-11-03T12:00:00Z");
const MOMENT = { trusted: true, drill: false, now: NOW, organizations: "prod" };

function system(name: string, more: Partial<SystemStatus> = {}): SystemStatus {
  const isDirectory = name === "okta";
  return {
    name,
    kind: isDirectory ? "directory" : "organization",
    vendor: isDirectory ? "okta" : "datadog",
    origin: isDirectory ? "https://acme.okta.com" : "https://api.datadoghq.eu",
    state: "fresh",
    asOf: "2026-11-03T11:56:30Z",
    summary: "45 groups",
    ...more,
  };
}

const denied = { kind: "denied", system: "okta", message: "okta does not accept the token (401)" } as const;
const signedOut = { kind: "not-configured", system: "okta", message: "not signed in to okta" } as const;

test("whoever asks for a read is told what could not be read, and only that", () => {
  const fine = system("prod", {});
  expect(describeUnread([fine])).toBeUndefined();
  expect(describeUnread([fine, system("okta", { failure: signedOut })])).toEqual({
    text: "Not signed in to okta.",
    signInHelps: true,
  });
  expect(describeUnread([system("okta", { failure: signedOut })])?.text).toBe(
    "Not signed in to okta. Only the files are checked.",
  );
  const both = [system("okta", { failure: signedOut }), system("prod", { failure: denied })];
  expect(describeUnread(both)).toEqual({ text: `Not checked: okta, prod. ${denied.message}.`, signInHelps: false });
});

test.each([
  ["all read", [system("okta"), system("prod")], MOMENT, "$(organization) prod: read 3 min ago", false],
  [
    "a drill",
    [system("okta"), system("prod")],
    { ...MOMENT, drill: true },
    "$(organization) prod: sandbox, read 3 min ago",
    false,
  ],
  [
    "one of two chosen",
    [system("prod"), system("stage")],
    { ...MOMENT, organizations: "stage" },
    "$(organization) stage: read 3 min ago",
    false,
  ],
  ["reading", [system("okta", { state: "reading" }), system("prod")], MOMENT, "$(sync~spin) prod: reading", false],
  [
    "denied",
    [system("okta", { state: "failed", failure: denied }), system("prod")],
    MOMENT,
    "$(warning) accessmap: okta not checked",
    true,
  ],
  [
    "signed out",
    [system("okta", { state: "never", failure: signedOut }), system("prod")],
    MOMENT,
    "$(key) accessmap: sign in to okta",
    false,
  ],
  [
    "not trusted",
    [system("okta", { state: "failed", failure: denied })],
    { ...MOMENT, trusted: false },
    "$(shield) accessmap: not trusted, files only",
    false,
  ],
] as const)("%s", (_, systems, moment, text, isWarning) => {
  expect(viewStatus(systems, moment)).toMatchObject({ text, isWarning });
});

test("every vendor is offered a sign-in; without an origin there is nothing to bind a credential to", () => {
  const google = system("hr", { kind: "directory", vendor: "google", state: "failed", failure: signedOut });
  expect(viewStatus([google, system("prod")], MOMENT)?.text).toBe("$(key) accessmap: sign in to hr");
  const nowhere = { ...google, origin: "" };
  expect(viewStatus([nowhere, system("prod")], MOMENT)?.text).toBe("$(warning) accessmap: hr not checked");
});

test("a window without systems says nothing", () => {
  expect(viewStatus([], MOMENT)).toBeUndefined();
});

test("what was never read is not summed up as nothing", () => {
  const { asOf: _, ...never } = system("okta", { state: "reading", summary: "0 groups" });
  expect(describeSystem(never, NOW)).toBe("being read");
  expect(describeSystem({ ...never, state: "never" }, NOW)).toBe("not read yet");
});

test("a failure says that nothing was checked, and a missing sign-in only what to do", () => {
  expect(describeSystem(system("okta", { failure: denied }), NOW)).toBe(`not checked: ${denied.message}`);
  expect(describeSystem(system("okta", { failure: signedOut }), NOW)).toBe(signedOut.message);
});

test.each([
  ["2026-11-03T11:59:30Z", "just now"],
  ["2026-11-03T12:00:20Z", "just now"],
  ["2026-11-03T11:01:00Z", "59 min ago"],
  ["2026-11-02T13:00:00Z", "23 h ago"],
  ["2026-10-31T12:00:00Z", "3 days ago"],
])("age of %s", (asOf, words) => {
  expect(describeAge(asOf, NOW)).toBe(words);
});

test("the age of what was never read is unknown, so nothing is read again because of it", () => {
  expect(ageOfOldest([system("okta"), system("prod", { asOf: "2026-11-03T11:00:00Z" })], NOW)).toBe(3_600_000);
  const { asOf: _, ...never } = system("prod");
  expect(ageOfOldest([system("okta"), never], NOW)).toBeUndefined();
  expect(ageOfOldest([], NOW)).toBeUndefined();
});
