/** What a failed Microsoft sign-in means here and what to do about it. Pure. */

import { l10n } from "vscode";
import { messageOf } from "../../../server/src/core/model/thrown.ts";
import type { MicrosoftIdentity } from "./microsoft.ts";

/**
 * The numbers Entra ID gives to a person's sign-in. Those of applications are in `http/tokens/entra.ts`.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes (2026-11)
 */
const ADVICE: Readonly<Record<string, (identity: MicrosoftIdentity) => string>> = {
  AADSTS65002: ({ clientId }) =>
    l10n.t(
      "application {0} belongs to Microsoft and may not ask for Graph's groups. Register an application of your own and put its id into the setting accessmap.entra.clientId",
      clientId,
    ),
  AADSTS65001: consent,
  AADSTS65004: () =>
    l10n.t("the permissions were declined. Sign in again and accept them, or use an application with a client secret"),
  AADSTS90094: consent,
  AADSTS90008: consent,
  AADSTS50011: ({ clientId }) =>
    l10n.t(
      "application {0} lacks the editor's redirect URIs. Add http://localhost and https://vscode.dev/redirect as a mobile and desktop application, and ms-appx-web://Microsoft.AAD.BrokerPlugin/{0} for Windows",
      clientId,
    ),
  AADSTS700016: ({ clientId, tenant }) =>
    l10n.t(
      "tenant {0} has no application {1}. Check the setting accessmap.entra.clientId, and `tenant` in accessmap.yaml",
      tenant,
      clientId,
    ),
  AADSTS7000218: ({ clientId }) =>
    l10n.t(
      "application {0} does not allow public client flows. Allow them under Authentication in its registration",
      clientId,
    ),
  AADSTS50020: ({ tenant }) => l10n.t("the account does not belong to tenant {0}. Sign in with one that does", tenant),
  AADSTS50105: ({ clientId }) =>
    l10n.t("the account is not assigned to application {0}. An administrator can assign it", clientId),
  AADSTS53003: () =>
    l10n.t("a conditional access policy forbids this sign-in. Ask an administrator, or use a device it accepts"),
  AADSTS90002: ({ tenant }) =>
    l10n.t("there is no tenant {0} in this cloud. Check `tenant` and `cloud` in accessmap.yaml", tenant),
};

function consent({ clientId }: MicrosoftIdentity): string {
  return l10n.t(
    "an administrator has not consented yet to GroupMember.Read.All and User.Read.All (delegated) of application {0}. Ask for it, then sign in again",
    clientId,
  );
}

/** A clause for people. The error's own text is not passed on: it names people and sessions. */
export function describeMicrosoftError(error: unknown, identity: MicrosoftIdentity): string {
  const text = messageOf(error);
  const number = /\bAADSTS\d{4,8}\b/.exec(text)?.[0];
  if (number !== undefined) {
    const advice = ADVICE[number]?.(identity);
    const refused = l10n.t("Microsoft refuses the sign-in ({0})", number);
    return advice === undefined ? refused : `${refused}: ${advice}`;
  }
  if (/authentication provider/i.test(text)) return describeMissing(identity);
  return l10n.t(
    "the sign-in with Microsoft did not work; the log of the editor's Microsoft Authentication extension says why",
  );
}

/** The person closed the browser page, the account picker or the editor's question. */
export function isDismissed(error: unknown): boolean {
  const text = messageOf(error);
  return !text.includes("AADSTS") && /\bcancel|did not consent to login/i.test(text);
}

function describeMissing({ cloud }: MicrosoftIdentity): string {
  return cloud === "public"
    ? l10n.t(
        "this editor has no Microsoft sign-in. Enable its Microsoft Authentication extension, or use an application with a client secret",
      )
    : l10n.t(
        'the editor\'s sign-in to the cloud "{0}" is switched off. Set microsoft-sovereign-cloud.environment in the user settings, or use an application with a client secret',
        cloud,
      );
}
