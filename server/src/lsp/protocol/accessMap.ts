/** What the access map asks of the server, and the words that both sides use for it. */

import type { HeatMap, PlanMap } from "../../core/features/map/accessMap.ts";
import type { By } from "../../core/features/map/classes.ts";
import { requestNamed } from "./request.ts";

export type {
  HeatMap,
  MapCell,
  MapColumn,
  MapPlace,
  MapRow,
  PlanMap,
  PlanMapRow,
} from "../../core/features/map/accessMap.ts";
export type { By } from "../../core/features/map/classes.ts";
export { changeText } from "../../core/features/map/planWords.ts";
export {
  cellText,
  cutText,
  mapCountText as peopleText,
  NOT_CHECKED,
  peopleIn,
  peopleSign,
} from "../../core/features/map/words.ts";

/** Client to server: one view of the access map, from what is known now. */
export const mapRequest = requestNamed<MapParams, MapResult>("accessmap/map");
export interface MapParams {
  readonly organization: string;
  readonly folder: string;
  readonly view: MapView;
  readonly by: By;
  /** Words that names must have; for `person` a login or address. */
  readonly filter: string;
  /** The plan of the view `plan`; the one shown last without it. */
  readonly fingerprint?: string;
}
export type MapView = "groups" | "flow" | "person" | "plan";

export interface MapResult {
  /** What it is of, and how old, in a sentence. */
  readonly about: string;
  readonly heat?: HeatMap;
  readonly flow?: FlowPicture;
  readonly plan?: PlanMap;
  /** People whose names have the words of the filter, for the view `person`. */
  readonly people?: readonly string[];
  /** Why there is nothing to show. */
  readonly problem?: string;
}
export interface FlowPicture {
  readonly title: string;
  /** For a page: nodes can be reached with the keyboard and carry `data-file` and `data-line`. */
  readonly svg: string;
  readonly left: string | undefined;
  readonly gaps: readonly string[];
}

/** Client to server: writes one view as a file. Answers null. */
export const exportMapRequest = requestNamed<ExportMapParams, null>("accessmap/exportMap");
export interface ExportMapParams extends MapParams {
  readonly format: "svg" | "csv";
  /** Absolute path. */
  readonly path: string;
}
