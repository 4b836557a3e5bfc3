/** What can go wrong with one answer. */
export type Fault =
  /**
   * An error status, with `Retry-After` in seconds or as an HTTP date. Its body is Primero's own by
   * default; a proxy in front of it sends HTML, or nothing.
   */
  | {
      kind: 'status';
      status: number;
      retryAfter?: number;
      retryAfterAs?: 'seconds' | 'date';
      body?: 'primero' | 'html' | 'none';
    }
  /** A proxy's page, with status 200. */
  | { kind: 'html' }
  /** JSON that ends in the middle. */
  | { kind: 'cut' }
  /** 200 without a body. */
  | { kind: 'blank' }
  /** 200 with no data and a total of 0: how the SQL families answer when their search fails. */
  | { kind: 'empty' }
  /** 200 with the full total, and no data. */
  | { kind: 'hollow' }
  /** The right answer, but slow: so many bytes each so many ms. */
  | { kind: 'drip'; bytes?: number; everyMs?: number }
  /** No answer until the client or the server goes away. */
  | { kind: 'hang' }
  /** The connection is closed, before the answer or in its middle. */
  | { kind: 'drop'; midway?: boolean }
  /** Parameters of the query are not looked at: filters, `order_by`, `order`, `fields`, `per` … */
  | { kind: 'ignore'; params: readonly string[] }
  /** Only half of the page's records come, while `total` still counts them all. */
  | { kind: 'half' };

/** One request, as log, faults and hooks see it. */
export type RequestInfo = { method: string; path: string; query: Record<string, string> };

/** Decides for each request; `n` counts requests from 1. */
export type FaultPlan = (request: RequestInfo, n: number) => Fault | undefined;

/** Faults to come: first those in the queue, one a request, then what the plan says. */
export class Faults {
  #queue: Fault[] = [];
  #plan: FaultPlan | undefined;

  /** Plays a fault on the next request, or on the next few. */
  next(fault: Fault, times = 1): void {
    for (let i = 0; i < times; i++) this.#queue.push(fault);
  }

  /** Asks this plan at each request for which no fault is queued. It replaces the plan before. */
  use(plan: FaultPlan): void {
    this.#plan = plan;
  }

  clear(): void {
    this.#queue = [];
    this.#plan = undefined;
  }

  /** The fault for a request, taken off the queue. */
  take(request: RequestInfo, n: number): Fault | undefined {
    return this.#queue.shift() ?? this.#plan?.(request, n);
  }
}
