import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Bodies below this many bytes are sent as they are. */
const WORTH_IT = 1024;

export type Encoding = 'br' | 'gzip';

/** The encoding to use for a client that sent this Accept-Encoding; undefined for none. */
export function acceptedEncoding(header: string | undefined): Encoding | undefined {
  if (!header) return undefined;
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(header)) return 'br';
  return /\bgzip\b/.test(header) ? 'gzip' : undefined;
}

/** The body compressed: quality 0–11 for brotli (4 for answers made once, 11 for what is sent often); gzip at 6. */
export async function compress(
  body: Uint8Array,
  encoding: Encoding,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const packed =
    encoding === 'gzip'
      ? await gzipped(body, { level: 6 })
      : await brotli(body, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: quality,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
          },
        });
  return new Uint8Array(packed);
}

const COMPRESSIBLE = /^(text\/|application\/(json|javascript|geo\+json|manifest\+json|xml)|image\/svg)/;

export function isCompressible(contentType: string, bytes: number): boolean {
  return bytes >= WORTH_IT && COMPRESSIBLE.test(contentType);
}

/** An API answer compressed for the client when that is worth it. */
export async function compressAnswer(
  answer: Response,
  acceptEncoding: string | undefined,
): Promise<Response> {
  const encoding = acceptedEncoding(acceptEncoding);
  const type = answer.headers.get('content-type') ?? '';
  if (!encoding || !answer.body || answer.headers.has('content-encoding') || !COMPRESSIBLE.test(type))
    return answer;
  const body = new Uint8Array(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  headers.append('vary', 'accept-encoding');
  headers.delete('content-length');
  const { status } = answer;
  if (!isCompressible(type, body.length)) return new Response(body, { status, headers });
  headers.set('content-encoding', encoding);
  return new Response(await compress(body, encoding, 4), { status, headers });
}
