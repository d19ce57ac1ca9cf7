/** What a failed Microsoft sign-in means here and what to do about it. Pure. */

import type { MicrosoftIdentity } from "./microsoft.ts";

/**
 * The numbers Entra ID gives to a person's sign-in. Those of applications are in `http/tokens/entra.ts`.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes (2026-11)
 */
const ADVICE: Readonly<Record<string, (identity: MicrosoftIdentity) => string>> = {
  AADSTS65002: ({ clientId }) =>
    `application ${clientId} belongs to Microsoft and may not ask for Graph's groups. Register an application of your own and put its id into the setting accessmap.entra.clientId`,
  AADSTS65001: consent,
  AADSTS65004: () =>
    "the permissions were declined. Sign in again and accept them, or use an application with a client secret",
  AADSTS90094: consent,
  AADSTS90008: consent,
  AADSTS50011: ({ clientId }) =>
    `application ${clientId} lacks the editor's redirect URIs. Add http://localhost and https://vscode.dev/redirect as a mobile and desktop application, and ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId} for Windows`,
  AADSTS700016: ({ clientId, tenant }) =>
    `tenant ${tenant} has no application ${clientId}. Check the setting accessmap.entra.clientId, and \`tenant\` in accessmap.yaml`,
  AADSTS7000218: ({ clientId }) =>
    `application ${clientId} does not allow public client flows. Allow them under Authentication in its registration`,
  AADSTS50020: ({ tenant }) => `the account does not belong to tenant ${tenant}. Sign in with one that does`,
  AADSTS50105: ({ clientId }) =>
    `the account is not assigned to application ${clientId}. An administrator can assign it`,
  AADSTS53003: () =>
    "a conditional access policy forbids this sign-in. Ask an administrator, or use a device it accepts",
  AADSTS90002: ({ tenant }) =>
    `there is no tenant ${tenant} in this cloud. Check \`tenant\` and \`cloud\` in accessmap.yaml`,
};

function consent({ clientId }: MicrosoftIdentity): string {
  return `an administrator has not consented yet to GroupMember.Read.All and User.Read.All (delegated) of application ${clientId}. Ask for it, then sign in again`;
}

/** A clause for people. The error's own text is not passed on: it names people and sessions. */
export function describeMicrosoftError(error: unknown, identity: MicrosoftIdentity): string {
  const text = textOf(error);
  const number = /\bAADSTS\d{4,8}\b/.exec(text)?.[0];
  if (number !== undefined) {
    const advice = ADVICE[number]?.(identity);
    return `Microsoft refuses the sign-in (${number})${advice === undefined ? "" : `: ${advice}`}`;
  }
  if (/authentication provider/i.test(text)) return describeMissing(identity);
  return "the sign-in with Microsoft did not work; the log of the editor's Microsoft Authentication extension says why";
}

/** The person closed the browser page, the account picker or the editor's question. */
export function isDismissed(error: unknown): boolean {
  const text = textOf(error);
  return !text.includes("AADSTS") && /\bcancel|did not consent to login/i.test(text);
}

function describeMissing({ cloud }: MicrosoftIdentity): string {
  return cloud === "public"
    ? "this editor has no Microsoft sign-in. Enable its Microsoft Authentication extension, or use an application with a client secret"
    : `the editor's sign-in to the cloud "${cloud}" is switched off. Set microsoft-sovereign-cloud.environment in the user settings, or use an application with a client secret`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
