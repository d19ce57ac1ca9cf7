/** See rulePages.mjs. */
export function rulePages(root: string): Record<string, string>;
