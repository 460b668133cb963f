import { unzipSync } from 'fflate';
import { crc32 } from './crc.ts';

const header = 0x02014b50;
const end = 0x06054b50;

/** The files of an archive as its list at the end names them, with the checksum of each. */
function listed(bytes: Uint8Array): Map<string, number> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = bytes.length - 22;
  while (at >= 0 && view.getUint32(at, true) !== end) at--;
  if (at < 0) return null;
  const count = view.getUint16(at + 10, true);
  let next = view.getUint32(at + 16, true);
  const files = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    if (next + 46 > bytes.length || view.getUint32(next, true) !== header) return null;
    const [name, extra, note] = [28, 30, 32].map((offset) => view.getUint16(next + offset, true)) as [
      number,
      number,
      number,
    ];
    const text = new TextDecoder().decode(bytes.subarray(next + 46, next + 46 + name));
    files.set(text, view.getUint32(next + 16, true));
    next += 46 + name + extra + note;
  }
  return files;
}

/** The most an archive may hold when unpacked, in bytes: what a street's file never reaches and a bomb does. */
const most = 60_000_000;

/** The files of a ZIP; null when it is none, is too large, or one of its files is not as it was packed. */
export function unzipWhole(bytes: Uint8Array): Record<string, Uint8Array> | null {
  try {
    const sums = listed(bytes);
    if (!sums) return null;
    let size = 0;
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        if (size > most) throw new Error('too large');
        return true;
      },
    });
    const whole = [...sums].every(([name, sum]) => {
      const file = files[name];
      return name.endsWith('/') || (file !== undefined && crc32(file) === sum);
    });
    return whole && Object.keys(files).length >= sums.size ? files : null;
  } catch {
    return null;
  }
}
