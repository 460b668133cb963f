import type { Outline } from '../../core/drawn.ts';
import { overlap, selfCrossing } from '../../core/shape/flaws.ts';
import { areaOf, closed, inside, opened } from '../../core/shape/plane.ts';
import type { Corners, Position } from '../../core/shape/plane.ts';
import { DrawPart } from '../../map/draw-part.ts';
import type { DrawKind } from '../../map/draw-part.ts';
import type { LiveMap } from '../../map/live-map.ts';
import { MarkPart } from '../../map/mark-part.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';

/** What is being drawn on the map, with what is wrong with it as far as can be told here. */
export class ShapeDraft {
  #part: DrawPart;
  #marks = new MarkPart();
  #ends: (() => void)[];
  #shapes = $state.raw<Position[][]>([]);
  #drawing = $state(false);
  /** Counts changes, so that what can be undone is asked again. */
  #turn = $state(0);
  /** Yards that are no hindrance: the one that is drawn. */
  readonly #own: readonly number[];
  /** What was cut out of the shapes before they were drawn on; stays cut out of whichever still encloses it. */
  readonly #holes: readonly Position[][];
  readonly #issues: LiveIssues;
  readonly kind: DrawKind;

  constructor(
    map: LiveMap,
    issues: LiveIssues,
    kind: DrawKind,
    shapes: readonly Corners[] = [],
    own: readonly number[] = [],
    lines: () => Iterable<readonly Position[]> = () => [],
    holes: readonly Position[][] = [],
  ) {
    this.#holes = holes;
    this.#issues = issues;
    this.#own = own;
    this.kind = kind;
    this.#part = new DrawPart({
      kind,
      shapes,
      snap: () => [...this.#neighbours().map(({ corners }) => closed(corners)), ...lines()],
      onchange: ({ shapes: drawn, drawing }) => {
        this.#shapes = drawn;
        this.#drawing = drawing;
        this.#turn++;
      },
    });
    this.#ends = [map.attach(this.#marks), map.attach(this.#part)];
  }

  get shapes(): readonly Position[][] {
    return this.#shapes;
  }
  /** The shapes are closed and have corners enough. */
  get ready(): boolean {
    const least = this.kind === 'line' ? 2 : 3;
    return !this.#drawing && this.#shapes.length > 0 && this.#shapes.every(({ length }) => length >= least);
  }
  /** m². */
  get area(): number {
    return this.#shapes.reduce((sum, corners) => sum + areaOf(corners), 0);
  }
  get crossing(): Position | null {
    if (this.kind !== 'outline') return null;
    for (const corners of this.#shapes) {
      const at = corners.length > 3 ? selfCrossing(corners) : null;
      if (at) return at;
    }
    return null;
  }
  /** Names of the yards whose ground it takes. */
  get overlaps(): string[] {
    if (this.kind !== 'outline' || !this.ready) return [];
    const names = this.#neighbours()
      .filter(({ corners }) => this.#shapes.some((shape) => overlap(shape, corners)))
      .map(({ name }) => name);
    return names.filter((name, n) => names.indexOf(name) === n);
  }
  get canUndo(): boolean {
    void this.#turn;
    return this.#part.canUndo;
  }
  get canRedo(): boolean {
    void this.#turn;
    return this.#part.canRedo;
  }
  /** As the database takes it. */
  get outline(): Outline {
    return {
      type: 'MultiPolygon',
      coordinates: this.#shapes.map((corners) => [
        closed(corners),
        ...this.#holes.filter((hole) => hole.every((at) => inside(at, corners))),
      ]),
    };
  }

  undo = (): void => this.#part.undo();
  redo = (): void => this.#part.redo();
  put = (shapes: readonly Corners[]): void => this.#part.put(shapes);
  /** Rings the place of a flaw on the map; null for none. */
  mark(flaw: Position | null, words: readonly { at: Position; words: string }[] = []): void {
    this.#marks.mark({ flaw, words });
  }
  end(): void {
    for (const end of this.#ends.toReversed()) end();
    this.#ends = [];
  }

  #neighbours(): { name: string; corners: Position[] }[] {
    return [...this.#issues.courtyards.values()]
      .filter(({ id }) => !this.#own.includes(id))
      .flatMap(({ name, outline }) => outline.map(([outer = []]) => ({ name, corners: opened(outer) })));
  }
}
