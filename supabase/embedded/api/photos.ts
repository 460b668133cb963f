import * as v from 'valibot';
import { PhotoRefused, stripJpeg } from '../../../src/core/jpeg.ts';

/** Largest photo, in bytes, as the API's `limits.photo_bytes`. */
export const PHOTO_BYTES = 5 * 1024 * 1024;

const uploads = new Map<string, Promise<unknown>>();

/**
 * Answers an upload: the photo must be a JPEG of at most 5 MB, loses its metadata here, and each path is written once.
 * Errors: 422 photo_not_jpeg, 413 photo_too_large, 409 Duplicate, 405 for any way of replacing a photo.
 */
export async function answerUpload(
  send: (request: Request) => Promise<Response>,
  request: Request,
): Promise<Response> {
  if (request.method !== 'POST' || request.headers.get('x-upsert') === 'true') {
    return refusal(405, 'photo_not_replaceable');
  }
  let photo: Uint8Array<ArrayBuffer>;
  try {
    photo = stripJpeg(await photoOf(request));
  } catch (error) {
    if (!(error instanceof PhotoRefused)) return refusal(400, 'photo_unreadable');
    return refusal(error.code === 'photo_too_large' ? 413 : 422, error.code);
  }
  const headers = new Headers(request.headers);
  headers.set('content-type', 'image/jpeg');
  headers.set('content-length', String(photo.length));
  return oneAtATime(new URL(request.url).pathname, async () => {
    return asStorageStatus(await send(new Request(request.url, { method: 'POST', headers, body: photo })));
  });
}

/** @supabase/lite checks a path before it writes its file: two uploads of one path must not pass that check together. */
async function oneAtATime<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = uploads.get(path) ?? Promise.resolve();
  const mine = before.then(work, work);
  uploads.set(path, mine);
  try {
    return await mine;
  } finally {
    if (uploads.get(path) === mine) uploads.delete(path);
  }
}

/** The photo's bytes, sent bare or as the file of a form (as supabase-js sends a Blob). */
async function photoOf(request: Request): Promise<Uint8Array> {
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data'))
    return limited(await request.arrayBuffer());
  for (const [, value] of await request.formData()) {
    if (typeof value !== 'string') return limited(await value.arrayBuffer());
  }
  throw new PhotoRefused('photo_not_jpeg');
}

function limited(bytes: ArrayBuffer): Uint8Array {
  if (bytes.byteLength > PHOTO_BYTES) throw new PhotoRefused('photo_too_large');
  return new Uint8Array(bytes);
}

export function refusal(status: number, code: string): Response {
  return Response.json({ statusCode: String(status), error: code, message: code }, { status });
}

/** Storage answers every refusal with 400 and the real status in its body; here the two agree. */
export async function asStorageStatus(answer: Response): Promise<Response> {
  if (answer.status !== 400) return answer;
  const body: unknown = await answer.json().catch(() => null);
  const status = Number(body && typeof body === 'object' ? Reflect.get(body, 'statusCode') : 400);
  return Response.json(body, { status: status >= 400 && status < 600 ? status : 400 });
}

const Signed = v.object({
  signedUrl: v.string(),
  path: v.optional(v.string()),
  error: v.nullish(v.string()),
});

/** Signed links as Supabase names them: `signedURL`, without the prefix that clients add. @supabase/lite names them otherwise. */
export async function asSignedLinks(answer: Response): Promise<Response> {
  if (!answer.ok) return asStorageStatus(answer);
  const rename = ({ signedUrl, ...rest }: v.InferOutput<typeof Signed>) => ({
    ...rest,
    signedURL: signedUrl.replace(/^\/storage\/v1/, '') || null,
  });
  const links = v.parse(v.union([Signed, v.array(Signed)]), await answer.json());
  return Response.json(Array.isArray(links) ? links.map(rename) : rename(links));
}
