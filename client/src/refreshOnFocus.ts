/** Reads the live systems again when the window gets the focus and what is known has become old. */

import { type Disposable, window, workspace } from "vscode";
import { ageOfOldest } from "./freshness.ts";
import type { Projects } from "./projects.ts";

/** `refresh` is called at most once for each time the window gets the focus. */
export function refreshOnFocus(projects: Projects, refresh: () => void): Disposable {
  return window.onDidChangeWindowState(({ focused }) => {
    const minutes = workspace.getConfiguration("accessmap").get("refresh.minutes", 10);
    const age = ageOfOldest(projects.systems(), Date.now());
    if (focused && minutes > 0 && age !== undefined && age > minutes * 60_000) refresh();
  });
}
