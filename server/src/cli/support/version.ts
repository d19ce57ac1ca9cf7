/** The version of this build, from the manifest. */

import manifest from "../../../../package.json" with { type: "json" };

export const VERSION: string = manifest.version;
