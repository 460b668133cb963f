/** Photos of residents who asked to be forgotten, whose bytes are still in Storage: `claim_photo_removals()` and `settle_photo_removals()`. */
export interface ForgottenPhotos {
  claim(): Promise<unknown>;
  /** Removes the bytes at these paths of the bucket issue-photos; what is gone already is no error. */
  remove(paths: string[]): Promise<unknown>;
  settle(paths: string[]): Promise<unknown>;
}

/** Removes what is to be removed and gives how many that were. What Storage refuses stays listed and is tried again. */
export async function removeForgotten({ claim, remove, settle }: ForgottenPhotos): Promise<number> {
  const claimed = await claim();
  if (!Array.isArray(claimed)) throw new TypeError('photos to remove are no list');
  const paths = claimed.map(String);
  if (paths.length === 0) return 0;
  await remove(paths);
  await settle(paths);
  return paths.length;
}
