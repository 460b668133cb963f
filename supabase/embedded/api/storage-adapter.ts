import type { App } from '@supabase/lite';
import * as v from 'valibot';
import { FileStore } from './file-store.ts';

type StorageAdapter = NonNullable<App['_storageAdapter']>;
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>;

const Kept = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ contentType: v.string(), cacheControl: v.string(), eTag: v.string() }),
);

/** Where @supabase/lite's Storage keeps its objects: files in `folder`, synced before an upload is answered. */
export function fileStorageAdapter(folder: string): StorageAdapter {
  const store = new FileStore(folder);

  function metadata(bucket: string, path: string): ObjectMetadata {
    const known = store.describe(bucket, path);
    if (!known) throw new Error('the object has no file');
    const { contentType, cacheControl, eTag } = v.parse(Kept, known.json);
    return {
      cacheControl,
      contentLength: known.size,
      size: known.size,
      mimetype: contentType,
      lastModified: known.changedAt,
      eTag,
    };
  }

  return {
    driver: store,
    async uploadObject(bucket, path, _version, body, contentType, cacheControl) {
      store.write(bucket, path, await wholeBody(body), { contentType, cacheControl });
      return { ...metadata(bucket, path), httpStatusCode: 200 };
    },
    async getObject(bucket, path) {
      const bytes = store.read(bucket, path);
      if (!bytes) throw new Error('the object has no file');
      return { metadata: metadata(bucket, path), httpStatusCode: 200, body: Buffer.from(bytes) };
    },
    async headObject(bucket, path) {
      return metadata(bucket, path);
    },
    async deleteObject(bucket, path) {
      store.remove(bucket, path);
    },
    async deleteObjects(bucket, paths) {
      for (const path of paths) store.remove(bucket, path);
    },
    copyObject: () => Promise.reject(new Error('copying objects is not supported')),
    privateAssetUrl: () => Promise.reject(new Error('image transformation is not supported')),
  };
}

async function wholeBody(body: Parameters<StorageAdapter['uploadObject']>[3]): Promise<Uint8Array> {
  return body instanceof Uint8Array
    ? body
    : new Uint8Array(await new Response(body as ReadableStream).arrayBuffer());
}
