import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhotoRefused, stripJpeg } from './jpeg.ts';

const segment = (code: number, ...content: number[]) => [
  0xff,
  code,
  (content.length + 2) >> 8,
  (content.length + 2) & 0xff,
  ...content,
];
const text = (words: string) => [...new TextEncoder().encode(words)];
const jfif = segment(0xe0, ...text('JFIF'), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
const adobe = segment(0xee, ...text('Adobe'), 0, 100, 0, 0, 0, 0, 1);
const frame = segment(0xc0, 8, 0, 1, 0, 1, 1, 1, 0x11, 0);
const scan = [...segment(0xda, 1, 1, 0, 0, 63, 0), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56];
const photo = (...before: number[]) => new Uint8Array([0xff, 0xd8, ...before, ...frame, ...scan, 0xff, 0xd9]);

describe('a photo of a resident', () => {
  it('keeps the picture as it is', () => {
    expect(stripJpeg(photo(...jfif, ...adobe))).toEqual(photo(...jfif, ...adobe));
  });

  it('loses where, when and with what it was taken', () => {
    const exif = segment(0xe1, ...text('Exif'), 0, 0, ...text('GPS 30.66,104.05'));
    const iptc = segment(0xed, ...text('Photoshop 3.0'));
    const comment = segment(0xfe, ...text('my phone'));
    expect(stripJpeg(photo(...jfif, ...exif, ...iptc, ...comment))).toEqual(photo(...jfif));
  });

  it('loses the small picture inside its header', () => {
    const withSmall = segment(0xe0, ...text('JFIF'), 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9);
    expect(stripJpeg(photo(...withSmall))).toEqual(photo(...jfif));
  });

  it('loses what hangs behind its end, such as a second picture or a film', () => {
    expect(stripJpeg(new Uint8Array([...photo(), ...text('trailing')]))).toEqual(photo());
  });

  it('keeps every scan of a progressive picture', () => {
    const two = new Uint8Array([0xff, 0xd8, ...frame, ...scan, ...segment(0xc4, 0), ...scan, 0xff, 0xd9]);
    expect(stripJpeg(two)).toEqual(two);
  });

  it('is the same after a second time', () => {
    const once = stripJpeg(photo(...segment(0xe1, 1, 2, 3)));
    expect(stripJpeg(once)).toEqual(once);
  });
});

describe('what is no JPEG is refused', () => {
  const refused: [string, Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['a WebP', new Uint8Array([...text('RIFF'), 0, 0, 0, 0, ...text('WEBP')])],
    ['a text', new Uint8Array(text('<script>'))],
    ['a JPEG cut short', photo().slice(0, -4)],
    ['a JPEG without a picture', new Uint8Array([0xff, 0xd8, ...jfif, 0xff, 0xd9])],
    ['a segment longer than the file', new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2])],
  ];
  it.each(refused)('%s', (_name, bytes) => {
    expect(() => stripJpeg(bytes)).toThrow(new PhotoRefused('photo_not_jpeg'));
  });

  it('and no bytes at all make it do anything else', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          stripJpeg(new Uint8Array([0xff, 0xd8, ...bytes]));
        } catch (error) {
          expect(error).toBeInstanceOf(PhotoRefused);
        }
      }),
    );
  });
});
