/** Where a command prints: results to `out`; progress and errors to `err`. */
export type Terminal = {
  out: { write(text: string): unknown; columns?: number };
  err: { write(text: string): unknown; isTTY?: boolean };
};

/** The terminal that the process was started in. */
export const PROCESS_TERMINAL: Terminal = { out: process.stdout, err: process.stderr };

/** How a command prints and ends. Each command gets it when it is added to the program. */
export type Host = { terminal: Terminal; end(code: Promise<number>): Promise<void> };
