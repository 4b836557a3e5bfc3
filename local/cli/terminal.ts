/** Where a command prints: what it found to `out`, what it is doing and what failed to `err`. */
export type Terminal = {
  out: { write(text: string): unknown; columns?: number };
  err: { write(text: string): unknown; isTTY?: boolean };
};

/** The terminal that the process was started in. */
export const PROCESS_TERMINAL: Terminal = { out: process.stdout, err: process.stderr };

/** How a command prints, and how it ends: given to each when it is added to the program. */
export type Host = { terminal: Terminal; end(code: Promise<number>): Promise<void> };
