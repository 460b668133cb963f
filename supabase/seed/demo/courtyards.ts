import { makeGrids, streetRoads, type Grid, type Road } from './areas.ts';
import { behind, giveNumbers, type Placed } from './house-numbers.ts';
import { area, innerPoint, toDegrees } from './plane.ts';
import { seeded } from './random.ts';
import { quarterNamesEn, streetNamesEn } from './street-names.ts';
import { frontOf, namedStreets, type Street } from './streets.ts';
import { makeYards, type Yard } from './yards.ts';

export type Kind = 'quarter' | 'yard' | 'danwei' | 'heritage';

/** A courtyard as the database takes it; outline (closed) and point in degrees. */
export type DemoCourtyard = {
  code: string;
  name: string;
  nameEn: string;
  address: string;
  grid: string;
  kind: Kind;
  invented: boolean;
  outline: [number, number][];
  point: [number, number];
};

export type DemoStreet = { roads: Road[]; grids: Grid[]; courtyards: DemoCourtyard[] };

/** What the street says of itself. */
export const courtyardCount = 514;

const works = ['粮站', '邮电', '供销社', '印刷厂', '纺织厂', '木器厂', '服装厂', '建筑队', '运输队', '教师'];
const worksEn = [
  'Granary',
  'Post',
  'Co-op',
  'Printworks',
  'Mill',
  'Joinery',
  'Tailors’',
  'Builders’',
  'Carriers’',
  'Teachers’',
];

/** Leaves as many yards as the street has: real quarters stay, what lies behind others goes a little sooner. */
function choose(yards: readonly Yard[], streets: readonly Street[]): Yard[] {
  const random = seeded(514);
  const ranked = yards.map((yard) => {
    const back = frontOf(yard.ring, streets).gap > behind;
    return { yard, rank: yard.name ? 2 : random() - (back ? 0.3 : 0) };
  });
  const kept = new Set(
    [...ranked]
      .sort((a, b) => b.rank - a.rank)
      .slice(0, courtyardCount)
      .map(({ yard }) => yard),
  );
  if (kept.size < courtyardCount) throw new Error(`The blocks give only ${kept.size} yards`);
  return yards.filter((yard) => kept.has(yard));
}

type Named = Pick<DemoCourtyard, 'name' | 'nameEn' | 'address' | 'kind'>;

function nameYards(placed: readonly Placed[]): Named[] {
  const random = seeded(1718);
  const used = new Set<string>();
  return placed.map(({ yard, street, number, annex }): Named => {
    const door = `${street}${number}号${annex ? `附${annex}号` : ''}`;
    const doorEn = `${number}${annex ? `-${annex}` : ''} ${streetNamesEn[street] ?? street}`;
    const [dice, pick] = [random(), Math.floor(random() * works.length)];
    const address = `${door}院`;
    const plain = { name: address, nameEn: doorEn, address };
    if (yard.name) {
      return { name: yard.name, nameEn: quarterNamesEn[yard.name] ?? doorEn, address, kind: 'quarter' };
    }
    if (yard.heritage) return { ...plain, kind: 'heritage' };
    const estate = `${street}小区`;
    if (area(yard.ring) > 2800 && dice < 0.6) {
      if (used.has(estate)) return { ...plain, kind: 'quarter' };
      used.add(estate);
      return { name: estate, nameEn: `${streetNamesEn[street] ?? street} Estate`, address, kind: 'quarter' };
    }
    const dormitory = `${street}${works[pick]}宿舍`;
    if (dice < 0.2 && !used.has(dormitory)) {
      used.add(dormitory);
      const nameEn = `${streetNamesEn[street] ?? street} ${worksEn[pick]} Housing`;
      return { name: dormitory, nameEn, address, kind: 'danwei' };
    }
    return { ...plain, kind: 'yard' };
  });
}

/** The whole demo street: its roads, its grids and its 514 courtyards, the same each time. */
export function makeStreet(): DemoStreet {
  const roads = streetRoads();
  const grids = makeGrids(roads);
  const streets = namedStreets(roads);
  const yards = choose(makeYards(grids, roads), streets);
  const order = new Map(grids.map((grid, i) => [grid.code, i]));
  const placed = giveNumbers(yards, streets).sort(
    (a, b) =>
      (order.get(a.yard.grid.code) ?? 0) - (order.get(b.yard.grid.code) ?? 0) ||
      (a.street < b.street ? -1 : a.street > b.street ? 1 : a.number - b.number || a.annex - b.annex),
  );
  const names = nameYards(placed);
  const courtyards = placed.flatMap(({ yard }, i): DemoCourtyard[] => {
    const named = names[i];
    if (!named) return [];
    const outline = yard.ring.map(toDegrees);
    const first = outline[0];
    return [
      {
        code: `shaocheng-${String(i + 1).padStart(3, '0')}`,
        ...named,
        grid: yard.grid.code,
        invented: yard.name === null,
        outline: first ? [...outline, first] : outline,
        point: toDegrees(innerPoint(yard.ring)),
      },
    ];
  });
  return { roads, grids, courtyards };
}
