/** Entry of the sandbox alone, as the extension starts it: its package holds nothing of the command line besides. */

import { parseArgs } from "node:util";
import { sandbox } from "./sandbox.ts";
import { openTerminal } from "./support/terminal.ts";

const { values } = parseArgs({ options: { json: { type: "boolean" }, "write-sample": { type: "string" } } });
const { json = false, "write-sample": writeSample } = values;
process.exitCode = await sandbox({ json, ...(writeSample === undefined ? {} : { writeSample }) }, openTerminal());
