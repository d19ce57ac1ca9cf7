/** Which project and organization a command means. */

import { failed } from "./guard.ts";
import type { Project } from "./projects.ts";
import type { Session } from "./session.ts";

export interface Chosen {
  readonly project: Project;
  readonly organization: string;
}

/** Fails with words that say what to name. */
export async function chooseOrganization(
  { projects }: Session,
  wanted: { readonly organization?: string | undefined; readonly folder?: string | undefined },
): Promise<Chosen> {
  await projects.whenOpen();
  const known = projects.all().flatMap((project): Chosen[] => {
    const organizations = project.workspace.snapshot().project?.content.organizations ?? new Map();
    return [...organizations.keys()].map((organization: string) => ({ project, organization }));
  });
  const matches = known.filter(
    ({ project, organization }) =>
      (wanted.organization === undefined || organization === wanted.organization) &&
      (wanted.folder === undefined || project.folder === wanted.folder),
  );
  const [only] = matches;
  if (only && matches.length === 1) return only;
  if (known.length === 0) throw failed("No accessmap.yaml here names an organization; `accessmap init` writes one");
  const names = [...new Set(known.map(({ organization }) => organization))].join(", ");
  if (matches.length === 0)
    throw failed(`No organization "${wanted.organization}" in accessmap.yaml; known are ${names}`);
  throw failed(
    wanted.organization === undefined
      ? `Name the organization: ${names}`
      : `Several projects name "${wanted.organization}"; name the folder: ${matches.map(({ project }) => project.folder).join(", ")}`,
  );
}
