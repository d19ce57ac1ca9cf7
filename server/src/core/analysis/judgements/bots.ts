/** Which members of a group look like service accounts, by their logins. A guess, and worded as one. */

import type { Principal } from "../../model/directory.ts";
import { fitted } from "../../model/fitted.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { activeMembers } from "../grants.ts";
import { memo } from "../memo.ts";

/** Words that stand in logins of programs and in no names of people. */
const PROGRAM =
  /(^|[._-])(svc|srv|bot|robot|automation|service-?account|terraform|jenkins|cicd|noreply|no-reply|integration)s?([._-]|$)/;

export interface Kinds {
  readonly people: readonly Principal[];
  readonly programs: readonly Principal[];
}

/** The active members of a group, parted into people and what looks like a program. */
export function kindsOf(members: Knowledge<Principal>): Kinds {
  return memo(members, tellApart);
}

function tellApart(members: Knowledge<Principal>): Kinds {
  const active = activeMembers(members);
  const programs = active.filter(isProgram);
  return {
    people: programs.length === 0 ? active : active.filter((one) => !isProgram(one)),
    programs: fitted(programs),
  };
}

function isProgram({ login }: Principal): boolean {
  const [local = "", domain = ""] = login.split("@");
  return PROGRAM.test(local) || domain.endsWith(".gserviceaccount.com");
}
