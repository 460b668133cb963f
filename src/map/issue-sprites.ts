import type { DrawnCluster, DrawnPin } from '../core/drawn-pins.ts';
import { clusterRadii, clusterSize, drawCluster, lateShare } from './cluster-icons.ts';
import type { Palette } from './palette.ts';
import { drawPin, drawRing, pinSide, ringSide } from './pin-icons.ts';
import { slotOffset } from './pin-scale.ts';
import { SpriteAtlas } from './sprite-atlas.ts';
import type { Sprite } from './sprite-atlas.ts';
import { SpriteLayer } from './sprite-layer.ts';

const family =
  "-apple-system, 'PingFang SC', 'HarmonyOS Sans SC', 'MiSans', 'Noto Sans SC', 'Microsoft YaHei', sans-serif";
const countSizes = [12, 13, 14, 15] as const;
const badgeSize = 11;

/** A number of at most four characters. */
const short = (count: number): string =>
  count < 10_000 ? String(count) : `${(count / 1000).toFixed(count < 100_000 ? 1 : 0)}k`;

const byRank = (a: DrawnPin, b: DrawnPin): number => a.mark + 10 * a.urgency - (b.mark + 10 * b.urgency);

/** Issues as sprites: clusters with how many they hold and how many of these are late, pins over them, the chosen one on top. */
export class IssueSprites {
  readonly layer: SpriteLayer;
  readonly #atlas: SpriteAtlas;
  #palette: Palette;

  /** `ratio`: pixels of the screen, or of the paper, in one CSS pixel. */
  constructor(palette: Palette, ratio: number) {
    this.#palette = palette;
    this.#atlas = new SpriteAtlas(Math.max(2, Math.ceil(ratio)));
    this.layer = new SpriteLayer('issues', this.#atlas);
  }

  repaint(palette: Palette): void {
    this.#palette = palette;
    this.#atlas.clear();
  }

  /** Draws these in place of what was drawn. `chosen` is drawn by itself when it is none of the pins. */
  draw(pins: readonly DrawnPin[], clusters: Iterable<DrawnCluster>, chosen: DrawnPin | null): void {
    this.layer.clear();
    for (const cluster of [...clusters].sort((a, b) => Number(a.late > 0) - Number(b.late > 0)))
      this.#cluster(cluster);
    for (const pin of [...pins].sort(byRank)) this.#pin(pin);
    if (!chosen) return;
    if (!pins.some(({ id }) => id === chosen.id)) this.#pin(chosen);
    const [dx, dy] = slotOffset(chosen.slot);
    const ring = this.#atlas.need('ring', ringSide, ringSide, (pen) => drawRing(pen, this.#palette));
    this.layer.add(chosen.lng, chosen.lat, ring, dx, dy);
  }

  #pin({ lng, lat, mark, urgency, slot }: DrawnPin): void {
    const sprite = this.#atlas.need(`pin-${mark}-${urgency}`, pinSide, pinSide, (pen) =>
      drawPin(pen, mark, urgency, this.#palette),
    );
    this.layer.add(lng, lat, sprite, ...slotOffset(slot));
  }

  #cluster({ lng, lat, count, late }: DrawnCluster): void {
    const size = clusterSize(count);
    const share = lateShare(late, count);
    const radius = clusterRadii[size] ?? clusterRadii[0];
    const side = 2 * radius + 4;
    const disc = this.#atlas.need(`cluster-${size}-${share}`, side, side, (pen) =>
      drawCluster(pen, size, share, this.#palette),
    );
    this.layer.add(lng, lat, disc, 0, 0, false);
    const { pinInk, pin, surface } = this.#palette;
    this.#words(lng, lat, short(count), countSizes[size] ?? 12, 500, pinInk, null, 0, 0);
    if (late > 0)
      this.#words(
        lng,
        lat,
        `!${short(late)}`,
        badgeSize,
        600,
        pin.door,
        surface,
        radius * 0.75,
        -radius * 0.8,
      );
  }

  /** Words in a row, letter by letter, around a place moved by so many pixels. */
  #words(
    lng: number,
    lat: number,
    words: string,
    size: number,
    weight: number,
    ink: string,
    halo: string | null,
    dx: number,
    dy: number,
  ): void {
    const font = `${weight} ${size}px ${family}`;
    const letters = [...words].map((letter) => this.#letter(letter, size, font, ink, halo));
    let x = dx - letters.reduce((sum, { advance }) => sum + advance, 0) / 2;
    for (const { sprite, advance } of letters) {
      this.layer.add(lng, lat, sprite, x + advance / 2, dy, false);
      x += advance;
    }
  }

  readonly #advances = new Map<string, number>();
  #letter(
    letter: string,
    size: number,
    font: string,
    ink: string,
    halo: string | null,
  ): { sprite: Sprite; advance: number } {
    const name = `${letter}-${font}-${ink}`;
    const advance = this.#advances.get(name) ?? this.#atlas.measure(letter, font);
    this.#advances.set(name, advance);
    const sprite = this.#atlas.need(name, advance + 8, size + 8, (pen) => {
      pen.font = font;
      pen.textAlign = 'center';
      pen.textBaseline = 'alphabetic';
      if (halo) {
        pen.lineWidth = 4;
        pen.lineJoin = 'round';
        pen.strokeStyle = halo;
        pen.strokeText(letter, 0, size * 0.36);
      }
      pen.fillStyle = ink;
      pen.fillText(letter, 0, size * 0.36);
    });
    return { sprite, advance };
  }
}
