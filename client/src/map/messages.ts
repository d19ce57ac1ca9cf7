/** What the page of the access map and the extension say to each other. */

import type { By, MapPlace, MapResult, MapView } from "../../../server/src/lsp/protocol/accessMap.ts";
import type { Target } from "../../../server/src/lsp/protocol/view.ts";

/** What the page shows: kept while it is hidden, and over a reload of the window. */
export interface MapState {
  readonly target: Target;
  readonly view: MapView;
  readonly by: By;
  /** By view: a name of a group is no person. */
  readonly filters: Readonly<Partial<Record<MapView, string>>>;
}

export type FromPage =
  | { readonly kind: "ask"; readonly id: number; readonly state: MapState }
  | { readonly kind: "open"; readonly place: MapPlace }
  | { readonly kind: "export"; readonly format: "svg" | "csv"; readonly state: MapState }
  | { readonly kind: "dryRun" };

export type ToPage =
  | { readonly kind: "map"; readonly id: number; readonly result: MapResult }
  /** Ask again: files or live data are other ones now. */
  | { readonly kind: "stale" }
  /** Somebody asked for this view. */
  | { readonly kind: "show"; readonly view: MapView };
