/** One long request: a notification with progress and Cancel for as long as the server works on it. */

import { type CancellationToken, type Progress, ProgressLocation, window } from "vscode";
import type { LongWork, Request } from "../../../server/src/lsp/protocol/request.ts";
import type { Server } from "./languageClient.ts";

/** Numbers the progress tokens: they must differ within one connection. */
let runs = 0;

/** Undefined when the person cancelled and the server had no result to give for it. */
export function askWithProgress<Params extends LongWork, Result>(
  server: Server,
  title: string,
  request: Request<Params, Result>,
  params: Params,
): Promise<Result | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    window.withProgress(options, (progress, token) => ask(server, request, params, progress, token)),
  );
}

async function ask<Params extends LongWork, Result>(
  server: Server,
  request: Request<Params, Result>,
  params: Params,
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
    return await server.request(request, { ...params, workDoneToken }, token);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    subscription.dispose();
  }
}
