/** One long request: a notification with progress and Cancel for as long as the server works on it. */

import { type CancellationToken, type Progress, ProgressLocation, window } from "vscode";
import type { Server } from "./languageClient.ts";

/** Numbers the progress tokens: they must differ within one connection. */
let runs = 0;

/** Undefined when the person cancelled and the server had no result to give for it. */
export function askWithProgress<Result>(
  server: Server,
  title: string,
  method: string,
  params: object,
): Promise<Result | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    window.withProgress(options, (progress, token) => ask<Result>(server, method, params, progress, token)),
  );
}

async function ask<Result>(
  server: Server,
  method: string,
  params: object,
  progress: Progress<{ message?: string; increment?: number }>,
  token: CancellationToken,
): Promise<Result | undefined> {
  const workDoneToken = `accessmap-${++runs}`;
  let reached = 0;
  const subscription = server.onProgress(workDoneToken, ({ message, percentage = reached }) => {
    progress.report({ ...(message === undefined ? {} : { message }), increment: percentage - reached });
    reached = percentage;
  });
  try {
    return await server.request<Result>(method, { ...params, workDoneToken }, token);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    subscription.dispose();
  }
}
