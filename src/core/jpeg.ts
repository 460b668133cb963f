/** A photo that is not taken, with the stable code the screens have sentences for. */
export class PhotoRefused extends Error {
  override readonly name = 'PhotoRefused';
  readonly code: 'photo_not_jpeg' | 'photo_too_large';

  constructor(code: 'photo_not_jpeg' | 'photo_too_large') {
    super(code);
    this.code = code;
  }
}

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const TEMPORARY = 0x01;
/** JFIF's header and Adobe's colour transform: without them some files change colour. */
const KEPT_APPLICATION_SEGMENTS = new Set([0xe0, 0xee]);
const COMMENT = 0xfe;

/**
 * The same JPEG without metadata: no Exif (place, time, device), XMP, IPTC, colour profile, comment, thumbnail, nor anything after
 * the image's end. Pixels are not touched. Throws PhotoRefused when the bytes are not one whole JPEG image.
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) throw new PhotoRefused('photo_not_jpeg');
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let hasFrame = false;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker.code === END_OF_IMAGE) {
      if (!hasFrame) throw new PhotoRefused('photo_not_jpeg');
      kept.push(new Uint8Array([0xff, END_OF_IMAGE]));
      return joined(kept);
    }
    let end = standsAlone(marker.code) ? marker.after : marker.after + lengthAt(bytes, marker.after);
    if (marker.code === START_OF_SCAN) end = endOfScan(bytes, end);
    if (end > bytes.length) throw new PhotoRefused('photo_not_jpeg');
    const segment = bytes.subarray(marker.at, end);
    if (marker.code === 0xe0) kept.push(withoutThumbnail(segment));
    else if (!isMetadata(marker.code)) kept.push(segment);
    hasFrame ||= isFrame(marker.code);
    at = end;
  }
}

/** The marker at `at`, after any fill bytes: where it begins, its code, and where its content begins. */
function markerAt(bytes: Uint8Array, at: number): { at: number; code: number; after: number } {
  if (bytes[at] !== 0xff) throw new PhotoRefused('photo_not_jpeg');
  let i = at;
  while (bytes[i + 1] === 0xff) i++;
  const code = bytes[i + 1];
  if (code === undefined || code === 0) throw new PhotoRefused('photo_not_jpeg');
  return { at: i, code, after: i + 2 };
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (length < 2) throw new PhotoRefused('photo_not_jpeg');
  return length;
}

/** Where the compressed data that begins at `from` ends: at the next marker that is neither an escape nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let i = bytes.indexOf(0xff, from); i !== -1; i = bytes.indexOf(0xff, i + 1)) {
    const next = bytes[i + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return i;
  }
  throw new PhotoRefused('photo_not_jpeg');
}

function isMetadata(code: number): boolean {
  return code === COMMENT || (code >= 0xe0 && code <= 0xef && !KEPT_APPLICATION_SEGMENTS.has(code));
}

function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

function isRestart(code: number): boolean {
  return code >= 0xd0 && code <= 0xd7;
}

function standsAlone(code: number): boolean {
  return code === TEMPORARY || isRestart(code);
}

const JFIF = [0x4a, 0x46, 0x49, 0x46, 0];

/** JFIF's own header without the small picture it may hold; nothing of other APP0 segments. */
function withoutThumbnail(segment: Uint8Array): Uint8Array {
  if (segment.length < 18 || JFIF.some((byte, i) => segment[4 + i] !== byte)) return new Uint8Array(0);
  const header = segment.slice(0, 18);
  header.set([0, 16], 2);
  header.set([0, 0], 16);
  return header;
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
