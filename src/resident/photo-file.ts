/** Makes a photo small, keeps it on the phone and brings it up. Loaded when first needed. */
export { shrinkPhoto } from '../ui/shrink-photo.ts';
export { forgetPhoto, keepPhoto, photosOf } from './photo-store.ts';
export { bringPhoto } from './resume-photo.ts';
