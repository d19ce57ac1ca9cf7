/** See rulePages.mjs. */
export function rulePages(root: string): Record<string, string>;

/** The fixture of a rule's page; undefined where it has none. */
export function exampleOf(root: string, id: string): string | undefined;
