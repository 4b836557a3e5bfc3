/** How WebAssembly numbers the refusals of a disk: not as the system does. */
const DISK: Record<number, string> = {
  2: 'EACCES, not allowed',
  19: 'EDQUOT, over the quota',
  29: 'EIO, the disk fails',
  51: 'ENOSPC, no space left on the disk',
  69: 'EROFS, the disk is read-only',
};

/**
 * What a thrown thing says of itself. PGlite throws things that are no errors: `{ name: 'ErrnoError', errno: 51 }`
 * where the disk is full.
 */
export const startFailure = (thrown: unknown): string => {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { message, name, errno } = thrown as { message?: string; name?: string; errno?: number };
  if (message) return message;
  if (errno === undefined) return name ?? 'no reason given';
  return `${name ?? 'errno'} ${errno}${DISK[errno] ? ` (${DISK[errno]})` : ''}`;
};
