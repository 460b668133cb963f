import type { Field } from './source.ts';

const headings: Record<Field, string[]> = {
  name: ['名称', '院落名称', '小区名称', '院落', '小区', '院落小区', 'name', 'courtyard'],
  address: ['地址', '详细地址', '院落地址', '小区地址', '门牌', '门牌地址', '坐落', 'address', 'addr'],
  community: ['社区', '所属社区', '社区名称', '所在社区', 'community'],
  kind: ['类型', '院落类型', '小区类型', '类别', 'kind', 'type'],
  code: ['编号', '编码', '代码', '院落编号', '院落编码', 'code', 'id', 'externalid', 'no'],
  lng: ['经度', 'lng', 'lon', 'long', 'longitude', 'x', 'x坐标'],
  lat: ['纬度', 'lat', 'latitude', 'y', 'y坐标'],
  lnglat: ['坐标', '经纬度', '经纬度坐标', 'lnglat', 'location', 'coordinates'],
  geometry: ['wkt', 'geometry', 'geom', 'thegeom', '几何', '边界', '范围', '轮廓'],
};

const fieldOf = new Map(
  Object.entries(headings).flatMap(([field, names]) => names.map((name) => [name, field as Field])),
);

/** A heading as it is compared: one width, lower case, without spaces, `*`, `_` and what stands in brackets. */
function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, '')
    .replace(/[\s_*:：·-]/g, '');
}

/** Which field a heading names, in Chinese or English; null for one nothing here reads. */
export function fieldNamed(heading: string): Field | null {
  return fieldOf.get(plain(heading)) ?? null;
}
