import { outlines, type Grid } from './areas.ts';
import { communities, upperAreas } from './communities.ts';
import type { DemoCourtyard } from './courtyards.ts';
import { toDegrees, type Ring } from './plane.ts';

const text = (value: string | null) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);
const positions = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y]) => `${x} ${y}`).join(', ');

/** A multipolygon as well-known text; rings are open and on the plane. */
function multiPolygon(rings: readonly Ring[]): string {
  const closed = rings.map((ring) => {
    const degrees = ring.map(toDegrees);
    const [first] = degrees;
    return `((${positions(first ? [...degrees, first] : degrees)}))`;
  });
  return `MULTIPOLYGON(${closed.join(', ')})`;
}

type Row = {
  code: string;
  level: string;
  name: string;
  nameEn: string;
  parent: string | null;
  rings: Ring[];
};

function insertAreas(rows: readonly Row[]): string {
  const note = '示意：沿真实道路绘制，不是法定界线';
  const values = rows.map(({ code, level, name, nameEn, parent, rings }) => {
    const outline = rings.length ? text(multiPolygon(rings)) : 'null';
    const cells = [code, level, name, nameEn, parent].map((cell) => text(cell));
    return `  (${cells.join(', ')}, ${outline}, ${rings.length ? text(note) : 'null'})`;
  });
  return `insert into public.areas (code, level, name, name_en, parent_id, boundary, boundary_note)
select v.code, v.level, v.name, v.name_en, above.id, extensions.st_geomfromtext(v.boundary, 4326), v.note
from (values
${values.join(',\n')}
) as v (code, level, name, name_en, parent, boundary, note)
left join public.areas above on above.code = v.parent
order by v.code
on conflict (code) do nothing;
`;
}

const source = `-- Made by supabase/seed/demo/make.ts from OpenStreetMap, © OpenStreetMap contributors, ODbL 1.0; do not edit.
`;

/** The tree of areas from the city down to the grids. */
export function areasSql(grids: readonly Grid[]): string {
  const upper = upperAreas.map((entry, i): Row => ({
    ...entry,
    parent: upperAreas[i - 1]?.code ?? null,
    rings: entry.level === 'street' ? outlines(grids.flatMap((grid) => grid.faces)) : [],
  }));
  const middle = communities.map((community): Row => ({
    ...community,
    level: 'community',
    parent: '510105005',
    rings: outlines(grids.filter((grid) => grid.community === community).flatMap((grid) => grid.faces)),
  }));
  const lower = grids.map((grid): Row => ({
    ...grid,
    level: 'grid',
    parent: grid.community.code,
    rings: outlines(grid.faces),
  }));
  const levels = [...upper.map((row) => [row]), middle, lower];
  return `${source}-- Gives: 少城街道, its six communities and their grids. Codes and names down to the communities are official; outlines are 示意.\n
${levels.map(insertAreas).join('\n')}`;
}

/** The courtyards; a code for each wall is given by the table's trigger. */
export function courtyardsSql(courtyards: readonly DemoCourtyard[]): string {
  const values = courtyards.map((c) => {
    const cells = [c.code, c.name, c.nameEn, c.address, c.grid, c.kind].map((cell) => text(cell)).join(', ');
    return `  (${cells}, ${c.invented}, 'MULTIPOLYGON(((${positions(c.outline)})))', 'POINT(${positions([c.point])})')`;
  });
  return `${source}-- Gives: the 514 courtyards of the demo street: real quarters as they are, the others (invented) cut out of real blocks.

insert into public.courtyards (code, name, name_en, address, grid_id, kind, invented, geom, point)
select v.code, v.name, v.name_en, v.address, grid.id, v.kind, v.invented,
  extensions.st_geomfromtext(v.geom, 4326), extensions.st_geomfromtext(v.point, 4326)
from (values
${values.join(',\n')}
) as v (code, name, name_en, address, grid, kind, invented, geom, point)
join public.areas grid on grid.code = v.grid
order by v.code
on conflict do nothing;
`;
}
