/** A line of a journal, checked value by value: a journal may have come with the repository, and undo takes it at its word. */

import { isChange } from "../render/planJson.ts";
import type { JournalEntry, StepResult } from "./journal.ts";

type Fields = Readonly<Record<string, unknown>>;

const RESULTS: readonly StepResult[] = ["done", "already", "failed", "unverified", "skipped"];

/** The entry, without what ties it to the line before; undefined for what `apply` never wrote. */
export function journalEntryFrom(line: string): JournalEntry | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isFields(raw) || !isEntry(raw)) return undefined;
  const { prev: _, ...entry } = raw;
  return entry as unknown as JournalEntry;
}

function isEntry(entry: Fields): boolean {
  if (!isString(entry.at) || Number.isNaN(Date.parse(entry.at)) || !isString(entry.text)) return false;
  switch (entry.event) {
    case "start":
      return (
        isString(entry.fingerprint) &&
        isCount(entry.steps) &&
        Array.isArray(entry.waivers) &&
        entry.waivers.every(isString) &&
        hasTexts(entry.organization, "name", "id", "site") &&
        (entry.actor === undefined || hasTexts(entry.actor, "id", "handle")) &&
        (entry.undoes === undefined || isString(entry.undoes))
      );
    case "resume":
      return true;
    case "intent":
      return isCount(entry.step) && isChange(entry.change);
    case "outcome":
      return isCount(entry.step) && RESULTS.some((result) => result === entry.result) && isString(entry.detail);
    case "end":
      return isString(entry.status);
    default:
      return false;
  }
}

function hasTexts(value: unknown, ...names: readonly string[]): boolean {
  return isFields(value) && names.every((name) => isString(value[name]));
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
