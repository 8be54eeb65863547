/** Gives the first `code` of an error and its causes (`ECONNRESET`, `UND_ERR_SOCKET`, `Z_DATA_ERROR` …), or ''. */
export function findCauseCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return '';
}
