/**
 * Stands in each field that the mapping does not name: whoever finds it outside of the sandbox has
 * found a leak.
 */
export const TAINT = 'TAINT-9F3C';
