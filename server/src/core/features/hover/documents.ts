/** Hover on what the files and the catalogue know by themselves: keys, permissions, bundles and dates. */

import { baselineOf, findPermission, permissionNames } from "../../analysis/effective.ts";
import { resolvedMappings } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import { bundleOf } from "../../analysis/world.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";
import { dayOf, daysBetween, parseDay } from "../../model/time.ts";
import type { Schema } from "../../syntax/schema.ts";
import { code, codes, prose } from "../support/markdown.ts";

/** What a key of the format is for, in the words of its schema. */
export function describeKey(name: string, schema: Schema | undefined): string | undefined {
  if (!schema?.description) return undefined;
  const choices = schema.enum ? `\n\nOne of ${codes(schema.enum, 12)}.` : "";
  return `**${prose(name)}**\n\n${schema.description}${choices}`;
}

/** A permission with its sensitivity, and what it includes and needs. */
export function documentPermission(target: TargetInventory | undefined, name: string): string {
  const { displayName, sensitivity, type, group, summary, reason, requires, implies, deprecated, catalogued } =
    findPermission(target, name);
  const words = [summary, reason].flatMap((sentence) => (sentence === undefined ? [] : [prose(sentence)]));
  const facts = [
    ...(catalogued ? [] : ["Not in the catalogue: its sensitivity is judged by its name and type."]),
    ...(deprecated ? ["Retired: roles should no longer use it."] : []),
    ...(requires.length > 0 ? [`Needs ${codes(requires)}.`] : []),
    ...(implies.length > 0 ? [`Includes ${codes(implies)}.`] : []),
    ...(target && baselineOf(target).has(name) ? ["Everybody or the Datadog Read Only Role has it."] : []),
  ];
  const title = displayName === name ? "" : `, ${prose(displayName)}`;
  return [
    `**Permission** ${code(name)}${title}`,
    `Sensitivity **${sensitivity}**, ${type === "other" ? "neither read nor write" : type}, ${prose(group)}`,
    ...words,
    facts.join(" "),
    carriers(target, name),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What a bundle holds, and how often it is used. */
export function describeBundle(snapshot: Snapshot, name: string): string {
  const bundle = bundleOf(snapshot, name);
  if (!bundle) return `**Bundle** ${code(name)}\n\nNo file of this project defines it.`;
  const uses = resolvedMappings(snapshot).filter(({ mapping }) => mapping.bundles.some((used) => used.value === name));
  const content = [
    ...(bundle.roles.length > 0 ? [`Roles ${codes(bundle.roles.map((role) => role.name ?? role.id ?? ""))}.`] : []),
    ...(bundle.teams.length > 0 ? [`Teams ${codes(bundle.teams.map((team) => team.value))}.`] : []),
  ];
  return [
    `**Bundle** ${code(name)} of ${code(bundle.source.file)}`,
    content.join(" ") || "Holds nothing.",
    `Used by ${countOf(uses.length, "mapping")}.`,
  ].join("\n\n");
}

/** How far a day lies ahead or back; undefined for a text that is no day. */
export function describeDate(snapshot: Snapshot, text: string): string | undefined {
  const day = parseDay(text);
  if (!day) return undefined;
  const left = daysBetween(dayOf(snapshot.now), day);
  const words =
    left < 0 ? `Ended ${countOf(-left, "day")} ago` : left === 0 ? "Ends today" : `${countOf(left, "day")} left`;
  return `**${day}**, the last day it holds, in UTC\n\n${words}.`;
}

function carriers(target: TargetInventory | undefined, name: string): string {
  if (!target || target.roles.state === "unknown") return "";
  const roles = [...itemsOf(target.roles).values()].filter((role) => permissionNames(target, role).has(name));
  return roles.length === 0 ? "No role carries it." : `Carried by ${codes(roles.map((role) => role.name))}.`;
}
