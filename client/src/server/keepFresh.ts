/** Reads the live systems again without being asked: when the window gets the focus, after a sleep, and when a read failed. */

import { type Disposable, window, workspace } from "vscode";
import type { Projects } from "../projects.ts";
import { ageOfOldest } from "../status/freshness.ts";
import { createRetries } from "./retries.ts";

const TICK_MS = 5_000;
/** A clock that jumps so far between two ticks belongs to a machine that slept. */
const SLEEP_MS = 60_000;

/** `refresh` is told what made it necessary. Nothing is read while the window is in the background. */
export function keepFresh(projects: Projects, refresh: (cause: string) => void): Disposable {
  const retries = createRetries();
  let lookedAt = Date.now();

  /** 0 leaves everything to the person. */
  const minutes = () => workspace.getConfiguration("accessmap").get("refresh.minutes", 10);

  function refreshOld(cause: string): void {
    const age = ageOfOldest(projects.systems(), Date.now());
    if (minutes() > 0 && age !== undefined && age > minutes() * 60_000) refresh(cause);
  }

  function look(): void {
    const now = Date.now();
    const hasSlept = now - lookedAt > SLEEP_MS;
    lookedAt = now;
    if (!window.state.focused) return;
    if (hasSlept) refreshOld("wake");
    else if (minutes() > 0 && retries.isDue(projects.systems(), now)) refresh("retry");
  }

  const timer = setInterval(look, TICK_MS);
  const focus = window.onDidChangeWindowState(({ focused }) => {
    if (focused) refreshOld("focus");
  });
  return {
    dispose() {
      clearInterval(timer);
      focus.dispose();
    },
  };
}
