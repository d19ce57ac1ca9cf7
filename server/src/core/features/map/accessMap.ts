/** An access map as plain data, for whoever draws it. What was not checked says so and is no number. */

import type { Sensitivity } from "../../model/target.ts";
import type { By } from "./classes.ts";

/** How many people: `least` when there may be more, `most` when the directory's own count is all that is known. */
export type MapCount =
  | { readonly state: "exact" | "least" | "most"; readonly people: number }
  | { readonly state: "unknown"; readonly why: string };

/** A line of a file, from 1. */
export interface MapPlace {
  readonly file: string;
  readonly line: number;
}

export interface MapColumn {
  readonly key: string;
  readonly label: string;
  readonly worst: Sensitivity;
  /** Everybody with something of this class, each once, whatever it comes through. */
  readonly everybody: MapCount;
}

/** What a group gives of one class to each of its people. */
export type MapCell =
  | {
      readonly gives: "something";
      readonly permissions: number;
      readonly worst: Sensitivity;
      /** The most sensitive ones by name; the rest is counted by `permissions`. */
      readonly names: readonly string[];
      /** Where it is not all the people of the row. */
      readonly people?: number;
      readonly place?: MapPlace;
    }
  | { readonly gives: "nothing" }
  | { readonly gives: "unknown"; readonly why: string };

export interface MapRow {
  /** Of the group in the engine; `outside` for what the files do not give. */
  readonly key: string;
  readonly name: string;
  /** What is wrong with the group, e.g. that its directory does not have it. */
  readonly note?: string;
  readonly people: MapCount;
  /** One for each column. */
  readonly cells: readonly MapCell[];
  readonly place?: MapPlace;
}

/** Groups × classes. */
export interface HeatMap {
  readonly by: By;
  readonly columns: readonly MapColumn[];
  /** The most sensitive first. */
  readonly rows: readonly MapRow[];
  /** Rows that match and are not among `rows`, because there are too many. */
  readonly cut: number;
  /** Rows that the filter left out. */
  readonly filtered: number;
  /** Product areas that are no columns because nobody holds anything of them. */
  readonly unheld: number;
  /** Why there may be more than the map shows. */
  readonly gaps: readonly string[];
}

/** A group, role, team or class in a flow. */
export interface FlowNode {
  readonly key: string;
  readonly kind: "group" | "role" | "team" | "class";
  readonly name: string;
  /** How bad it can be; absent for what gives no permission that is known. */
  readonly worst?: Sensitivity;
  readonly people?: MapCount;
  readonly note?: string;
  readonly place?: MapPlace;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly worst?: Sensitivity;
  /** Permissions of the class that the role gives, by name; for links to a class alone. */
  readonly permissions?: readonly string[];
  /** For links from a group. */
  readonly place?: MapPlace;
}

/** Group → role or team → class. */
export interface AccessFlow {
  readonly by: By;
  readonly title: string;
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
  readonly cut: number;
  readonly filtered: number;
  readonly gaps: readonly string[];
}

/** Before and after a plan. */
export interface PlanMap {
  readonly by: By;
  readonly title: string;
  readonly rows: readonly PlanMapRow[];
  readonly gaps: readonly string[];
}

export interface PlanMapRow {
  readonly kind: "class" | "role" | "team";
  readonly name: string;
  readonly worst?: Sensitivity;
  /** People; absent where they were not checked. */
  readonly before?: number;
  readonly after?: number;
  readonly gain: number;
  readonly loss: number;
  readonly place?: MapPlace;
}
