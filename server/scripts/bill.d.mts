/** Writes `sbom.cdx.json` and `THIRD-PARTY-NOTICES.txt` into `out`. `inputs` are paths of bundled files, below `root`. */
export function writeBill(root: string, out: string, inputs: Iterable<string>): void;
