/** Makes a photo small, and keeps it on the phone until it has been uploaded. Loaded when first needed. */
export { shrinkPhoto } from '../ui/shrink-photo.ts';
export { forgetPhoto, keepPhoto, photosOf } from './photo-store.ts';
