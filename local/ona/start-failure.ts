/** WebAssembly's numbers for errors of the disk, which differ from the system's. */
const DISK: Record<number, string> = {
  2: 'EACCES, not allowed',
  19: 'EDQUOT, over the quota',
  29: 'EIO, the disk fails',
  51: 'ENOSPC, no space left on the disk',
  69: 'EROFS, the disk is read-only',
};

/**
 * The text of something that was thrown. PGlite throws things that are not errors: `{ name: 'ErrnoError', errno: 51 }`
 * when the disk is full.
 */
export const startFailure = (thrown: unknown): string => {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { message, name, errno } = thrown as { message?: string; name?: string; errno?: number };
  if (message) return message;
  if (errno === undefined) return name ?? 'no reason given';
  return `${name ?? 'errno'} ${errno}${DISK[errno] ? ` (${DISK[errno]})` : ''}`;
};
