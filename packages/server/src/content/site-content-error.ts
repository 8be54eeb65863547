/** Says what is wrong with the content folder and names the variable that sets it. */
export class SiteContentError extends Error {
  override readonly name: 'SiteContentError' = 'SiteContentError' as const;
}

/** Converts an error of the file system; any other is given back as it is. */
export function toSiteContentError(error: unknown, folder: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof SiteContentError || code === undefined) return error;
  return new SiteContentError(
    `SITE_CONTENT: ${path ?? folder} cannot be read (${code}); give this user the right to, or move it out of ${folder}.`,
    { cause: error },
  );
}
