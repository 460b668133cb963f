import { randomBytes } from 'node:crypto';
import { PHOTO_BYTES, refusal } from './photos.ts';

/** Of all uploads together, what has arrived and is not whole yet: in memory, the longest untouched given up first. */
const HELD_BYTES = 64 * 1024 * 1024;
const MOST_UPLOADS = 5_000;
const ROOT = '/storage/v1/upload/resumable';

interface Upload {
  bucket: string;
  path: string;
  length: number;
  offset: number;
  /** Empty once the photo is in its place. */
  pieces: Uint8Array[];
  /** Counts up with each request that sends: an older one, cut off on its way, is not listened to any more. */
  turn: number;
}

/**
 * Uploads in pieces as Supabase Storage takes them: TUS 1.0.0 with `creation`, under /storage/v1/upload/resumable. What has arrived stays
 * when a connection is cut; the photo is put in its place, under all its rules, when it is whole. A restart forgets what is not.
 * Errors: 404 upload_unknown, 409 Duplicate or upload_offset, 412 tus_version, 413 photo_too_large, 415 upload_type, and those of `put`.
 */
export class ResumableUploads {
  private readonly uploads = new Map<string, Upload>();
  private readonly put: (request: Request) => Promise<Response>;
  private readonly exists: (bucket: string, path: string) => boolean;

  /** `put`: writes one photo, as an upload in one piece. `exists`: whether a path is taken. */
  constructor(
    put: (request: Request) => Promise<Response>,
    exists: (bucket: string, path: string) => boolean,
  ) {
    this.put = put;
    this.exists = exists;
  }

  async answer(request: Request): Promise<Response> {
    const answer = await this.route(request);
    answer.headers.set('tus-resumable', '1.0.0');
    return answer;
  }

  private route(request: Request): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    const id = pathname.slice(ROOT.length + 1);
    if (request.headers.get('tus-resumable') !== '1.0.0') return refusal(412, 'tus_version');
    if (request.method === 'POST' && id === '') return this.begin(request);
    const upload = this.uploads.get(id);
    if (!upload) return refusal(404, 'upload_unknown');
    if (request.method === 'HEAD') return said(200, upload);
    if (request.method === 'PATCH') return this.take(request, id, upload);
    return refusal(405, 'not_supported');
  }

  private begin(request: Request): Response {
    const length = Number(request.headers.get('upload-length') ?? NaN);
    const { bucketName: bucket = '', objectName: path = '' } = metadata(request);
    if (!Number.isSafeInteger(length) || length <= 0 || !bucket || !path)
      return refusal(400, 'upload_malformed');
    if (length > PHOTO_BYTES) return refusal(413, 'photo_too_large');
    if (this.exists(bucket, path)) return refusal(409, 'Duplicate');
    const id = randomBytes(18).toString('base64url');
    this.uploads.set(id, { bucket, path, length, offset: 0, pieces: [], turn: 0 });
    this.forgetOldest();
    return new Response(null, { status: 201, headers: { location: `${ROOT}/${id}` } });
  }

  private async take(request: Request, id: string, upload: Upload): Promise<Response> {
    if (request.headers.get('content-type') !== 'application/offset+octet-stream')
      return refusal(415, 'upload_type');
    if (Number(request.headers.get('upload-offset') ?? NaN) !== upload.offset)
      return refusal(409, 'upload_offset');
    this.uploads.delete(id);
    this.uploads.set(id, upload);
    const turn = ++upload.turn;
    try {
      const body = request.body?.getReader();
      for (let read = await body?.read(); read?.value; read = await body?.read()) {
        if (upload.turn !== turn) return refusal(409, 'upload_offset');
        if (upload.offset + read.value.length > upload.length) return refusal(413, 'photo_too_large');
        upload.pieces.push(read.value);
        upload.offset += read.value.length;
      }
    } catch {
      // The connection was cut: what has arrived stays.
    }
    this.forgetOldest();
    if (upload.offset < upload.length || upload.turn !== turn) return said(204, upload);
    return this.finish(request, id, upload);
  }

  private async finish(request: Request, id: string, upload: Upload): Promise<Response> {
    const headers = new Headers({ 'content-type': 'image/jpeg' });
    for (const name of ['apikey', 'authorization']) {
      const value = request.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    const url = new URL(`/storage/v1/object/${upload.bucket}/${upload.path}`, request.url);
    const body = new Uint8Array(Buffer.concat(upload.pieces));
    const answer = await this.put(new Request(url, { method: 'POST', headers, body }));
    if (!answer.ok) {
      this.uploads.delete(id);
      return answer;
    }
    upload.pieces = [];
    return said(204, upload);
  }

  private forgetOldest(): void {
    const held = (upload: Upload) => (upload.pieces.length > 0 ? upload.offset : 0);
    let bytes = [...this.uploads.values()].reduce((sum, upload) => sum + held(upload), 0);
    for (const [id, upload] of this.uploads) {
      if (bytes <= HELD_BYTES && this.uploads.size <= MOST_UPLOADS) return;
      bytes -= held(upload);
      this.uploads.delete(id);
    }
  }
}

/** `Upload-Metadata`: names with values in base64. */
function metadata(request: Request): Record<string, string> {
  const pairs = (request.headers.get('upload-metadata') ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '));
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString()]),
  );
}

function said(status: number, { offset, length }: Upload): Response {
  return new Response(null, {
    status,
    headers: { 'upload-offset': String(offset), 'upload-length': String(length) },
  });
}
