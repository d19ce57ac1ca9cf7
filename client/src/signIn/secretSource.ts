/** Answers the transport's question for a secret from what people signed in with, and never asks a person anything. */

import { graphOrigin } from "../../../server/src/http/clouds.ts";
import { refused } from "../../../server/src/http/origins.ts";
import type { SecretAnswer, SecretSource } from "../../../server/src/http/secrets.ts";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";
import { type Binding, bindingOf, describeBinding, type MicrosoftAccount } from "./credentials.ts";
import type { MicrosoftSignIn } from "./microsoft.ts";
import type { SecretStore } from "./secretStore.ts";

export interface Keepers {
  readonly store: SecretStore;
  readonly microsoft: MicrosoftSignIn;
}

/** Secrets for one request to `origin`. `systems`: those the request's connection may mean. */
export function storedSecrets(keepers: Keepers, origin: string, systems: readonly SystemStatus[]): SecretSource {
  return {
    async findSecret(credential) {
      const { connection } = credential;
      const bindings = bindingsAt(origin, systems);
      const [binding = { origin }, ...others] = bindings;
      // A request says only the connection's name, so two tenants of one name could be taken for each other.
      if (others.length > 0)
        return {
          ok: false,
          why: refused(
            connection,
            `this window knows ${connection} as ${bindings.map(describeBinding).join(" and as ")}; give one of them another name`,
          ),
        };
      try {
        const secret = await keepers.store.find(credential, binding);
        if (!secret) return notSignedIn(connection, `not signed in to ${connection}, ${describeBinding(binding)}`);
        if (secret.kind !== "microsoft") return { ok: true, secret: { ...secret, origin } };
        return await fromEditor(keepers.microsoft, connection, secret);
      } catch {
        // The text of an unforeseen error may quote what was stored, so it is not passed on.
        return notSignedIn(connection, `the credential of ${connection} cannot be read`);
      }
    },
  };
}

/** The distinct bindings that the systems have at an origin. */
function bindingsAt(origin: string, systems: readonly SystemStatus[]): readonly Binding[] {
  const bindings = systems.map(bindingOf).filter((binding) => binding.origin === origin);
  return [...new Map(bindings.map((binding) => [binding.realm, binding])).values()];
}

/** A token of the editor's own session. It is for the Graph of its cloud, whatever it is asked for. */
async function fromEditor(
  microsoft: MicrosoftSignIn,
  connection: string,
  account: MicrosoftAccount,
): Promise<SecretAnswer> {
  const answer = await microsoft.findToken(account);
  if (!answer.ok) return notSignedIn(connection, `${connection}: ${answer.why}`);
  return { ok: true, secret: { kind: "token", token: answer.token, origin: graphOrigin(account.cloud) } };
}

function notSignedIn(system: string, what: string): SecretAnswer {
  return { ok: false, why: { kind: "not-configured", system, message: `${what}; run "accessmap: Sign In"` } };
}
