/** Photos that staff add to what they did: asked for by these actions, never needed. */

export const takesPhotos = (action: string): boolean => action === 'resolve' || action === 'finish_task';

/** Most photos of staff on one issue, as the server counts them. */
export const mostStaffPhotos = 6;

/** Brings photos to the server; both reject with an ApiError. */
export interface PhotoSender {
  /** Announces photos on an issue this person may act on; gives a path for each. */
  promise(issue: number, count: number): Promise<string[]>;
  /** Puts one JPEG where it was promised; one that is there already counts as done. */
  upload(path: string, photo: Blob): Promise<void>;
}
