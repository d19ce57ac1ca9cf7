/**
 * Sign-in to Microsoft Entra ID with an account of the editor. The session is the editor's: it keeps and renews the tokens.
 * An application of the user's own is needed, because the editor's may not ask for Graph's groups.
 */

import { type AuthenticationGetSessionOptions, l10n } from "vscode";
import type { Cloud } from "../../../server/src/core/model/project.ts";
import { graphOrigin } from "../../../server/src/http/clouds.ts";
import { Advice } from "../advice.ts";
import type { MicrosoftAccount } from "./credentials.ts";
import { describeMicrosoftError, isDismissed } from "./microsoftErrors.ts";

/** Which application asks which tenant. */
export type MicrosoftIdentity = Pick<MicrosoftAccount, "cloud" | "tenant" | "clientId">;

export type EditorToken =
  | { readonly ok: true; readonly token: string }
  /** `why` is a clause for people. */
  | { readonly ok: false; readonly why: string };

export interface MicrosoftSignIn {
  /** The token of an account that signed in before. Shows nothing, not even a badge. Never rejects. */
  findToken(account: MicrosoftAccount): Promise<EditorToken>;
  /**
   * Signs in; undefined when dismissed. A session that is there already is taken, unless `isAgain`. Rejects with an error
   * that says what to do.
   */
  ask(identity: MicrosoftIdentity, isAgain: boolean): Promise<MicrosoftAccount | undefined>;
}

/** The part of the editor's `authentication.getSession` that is used here. */
export type GetSession = (
  provider: string,
  scopes: readonly string[],
  options: AuthenticationGetSessionOptions,
) => PromiseLike<EditorSession | undefined>;

interface EditorSession {
  readonly accessToken: string;
  readonly account: { readonly id: string; readonly label: string };
}

/**
 * `findToken` never asks anybody; `ask` answers undefined when the person closed the question, and throws `Advice` when
 * Microsoft refused.
 */
export function createMicrosoftSignIn(getSession: GetSession): MicrosoftSignIn {
  const open = async (identity: MicrosoftIdentity, options: AuthenticationGetSessionOptions) =>
    getSession(providerOf(identity.cloud), scopesOf(identity), options);

  return {
    async findToken(known) {
      try {
        const session = await open(known, { silent: true, account: known.account });
        // Another account of the same person may see other groups, so none stands in for the one that signed in.
        if (session?.account.id === known.account.id) return { ok: true, token: session.accessToken };
        return { ok: false, why: `the sign-in of ${known.account.label} has ended in this editor` };
      } catch (error) {
        return { ok: false, why: describeMicrosoftError(error, known) };
      }
    },
    async ask(identity, isAgain) {
      try {
        const session = isAgain
          ? await open(identity, { forceNewSession: true, clearSessionPreference: true })
          : ((await open(identity, { silent: true })) ?? (await open(identity, { createIfNone: true })));
        if (!session) return undefined;
        const { id, label } = session.account;
        return { kind: "microsoft", ...identity, account: { id, label } };
      } catch (error) {
        if (isDismissed(error)) return undefined;
        throw new Advice(l10n.t("Not signed in: {0}.", describeMicrosoftError(error, identity)));
      }
    },
  };
}

/** The second one exists when the setting `microsoft-sovereign-cloud.environment` names a cloud. */
function providerOf(cloud: Cloud): string {
  return cloud === "public" ? "microsoft" : "microsoft-sovereign-cloud";
}

/** The first two are no scopes: they tell the editor's provider which application asks, and which tenant. */
function scopesOf({ cloud, tenant, clientId }: MicrosoftIdentity): readonly string[] {
  const graph = graphOrigin(cloud);
  return [
    `VSCODE_CLIENT_ID:${clientId}`,
    `VSCODE_TENANT:${tenant}`,
    `${graph}/GroupMember.Read.All`,
    `${graph}/User.Read.All`,
    "offline_access",
  ];
}
