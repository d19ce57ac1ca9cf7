/** Finds and reads Terraform files for an import: bounded in number and size, and never through a link to a folder. */

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { TerraformFile } from "../core/adopt/terraform/resources.ts";
import { EXIT, Exit } from "./support/exit.ts";

/** Configuration is kilobytes; a state of everything a company has may be larger. Beyond this it is a mistake or an attack. */
const LARGEST_FILE = 64 * 1024 * 1024;
const MOST_FILES = 2000;

const TERRAFORM = /\.(tf|tf\.json|tfstate)$/;

/** The file, or the Terraform files in and below the folder. Ends the command where there are none. */
export async function readTerraformFiles(path: string): Promise<readonly TerraformFile[]> {
  const from = resolve(path);
  const found = await stat(from).catch(() => {
    throw new Exit(EXIT.usage, `${path} does not exist or cannot be read`);
  });
  if (!found.isDirectory()) return [await read(from, basename(from))];
  const files: string[] = [];
  const folders = [from];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
        folders.push(join(folder, entry.name));
      else if (entry.isFile() && TERRAFORM.test(entry.name)) files.push(join(folder, entry.name));
    }
    if (files.length > MOST_FILES) throw new Exit(EXIT.usage, `${path} holds more than ${MOST_FILES} Terraform files`);
  }
  if (files.length === 0)
    throw new Exit(EXIT.usage, `There is no Terraform file (*.tf, *.tf.json, *.tfstate) in ${path}`);
  return Promise.all(files.sort().map((file) => read(file, relative(from, file))));
}

async function read(path: string, name: string): Promise<TerraformFile> {
  const { size } = await stat(path);
  if (size > LARGEST_FILE)
    throw new Exit(EXIT.usage, `${path} is larger than ${LARGEST_FILE / 1024 / 1024} MB and was not read`);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Exit(EXIT.usage, `${path} cannot be read (${error.code ?? error.message})`);
  });
  return { file: name.replaceAll("\\", "/"), folder: dirname(path), text };
}
