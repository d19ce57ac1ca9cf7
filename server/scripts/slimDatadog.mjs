/** esbuild plugin: keeps of the official Datadog client only the calls our sources name, and the types those calls reach. */

// The client (1.64.0, 2026-08) loads some 6,200 models through one ObjectSerializer, whatever is used: 4.5 MB minified
// and a third of a second. Its files are generated and regular, so they are cut as text: methods by their indentation,
// types by the string literals that name them. What is cut wrongly shows in test/connectors/slim.test.ts, which compares
// the slim client with the whole one.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const API = /[\\/]datadog-api-client-v2[\\/]apis[\\/]\w+Api\.js$/;
const SERIALIZER = /[\\/]datadog-api-client-v2[\\/]models[\\/]ObjectSerializer\.js$/;
const CONFIGURATION = /[\\/]datadog-api-client-common[\\/]configuration\.js$/;
const LOGGER = /[\\/]dist[\\/]logger\.js$/;
const FETCH_LIBRARY = /[\\/]http[\\/]isomorphic-fetch\.js$/;

/** The plugin. It works for any entry that imports API classes of the v2 client by their deep paths. */
export function slimDatadog() {
  return {
    name: "slim-datadog",
    setup(build) {
      let used = nothingUsed();
      build.onStart(async () => {
        used = await findUse(build);
      });
      build.onLoad({ filter: API }, ({ path }) => ({ contents: trimApi(read(path), used.names) }));
      build.onLoad({ filter: SERIALIZER }, ({ path }) => ({ contents: reduceSerializer(path, used) }));
      build.onLoad({ filter: CONFIGURATION }, ({ path }) => ({ contents: trimConfiguration(read(path), used.names) }));
      build.onLoad({ filter: LOGGER }, () => ({ contents: SILENT_LOGGER }));
      build.onLoad({ filter: FETCH_LIBRARY }, () => ({ contents: PLATFORM_FETCH }));
    },
  };
}

/** The client's logger writes to stdout when DEBUG is set, which would break a language server on stdio. */
const SILENT_LOGGER = `const ignore = () => {};
exports.logger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };`;

/** Stands in for the client's own HTTP library, with cross-fetch, form-data and compression behind it. */
const PLATFORM_FETCH = `const { ResponseContext } = require("./http");
exports.IsomorphicFetchHttpLibrary = class {
  async send(request) {
    const response = await fetch(request.getUrl(), {
      method: request.getHttpMethod(), headers: request.getHeaders(), body: request.getBody(),
    });
    const text = () => response.text();
    return new ResponseContext(response.status, Object.fromEntries(response.headers), { text, binary: text });
  }
};`;

function nothingUsed() {
  return { names: new Set(), apis: new Set() };
}

/**
 * What our own sources mention: every word (a method whose name is nowhere written cannot be called), and the API classes
 * imported. Found by bundling once with all packages left out. A failure is silent here; the build proper reports it.
 */
async function findUse(build) {
  const { absWorkingDir = process.cwd() } = build.initialOptions;
  const options = {
    ...build.initialOptions,
    plugins: [],
    packages: "external",
    write: false,
    metafile: true,
    logLevel: "silent",
  };
  const result = await build.esbuild.build(options).catch(() => undefined);
  const used = nothingUsed();
  for (const input of Object.keys(result?.metafile.inputs ?? {})) {
    const text = read(join(absWorkingDir, input));
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) used.names.add(word);
    for (const [, api] of text.matchAll(/datadog-api-client-v2\/apis\/(\w+Api)\b/g)) used.apis.add(api);
  }
  return used;
}

/** An API file without the methods that nobody names. A paginating method keeps the plain one it calls. */
function trimApi(text, names) {
  const methods = splitMethods(text);
  const kept = new Set(methods.filter(({ name }) => name === "constructor" || names.has(name)).map(({ name }) => name));
  for (const { name, body } of methods) {
    if (!kept.has(name)) continue;
    for (const [, called] of body.matchAll(/\b(?:requestFactory|responseProcessor)\.(\w+)\(/g)) kept.add(called);
  }
  let trimmed = text;
  for (const { name, body } of methods) if (!kept.has(name)) trimmed = trimmed.replace(body, () => "");
  return dropUnusedRequires(trimmed);
}

/** A module that only cut methods used (form-data, for uploads) is not loaded either. */
function dropUnusedRequires(text) {
  return text.replace(/^const (\w+) = (?:__importDefault\()?require\([^\n]*\n/gm, (line, name) =>
    text.split(name).length > 2 ? line : "",
  );
}

/** Methods of all classes in a generated file: from a line like `    name(` to the line `    }`. */
function splitMethods(text) {
  const methods = [];
  for (const match of text.matchAll(/^ {4}(?:async )?(\w+)\([^\n]*\) \{\n[\s\S]*?^ {4}\}\n/gm)) {
    methods.push({ name: match[1], body: match[0] });
  }
  return methods;
}

/** Leaves out the factory that reads keys from the environment and brings the client's own HTTP library along. */
function trimConfiguration(text, names) {
  if (names.has("createConfiguration")) return text;
  return text
    .replace(/^const isomorphic_fetch_1 = .*\n/m, "")
    .replace(/^function createConfiguration\([\s\S]*?^exports\.createConfiguration = createConfiguration;\n/m, "");
}

/** The serializer with the models, enumerations and unions that the kept methods reach. */
function reduceSerializer(path, used) {
  const text = read(path);
  const models = dirname(path);
  const enums = sliceMap(text, "enumsMap");
  const unions = sliceMap(text, "oneOfMap");
  const classes = new Set([...section(text, "typeMap").matchAll(/^ {4}(\w+): \w+\.\w+,$/gm)].map(([, name]) => name));
  const reached = reach(findRoots(path, used), (type) => {
    if (unions[type]) return unions[type];
    return classes.has(type) ? findLiterals(read(join(models, `${type}.js`)), /\btype: "([^"]+)"/g) : [];
  });
  const pick = (map) => JSON.stringify(Object.fromEntries(Object.entries(map).filter(([name]) => reached.has(name))));
  const types = [...reached].filter((name) => classes.has(name)).map((name) => `${name}: require("./${name}").${name}`);
  const head = text.slice(0, text.indexOf("const enumsMap = ")).replace(/^const \w+ = require\("\.\/\w+"\);\n/gm, "");
  return [
    head,
    `const enumsMap = ${pick(enums)};`,
    `const typeMap = {${types.join(",\n")}};`,
    `const oneOfMap = ${pick(unions)};`,
    text.slice(text.indexOf("class ObjectSerializer {")),
  ].join("\n");
}

/** Types named in the kept methods of the imported API classes. */
function findRoots(serializerPath, used) {
  const apis = join(dirname(serializerPath), "../apis");
  const texts = [...used.apis].map((api) => trimApi(read(join(apis, `${api}.js`)), used.names));
  return texts.flatMap((text) => findLiterals(text, /"([^"\n]+)"/g));
}

/** Everything that can be reached from `roots`, which are themselves reached. */
function reach(roots, next) {
  const reached = new Set();
  const open = [...roots];
  while (open.length > 0) {
    const type = open.pop();
    if (reached.has(type)) continue;
    reached.add(type);
    open.push(...next(type));
  }
  return reached;
}

/** Type names in string literals, containers taken off: `Array<X>`, `{ [key: string]: X; }` and `[X, X]` all name X. */
function findLiterals(text, pattern) {
  return [...text.matchAll(pattern)].flatMap(([, literal]) => literal.match(/\w+/g) ?? []);
}

/** A map of the serializer that holds plain data, as data. */
function sliceMap(text, name) {
  return new Function(`return {${section(text, name)}}`)();
}

function section(text, name) {
  const start = text.indexOf(`const ${name} = {`);
  return text.slice(start + `const ${name} = {`.length, text.indexOf("\n};", start));
}

function read(path) {
  return readFileSync(path, "utf8");
}
