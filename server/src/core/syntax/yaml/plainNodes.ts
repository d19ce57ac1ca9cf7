/**
 * The library's nodes, made without its constructors: these define a property on every node, which takes longer than to
 * read the text. What tells a node's kind stands on the prototype here. (yaml 2.9)
 */

import { type Node, Pair, type Range, Scalar, YAMLMap, YAMLSeq } from "yaml";

const KIND = Symbol.for("yaml.node.type");

class LightScalar {
  value: string | null;
  source: string;
  type: Scalar.Type;
  range: Range;

  constructor(value: string | null, type: Scalar.Type, range: Range) {
    this.value = value;
    this.source = value ?? "";
    this.type = type;
    this.range = range;
  }
}

class LightPair {
  key: Node;
  value: Node;

  constructor(key: Node, value: Node) {
    this.key = key;
    this.value = value;
  }
}

class LightCollection {
  items: unknown[] = [];
  range: Range | undefined = undefined;
  flow: boolean | undefined;

  constructor(isFlow: boolean) {
    this.flow = isFlow ? true : undefined;
  }
}

class LightMap extends LightCollection {}

class LightList extends LightCollection {}

for (const [light, real, kind] of [
  [LightScalar, Scalar, "yaml.scalar"],
  [LightPair, Pair, "yaml.pair"],
  [LightMap, YAMLMap, "yaml.map"],
  [LightList, YAMLSeq, "yaml.seq"],
] as const) {
  Object.setPrototypeOf(light.prototype, real.prototype);
  Object.defineProperty(light.prototype, KIND, { value: Symbol.for(kind) });
}

/** Null is a value that is not there. */
export function makeScalar<T extends string | null>(value: T, type: Scalar.Type, range: Range): Scalar<T> {
  return new LightScalar(value, type, range) as unknown as Scalar<T>;
}

/** A node of the YAML library's shape without its weight. */
export function makePair(key: Node, value: Node): Pair {
  return new LightPair(key, value) as unknown as Pair;
}

/** A map to which pairs are pushed, in the library's shape. */
export function makeMap(isFlow: boolean): YAMLMap {
  return new LightMap(isFlow) as unknown as YAMLMap;
}

/** A list to which items are pushed, in the library's shape. */
export function makeList(isFlow: boolean): YAMLSeq {
  return new LightList(isFlow) as unknown as YAMLSeq;
}
