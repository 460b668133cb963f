import { expect, it, vi } from 'vitest';
import { ApiError } from '../../core/api-error.ts';
import { PhotoUpload, photoUploads } from './photo-uploads.svelte.ts';

const photo = new Blob(['x']);
const left = ['a.jpg', 'b.jpg'].map((path) => ({ path, photo }));

it('brings up what is left after a failure, each once, and tells when all are there', async () => {
  let online = false;
  const came: string[] = [];
  const arrived = vi.fn();
  const sender = {
    promise: () => Promise.resolve([]),
    upload: async (path: string) => {
      if (path === 'b.jpg' && !online) throw new ApiError(0, 'offline');
      came.push(path);
    },
  };
  const upload = new PhotoUpload('2611-00123', left, sender, arrived);
  await photoUploads.start(upload);
  expect(upload.state).toBe('failed');
  expect(upload.done).toBe(1);
  expect(photoUploads.all).toContain(upload);
  online = true;
  await photoUploads.start(upload);
  expect(came).toEqual(['a.jpg', 'b.jpg']);
  expect(arrived).toHaveBeenCalledOnce();
  expect(photoUploads.all).toEqual([]);
});
