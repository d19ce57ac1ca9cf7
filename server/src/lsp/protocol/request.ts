/** What both sides know of a request: its name, and the shapes that go with it. */

/** The name of a request, as it is sent. The compiler knows besides what it takes and what it is answered with. */
export type Request<Params extends object, Result> = string & { readonly shapes?: (params: Params) => Result };

/** Parameters of a request that takes long: progress is reported on the token, where there is one. */
export interface LongWork {
  readonly workDoneToken?: string | number;
}

/** A request with the types of its parameters and of its answer. */
export function requestNamed<Params extends object, Result>(method: string): Request<Params, Result> {
  return method as Request<Params, Result>;
}
