/** Which function answers what the access map asks. It is loaded with the first question: most windows never open one. */

import { guardCommand } from "./guard.ts";
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
  const handlers = () => import("./handlers/accessMap.ts");
  connection.onRequest(
    mapRequest,
    guardCommand<MapParams, MapResult>("The map", log, async (params) => (await handlers()).onMap(session, params)),
  );
  connection.onRequest(
    exportMapRequest,
    guardCommand<ExportMapParams, null>("Exporting the map", log, async (params) =>
      (await handlers()).onExportMap(session, params),
    ),
  );
}
