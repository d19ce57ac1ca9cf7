/** Keys, tokens and secrets of every system of the project that were wholly listed: what rules about them look at. */

import { isComplete, type Knowledge } from "../../model/knowledge.ts";
import type { Span } from "../../model/text.ts";
import type { Instant } from "../../model/time.ts";
import type { World } from "../world.ts";
import type { AgingCredential } from "./credentialAges.ts";

export interface IssuedCredential extends AgingCredential {
  readonly name: string;
  /** The application or service account that it proves, in a directory. */
  readonly application?: string;
}

export interface CredentialLists {
  /** As accessmap.yaml names the system, and where. */
  readonly name: string;
  readonly span: Span;
  readonly asOf: Instant;
  readonly lists: readonly (readonly IssuedCredential[])[];
}

/**
 * Of each system that was asked for its credentials, every list that was read whole; a list that was not is an empty one.
 */
export function credentialListsOf({ project, targets, directories }: World): readonly CredentialLists[] {
  const content = project?.content;
  const organizations = [...(content?.organizations.values() ?? [])].flatMap(({ name, span }) => {
    const credentials = targets.get(name)?.credentials;
    if (!credentials) return [];
    const { askedAt: asOf, apiKeys, applicationKeys, tokens } = credentials;
    return [{ name, span, asOf, lists: [apiKeys, applicationKeys, tokens].map(listed) }];
  });
  const sources = [...(content?.directories.values() ?? [])].flatMap(({ name, span }) => {
    const credentials = directories.get(name)?.credentials;
    return credentials
      ? [{ name, span, asOf: credentials.askedAt, lists: [...credentials.lists.values()].map(listed) }]
      : [];
  });
  return [...organizations, ...sources];
}

function listed<T>(keys: Knowledge<T>): readonly T[] {
  return isComplete(keys) ? [...keys.items.values()] : [];
}
