/**
 * Bytes of records that a batch hands on where this machine runs it: four times as many as on the platform's Core
 * plan, as nothing here limits a state. Each run compiles the jobs anew, and its first records are the slow ones.
 * Larger batches gain little more, and take more memory.
 */
export const LOCAL_BATCH_BYTES = 6_000_000;
