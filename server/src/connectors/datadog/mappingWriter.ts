/** AuthN mappings, and the switches that say whether a login applies them. */

import type { AuthnMapping } from "../../core/model/target.ts";
import type { NewMapping, TargetWriter } from "../../core/sync/connector.ts";
import { toMapping } from "./convert.ts";
import { MAPPING_GONE } from "./quirks.ts";
import { acceptStatus, type Call, type Doors, expected, postSurely, wholeOf } from "./writing.ts";

type MappingWriter = Pick<
  TargetWriter,
  "readSwitches" | "readMappings" | "readMapping" | "createMapping" | "updateMapping" | "deleteMapping"
>;

/**
 * What a push does to AuthN mappings. Datadog numbers each that is created anew, so a lost answer is followed by a look
 * through the whole list before anything is sent again. Deleting one that is gone succeeds.
 */
export function mappingWriter(call: Call): MappingWriter {
  return {
    readSwitches: (context) => call(context, ({ reader }) => reader.readSwitches()),
    readMappings: (context) => call(context, list),
    readMapping: (id, context) =>
      call(context, async ({ api, system }) => {
        const found = await api.readMapping(id).catch(acceptStatus(MAPPING_GONE));
        return found ? expected(toMapping(found), system, "a mapping without its parts") : null;
      }),
    createMapping: (mapping, context) =>
      call(context, (doors) =>
        postSurely(doors, {
          look: async () => (await list(doors)).find((found) => isSame(found, mapping)) ?? null,
          post: async () =>
            expected(toMapping(await doors.api.createMapping(mapping)), doors.system, "a mapping without its parts"),
          isLooked: true,
        }),
      ),
    updateMapping: (id, mapping, context) => call(context, ({ api }) => api.updateMapping(id, mapping)),
    deleteMapping: (id, context) => call(context, ({ api }) => api.deleteMapping(id).catch(acceptStatus(MAPPING_GONE))),
  };
}

async function list({ reader }: Doors): Promise<readonly AuthnMapping[]> {
  return (await Promise.all([reader.readMappings("role"), reader.readMappings("team")])).flatMap(wholeOf);
}

function isSame(found: AuthnMapping, { key, value, grants }: NewMapping): boolean {
  return found.key === key && found.value === value && JSON.stringify(found.grants) === JSON.stringify(grants);
}
