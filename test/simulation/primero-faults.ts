import type { Fault, FaultPlan } from '../../local/primero/index.ts';

const detail = (fault: Fault): string => {
  switch (fault.kind) {
    case 'ignore':
      return ` ${fault.params}`;
    case 'drop':
      return fault.midway ? ' midway' : '';
    case 'status':
      return ` ${fault.status}${fault.retryAfter ? ` Retry-After ${fault.retryAfterAs}` : ''}`;
    default:
      return '';
  }
};

/** Records of which a wrong order shows: 10! orders, one of them right. */
const LEAST_ORDER = 10;

type Query = Parameters<FaultPlan>[0]['query'];

/**
 * How many zeros in a row to one question are believed: a page of an indicator is asked for a third time once cases
 * were found without a window (jobs/lib/paging/reading.ts); a zero there ends the doubt.
 */
const zerosBelieved = ({ last_updated_at, order_by, age, type_of_case, record_state }: Query) => {
  if (!last_updated_at && !record_state) return 1;
  return order_by && (type_of_case || age === '0..17') ? 3 : 2;
};

/** What goes wrong with Primero's next answers. */
export class PrimeroFaults {
  /** Wrong answers that cannot be told from right ones, such as zeros in a row: mostly the proof finds them out. */
  believed = 0;
  readonly #queue: Fault[] = [];
  /** Zeros in a row, by run and question. */
  readonly #zeros = new Map<string, number>();
  readonly #count: (event: string) => void;
  readonly #asker: () => number | undefined;

  /** @param asker which run is asking: each doubts for itself */
  constructor(count: (event: string) => void, asker: () => number | undefined) {
    this.#count = count;
    this.#asker = asker;
  }

  /** The fault that the next request meets. */
  get next(): Fault | undefined {
    return this.#queue[0];
  }

  add(fault: Fault, times: number): void {
    for (let n = 0; n < times; n++) this.#queue.push(fault);
  }

  clear(): void {
    this.#queue.length = 0;
  }

  /** Takes the next fault, and keeps account of what it says. */
  readonly plan: FaultPlan = ({ query }) => {
    const fault = this.#queue.shift();
    const question = JSON.stringify([this.#asker(), query]);
    const zeros = fault?.kind === 'empty' ? (this.#zeros.get(question) ?? 0) + 1 : 0;
    this.#zeros.set(question, zeros);
    if (zeros >= zerosBelieved(query)) this.believed += 1;
    // So few records may lie in order by chance: nobody can tell.
    if (
      fault?.kind === 'ignore' &&
      fault.params.includes('order') &&
      Number(query.per) < LEAST_ORDER
    )
      this.believed += 1;
    if (fault) this.#count(`Primero: ${fault.kind}${detail(fault)}`);
    return fault;
  };
}
