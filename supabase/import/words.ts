export type Lang = 'zh' | 'en';

/** Every sentence the importer says, [Chinese, English]; `{x}` is filled in. */
const sentences: Record<string, [string, string]> = {
  name_missing: ['缺少名称', 'the name is missing'],
  name_too_long: ['名称超过 {max} 个字', 'the name is longer than {max} characters'],
  address_missing: ['缺少地址', 'the address is missing'],
  address_too_long: ['地址超过 {max} 个字', 'the address is longer than {max} characters'],
  community_unknown: ['没有这个社区：{community}', 'unknown community: {community}'],
  grid_missing: ['社区下还没有网格', 'the community has no grid yet'],
  too_long: ['名称或地址太长', 'the name or the address is too long'],
  kind_unknown: ['没有这个类型：{kind}', 'unknown kind: {kind}'],
  geometry_missing: ['没有坐标或边界', 'there are no coordinates and no outline'],
  geometry_empty: ['边界是空的', 'the outline is empty'],
  geometry_corners: ['边界不足三个不同的点', 'the outline has fewer than three different corners'],
  geometry_numbers: ['边界里有不是数字的坐标', 'a coordinate of the outline is no number'],
  geometry_wkt: ['WKT 有误', 'the WKT is broken'],
  geometry_bad: ['边界自相交或无效', 'the outline crosses itself or is not valid'],
  geometry_kind: ['不支持的图形：{type}（要点或面）', 'a {type} is not supported (point or polygon)'],
  feature_malformed: ['不是 GeoJSON 要素', 'this is no GeoJSON feature'],
  coordinates_not_numbers: ['坐标不是数字：{lng}, {lat}', 'the coordinates are no numbers: {lng}, {lat}'],
  coordinates_swapped: ['经度和纬度写反了', 'longitude and latitude are swapped'],
  coordinates_not_degrees: [
    '坐标不是经纬度（像是以米为单位的投影坐标，请导出为经纬度）',
    'the coordinates are no degrees (projected metres? export longitude and latitude)',
  ],
  outside_street: ['不在本街道范围内', 'it lies outside the street'],
  duplicate_in_file: ['与第 {row} 行重复（地址或编号相同）', 'it has the address or code of row {row}'],
  twice_in_file: ['同一地址在文件里出现两次', 'its address stands twice in the file'],
  duplicate: [
    '与另一院落同址或重叠：{address}',
    'it has the address of another courtyard or overlaps it: {address}',
  ],

  file_missing: ['找不到文件：{path}', 'no such file: {path}'],
  file_empty: ['文件里没有数据', 'the file holds no rows'],
  file_too_large: ['文件超过 {megabytes} MB', 'the file is larger than {megabytes} MB'],
  file_kind: [
    '不支持的文件类型 {kind}，请用 .geojson、.csv 或 .xlsx',
    'unknown kind of file {kind}: use .geojson, .csv or .xlsx',
  ],
  file_old_excel: ['这是旧版 Excel 文件，请另存为 .xlsx', 'this is an old Excel file: save it as .xlsx'],
  file_encoding: [
    '读不出文字：请存为 UTF-8 或 GB18030',
    'the text can not be read: save it as UTF-8 or GB18030',
  ],
  file_not_json: ['不是有效的 JSON', 'this is not valid JSON'],
  file_not_geojson: [
    '不是 GeoJSON 的 FeatureCollection 或 Feature',
    'this is no GeoJSON FeatureCollection or Feature',
  ],
  file_projected: [
    '坐标系是 {crs}，请导出为经纬度（EPSG:4326）',
    'its coordinate system is {crs}: export it as EPSG:4326',
  ],
  file_not_csv: ['CSV 格式有误，第 {line} 行附近', 'the CSV breaks near line {line}'],
  file_not_xlsx: ['不是有效的 .xlsx 文件', 'this is no valid .xlsx file'],
  headings_missing: [
    '前 10 行里没有表头。需要：名称、地址、社区，以及经度和纬度（或 WKT）',
    'no headings within the first 10 lines. Wanted: name, address, community, and lng and lat (or WKT)',
  ],

  usage: [
    '用法：npm run import -- courtyards <文件> [--crs wgs84|gcj02|bd09] [--dry-run] [--report 结果.csv] [--url 地址] [--key 服务密钥] [--data 目录] [--lang zh|en]',
    'usage: npm run import -- courtyards <file> [--crs wgs84|gcj02|bd09] [--dry-run] [--report out.csv] [--url …] [--key …] [--data folder] [--lang zh|en]',
  ],
  reading: ['读取', 'Reading'],
  checking: ['核对', 'Checking'],
  writing: ['写入', 'Writing'],
  starting: ['打开数据库…', 'Opening the database …'],
  unused: ['未使用的列：{columns}', 'columns not used: {columns}'],
  row: ['第 {row} 行', 'row {row}'],
  more: ['……另有 {count} 行，详见 --report', '… and {count} more, see --report'],
  changed: ['更新', 'changed'],
  refused: ['拒绝', 'refused'],
  added: ['新增', 'added'],
  same: ['不变', 'same'],
  totals: [
    '新增 {added}，更新 {changed}，不变 {same}，拒绝 {refused}。',
    '{added} added, {changed} changed, {same} same, {refused} refused.',
  ],
  nothing_written: ['有被拒绝的行，所以什么都没有写入。', 'Nothing was written, as rows were refused.'],
  dry: ['试运行：什么都没有写入。', 'Dry run: nothing was written.'],
  written: ['已全部写入。', 'All of it is written.'],
  reported: ['结果已存为 {path}', 'the report is in {path}'],
  crs_hint: [
    '按 {crs} 读，{of} 个里有 {instead} 个在本街道内（现在只有 {now} 个）。坐标可能是 {crs}，请试 --crs {crs}',
    'Read as {crs}, {instead} of {of} lie inside the street (now {now}). Try --crs {crs}',
  ],
  server_elsewhere: [
    '这个数据目录上已有服务在运行，但 {url} 没有回答。请用 --url 给出它的地址',
    'A server runs on this data folder, but {url} does not answer. Give its address by --url',
  ],
  too_much_at_once: [
    '文件太大，运行中的服务来不及处理；什么都没有写入。请先停止服务再导入（这样没有时间限制）',
    'Too much at once for a running server; nothing was written. Stop it and import again (there is no limit then)',
  ],
  import_not_allowed: ['没有权限，或还没有街道', 'not allowed, or there is no street yet'],
  server_away: ['连不上 {url}', 'no answer from {url}'],
  server_refused: ['服务拒绝了请求（{status}）：{message}', 'the server refused ({status}): {message}'],
  server_strange: ['服务的回答看不懂', 'the server’s answer can not be understood'],
};

/** A sentence in a language; an unknown code is shown as it is, with its facts, rather than hidden. */
export function say(lang: Lang, code: string, facts: Record<string, unknown> = {}): string {
  const pair = sentences[code];
  if (!pair) return Object.keys(facts).length > 0 ? `${code} ${JSON.stringify(facts)}` : code;
  return pair[lang === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '–'));
}

/** The code has a sentence. */
export const isSaid = (code: string) => code in sentences;
