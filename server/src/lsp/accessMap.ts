/** Which function answers what the access map asks. */

import { guardCommand } from "./guard.ts";
import { onExportMap, onMap } from "./handlers/accessMap.ts";
import {
  type ExportMapParams,
  exportMapRequest,
  type MapParams,
  type MapResult,
  mapRequest,
} from "./protocol/accessMap.ts";
import type { Session } from "./session.ts";

export function registerAccessMap(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(
    mapRequest,
    guardCommand<MapParams, MapResult>("The map", log, (params) => onMap(session, params)),
  );
  connection.onRequest(
    exportMapRequest,
    guardCommand<ExportMapParams, null>("Exporting the map", log, (params) => onExportMap(session, params)),
  );
}
