import { UnreadableFile } from './source.ts';

/**
 * Text of a file's bytes. Takes UTF-8 and UTF-16 with a byte order mark, UTF-8 without one, and GB18030 (what Excel in
 * China saves as CSV; GBK and GB 2312 are parts of it). Gives the text without its mark.
 */
export function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  if (encoding) return new TextDecoder(encoding).decode(bytes);
  for (const guess of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(guess, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  throw new UnreadableFile('file_encoding');
}
