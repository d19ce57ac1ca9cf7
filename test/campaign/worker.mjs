/** One share of a campaign in a thread of its own. */

import { parentPort, workerData } from "node:worker_threads";

const { run } = await import(workerData.module);
const result = await run(workerData.options, (line) => parentPort.postMessage({ line }));
parentPort.postMessage({ result });
