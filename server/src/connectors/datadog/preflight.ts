/** Who the keys are and where they belong: asked before anything else, so that keys of another place cost one or two requests. */

import { type Fact, type Failure, unknown } from "../../core/model/knowledge.ts";
import { type OrganizationConfig, SITES } from "../../core/model/project.ts";
import type { Actor } from "../../core/model/target.ts";
import { toFailure } from "../../http/failures.ts";
import { refused } from "../../http/origins.ts";
import type { UserResponse } from "./api.ts";
import { toActor } from "./convert.ts";
import { KEY_CHECK } from "./quirks.ts";
import type { Reader } from "./reader.ts";

export interface Preflight {
  readonly actor: Fact<Actor>;
  /** The current user's answer, which explains permissions besides. */
  readonly self?: UserResponse;
  /** Why nothing else is asked. */
  readonly stop?: Failure;
}

/** The current user needs no permission, so it tells bad keys from weak ones. */
export async function preflight(config: OrganizationConfig, reader: Reader, asOf: string): Promise<Preflight> {
  try {
    const self = await reader.api.readCurrentUser();
    const actor = toActor(self);
    if (!actor) return { actor: unknown(anonymous(config.name)), self };
    const wrong = findWrongOrganization(config, actor);
    return { actor: { state: "known", value: actor, asOf }, self, ...(wrong && { stop: wrong }) };
  } catch (error) {
    const why = toFailure(error, config.name);
    if (await isForeignKey(reader, why)) return stopped(describeSite(config, why));
    return isFinal(why) ? stopped(why) : { actor: unknown(why) };
  }
}

function stopped(why: Failure): Preflight {
  return { actor: unknown(why), stop: why };
}

/** A 401 is about the API key. A 403 may be a narrow application key, so the API key is asked for by itself. */
async function isForeignKey(reader: Reader, why: Failure): Promise<boolean> {
  if (why.status === 401) return true;
  if (why.status !== 403) return false;
  try {
    await reader.get(KEY_CHECK, "a valid API key");
    return false;
  } catch (error) {
    return toFailure(error, reader.system).kind === "denied";
  }
}

/** Keys are sent to one site only; which of the others they belong to is for people to say. */
function describeSite({ name, site }: OrganizationConfig, why: Failure): Failure {
  const others = SITES.filter((other) => other !== site.value).join(", ");
  const message = `${site.value} does not know the Datadog keys of ${name} (${why.status}): they are mistyped, revoked or only seconds old, or belong to another site. The site is the address Datadog is opened at; if it is one of ${others}, correct it in accessmap.yaml and enter the keys for it`;
  return { ...why, message };
}

/** Reading another organization than the files mean would make every finding wrong, so nothing of it is taken. */
function findWrongOrganization(config: OrganizationConfig, actor: Actor): Failure | undefined {
  const expected = config.id?.value;
  if (expected === undefined || expected.toLowerCase() === actor.organizationId.toLowerCase()) return undefined;
  return refused(
    config.name,
    `the keys for ${config.name} belong to the organization "${actor.organizationName}" (${actor.organizationId}), but accessmap.yaml names ${expected}; use other keys or correct the id`,
  );
}

function anonymous(system: string): Failure {
  return { kind: "malformed", system, message: `${system} did not say which user and organization the keys belong to` };
}

/** After these every other request would fail alike. A 403 may be a narrow key that can still read other parts. */
function isFinal(why: Failure): boolean {
  const kinds: readonly Failure["kind"][] = ["not-configured", "refused", "cancelled", "unreachable", "throttled"];
  return kinds.includes(why.kind);
}
