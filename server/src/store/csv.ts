/** Tables as CSV that spreadsheets open safely, and back. */

// csv-parse, csv-stringify: RFC 4180 both ways, quoting and byte order marks included; 20 KB together.
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { printable } from "../core/model/printable.ts";
import { messageOf } from "../core/model/thrown.ts";

/** All rows have as many cells as there are columns. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * What a spreadsheet would calculate, in wide letters too, is a name that somebody chose: an apostrophe stands before it, at
 * the start of a cell and after a semicolon, where a cell begins for spreadsheets of the countries that separate by it.
 */
const CALCULATED = /(?<=^|;)(?='*[=+\-@\t\r＝＋－＠])/g;
const GUARDED = /(?<=^|;)'(?='*[=+\-@\t\r＝＋－＠])/g;

/** RFC 4180 with a header, `\r\n` line ends and a byte order mark, without which Excel guesses the encoding. */
export function toCsv({ columns, rows }: Table): string {
  const safe = rows.map((row) => row.map((cell) => printable(cell).replaceAll(CALCULATED, "'")));
  return stringify([columns, ...safe], { bom: true, record_delimiter: "\r\n" } as object);
}

/** The rows of a CSV file with a header, each by column; guards are taken off. Or why it is none, for people. */
export function fromCsv(whole: string): readonly ReadonlyMap<string, string>[] | { readonly problem: string } {
  // Some spreadsheets tell each other what separates cells, in a line of its own.
  const text = whole.replace(/^\ufeff?sep=.\r?\n/, "");
  try {
    const rows = parse(text, { bom: true, delimiter: delimiterOf(text), skip_empty_lines: true }) as string[][];
    const [columns = [], ...cells] = rows;
    return cells.map((row) => new Map(columns.map((column, at) => [column, (row[at] ?? "").replaceAll(GUARDED, "")])));
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

/** Spreadsheets of some countries save with semicolons: what separates the names of the columns separates all. */
function delimiterOf(text: string): string {
  const [header = ""] = text.replaceAll(/"(?:[^"]|"")*"/g, "").split(/[\r\n]/, 1);
  const countOf = (delimiter: string) => header.split(delimiter).length;
  const [most = ","] = [",", ";", "\t"].sort((a, b) => countOf(b) - countOf(a));
  return most;
}
