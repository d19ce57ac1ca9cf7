/** Look-ups by id with the answers Datadog gives when there is nothing, as recordings show them. */

import type { DatadogOrganization, DatadogRole, DatadogTeam, DatadogUser, PermissionRecord } from "../company.ts";
import { VendorError } from "../http/vendorError.ts";
import { isUuid } from "../ids.ts";

/** Throws 404. */
export function findRole(organization: DatadogOrganization, id: string): DatadogRole {
  const role = organization.roles.get(id);
  if (!role) throw new VendorError(404, `${id} not found`);
  return role;
}

/** Throws 404. */
export function findUser(organization: DatadogOrganization, id: string): DatadogUser {
  const user = organization.users.get(id);
  if (!user) throw new VendorError(404, `${id} not found`);
  return user;
}

/** Throws 404, in other words where the id cannot be one. */
export function findTeam(organization: DatadogOrganization, id: string): DatadogTeam {
  if (!isUuid(id)) throw new VendorError(404, `${id} is not a valid UUID not found`);
  const team = organization.teams.get(id);
  if (!team) throw new VendorError(404, `Team for ID ${id} not found`);
  return team;
}

/** 2022-08: an id that no permission has gives "Invalid input ", with the blank at the end. */
export function findPermission(organization: DatadogOrganization, id: string | undefined): PermissionRecord {
  const permission = [...organization.permissions.values()].find((candidate) => candidate.id === id);
  if (!permission) throw new VendorError(400, "Invalid input ");
  return permission;
}

/** Admin, Standard and Read Only belong to Datadog. 2026-09 */
export function refuseManaged(role: DatadogRole): void {
  if (role.managed) throw new VendorError(400, `${role.name} is a managed role and cannot be changed`);
}
