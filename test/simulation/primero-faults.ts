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

/** What goes wrong with Primero's next answers. */
export class PrimeroFaults {
  /** Wrong answers that cannot be told from right ones, such as two zeros in a row: the proof finds them out. */
  believed = 0;
  readonly #queue: Fault[] = [];
  readonly #doubted = new Set<string>();
  readonly #count: (event: string) => void;

  constructor(count: (event: string) => void) {
    this.#count = count;
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
    const question = JSON.stringify(query);
    const isZero = fault?.kind === 'empty';
    if (isZero && this.#doubted.has(question)) this.believed += 1;
    if (isZero) this.#doubted.add(question);
    else this.#doubted.delete(question);
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
