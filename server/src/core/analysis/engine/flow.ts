/** Directed graphs of steps: a shortest way, and the fewest steps to take out so that no way is left. */

import { indexBy } from "../../model/maps.ts";

/** A step that cannot be taken out has no `edit`. */
export interface Step<E> {
  readonly from: string;
  readonly to: string;
  readonly edit?: E;
}

export type Graph<S> = ReadonlyMap<string, readonly S[]>;

/** Steps by the node that they leave, in the order given. */
export function graphOf<S extends Step<unknown>>(steps: Iterable<S>): Graph<S> {
  return indexBy(steps, ({ from }) => from);
}

/** Everything with a way to the goal, the goal included. */
export function leadingTo(steps: readonly Step<unknown>[], goal: string): ReadonlySet<string> {
  const back = graphOf(steps.map(({ from, to }) => ({ from: to, to: from })));
  const leading = new Set([goal]);
  for (const node of leading) for (const { to } of back.get(node) ?? []) leading.add(to);
  return leading;
}

/** Fewest steps first; among equals, in the order the steps were given. */
export function shortestWay<S extends Step<unknown>>(
  graph: Graph<S>,
  start: string,
  goal: string,
): readonly S[] | undefined {
  const before = new Map<string, S | undefined>([[start, undefined]]);
  const queue = [start];
  for (const node of queue) {
    if (node === goal) return wayTo(before, goal);
    for (const step of graph.get(node) ?? []) {
      if (before.has(step.to)) continue;
      before.set(step.to, step);
      queue.push(step.to);
    }
  }
  return undefined;
}

/**
 * The fewest steps with an `edit` whose absence leaves no way from any start to the goal; undefined when a way has none.
 * By augmenting ways (Ford and Fulkerson): every step with an edit carries one, the others carry any number.
 */
export function smallestCut<S extends Step<unknown>>(
  whole: Graph<S>,
  starts: readonly string[],
  goal: string,
): readonly S[] | undefined {
  const graph = within(whole, starts);
  const flows = new Map<S, number>();
  const incoming = graphOf([...graph.values()].flat().map((step) => ({ from: step.to, to: step.from, step })));
  for (;;) {
    const { before, reached } = residual(graph, incoming, flows, starts, goal);
    if (!reached.has(goal)) return cutBetween(graph, flows, reached);
    let isBounded = false;
    for (let at = before.get(goal); at; at = before.get(at.isForward ? at.step.from : at.step.to)) {
      flows.set(at.step, (flows.get(at.step) ?? 0) + (at.isForward ? 1 : -1));
      if (!at.isForward || at.step.edit !== undefined) isBounded = true;
    }
    if (!isBounded) return undefined;
  }
}

/** What can be reached: of thousands of groups, most ways are none of these. */
function within<S extends Step<unknown>>(graph: Graph<S>, starts: readonly string[]): Graph<S> {
  const reached = new Set(starts);
  for (const node of reached) for (const { to } of graph.get(node) ?? []) reached.add(to);
  return new Map([...reached].flatMap((node): [string, readonly S[]][] => [[node, graph.get(node) ?? []]]));
}

interface Move<S> {
  readonly step: S;
  readonly isForward: boolean;
}

function residual<S extends Step<unknown>>(
  graph: Graph<S>,
  incoming: Graph<{ readonly from: string; readonly to: string; readonly step: S }>,
  flows: ReadonlyMap<S, number>,
  starts: readonly string[],
  goal: string,
) {
  const before = new Map<string, Move<S>>();
  const reached = new Set(starts);
  for (const node of reached) {
    if (node === goal) break;
    const take = (to: string, move: Move<S>) => {
      if (reached.has(to)) return;
      before.set(to, move);
      reached.add(to);
    };
    for (const step of graph.get(node) ?? [])
      if (step.edit === undefined || (flows.get(step) ?? 0) < 1) take(step.to, { step, isForward: true });
    for (const { step } of incoming.get(node) ?? [])
      if ((flows.get(step) ?? 0) > 0) take(step.from, { step, isForward: false });
  }
  return { before, reached };
}

function cutBetween<S extends Step<unknown>>(
  graph: Graph<S>,
  flows: ReadonlyMap<S, number>,
  reached: ReadonlySet<string>,
): readonly S[] {
  return [...graph.values()]
    .flat()
    .filter((step) => (flows.get(step) ?? 0) > 0 && reached.has(step.from) && !reached.has(step.to));
}

function wayTo<S extends Step<unknown>>(before: ReadonlyMap<string, S | undefined>, goal: string): readonly S[] {
  const way: S[] = [];
  for (let step = before.get(goal); step; step = before.get(step.from)) way.unshift(step);
  return way;
}
