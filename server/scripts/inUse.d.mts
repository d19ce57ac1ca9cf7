/** See inUse.mjs. */
export function lockOf(root: string): string;
export function isInUse(root: string): boolean;
