/** The applying side of a large push, in a thread that may be ended at any moment. */

import { parentPort, workerData } from "node:worker_threads";

const { work } = await import(workerData.module);
await work(workerData, parentPort);
process.exit(0);
