import { beforeAll, describe, expect, it } from 'vitest';
import { baseAddresses } from '../fixtures/base-maps.ts';
import { makeWorld, people } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

type Fields = Record<string, unknown>;

eachEngine('base maps', (db) => {
  beforeAll(async () => {
    db.at('2026-11-25T09:00:00+08:00');
    await makeWorld(db);
  });

  const style = {
    name: '市级底图',
    kind: 'style',
    datum: 'wgs84',
    url: 'https://tiles.example.cn/style.json',
  };
  const tianditu = {
    name: '天地图',
    kind: 'tianditu',
    datum: 'cgcs2000',
    layer: 'img',
    key: '0123456789abcdef0123456789abcdef',
  };
  const save = async (fields: Fields, who: keyof typeof people = 'admin'): Promise<Fields> =>
    Object(await db.rpc(people[who], 'save_base_map', fields));
  const list = async (who: keyof typeof people): Promise<Fields[]> => {
    const rows: unknown = await db.rpc(people[who], 'list_base_maps');
    return Array.isArray(rows) ? rows.map((row: unknown) => Object(row)) : [];
  };
  const hosts = () => db.value('select private.base_map_hosts()');

  it('the administrator alone saves one, and nothing is kept of what others try', async () => {
    for (const who of ['street', 'leader'] as const) await expectError(save(style, who), 'admin_only', 403);
    expect(await list('admin')).toEqual([]);
  });

  describe('addresses', () => {
    it.each(baseAddresses)('%s %s: %s', async (kind, url, said) => {
      const saved = save({ ...style, kind, url });
      if (said === null) expect(await saved).toMatchObject({ url });
      else if (said === 'malformed') await expectError(saved, 'base_malformed', 422);
      else expect(await expectError(saved, 'base_shifted', 422)).toMatchObject({ datum: said });
    });
  });

  it('one that is said to be shifted is refused with the reason, whatever its address', async () => {
    const before = (await list('admin')).length;
    expect(await expectError(save({ ...style, datum: 'gcj02' }), 'base_shifted', 422)).toEqual({
      field: 'datum',
      datum: 'gcj02',
    });
    const hidden = save({ ...style, hosts: ['tiles.example.cn', 'rt2.map.gtimg.com'] });
    expect(await expectError(hidden, 'base_shifted', 422)).toMatchObject({ host: 'rt2.map.gtimg.com' });
    expect(await list('admin')).toHaveLength(before);
  });

  it.each(["a.cn 'unsafe-inline'", '*', 'https://a.cn', 'a.cn; script-src *'])(
    'no content policy can be made of the host %s',
    async (host) => {
      await expectError(save({ ...style, hosts: [host] }), 'base_malformed', 422);
    },
  );

  it('天地图 needs the office’s key, and comes with the addresses of its picture and its names', async () => {
    expect(await expectError(save({ ...tianditu, key: 'x' }), 'base_malformed', 422)).toEqual({
      field: 'key',
    });
    const saved = await save(tianditu);
    const [picture, names] = Object(saved)['tiles'];
    expect(picture).toHaveLength(8);
    expect(picture[3]).toContain('https://t3.tianditu.gov.cn/img_w/wmts?');
    expect(names[0]).toContain('LAYER=cia');
  });

  it('staff see those that are on; the pages may fetch from their hosts and no others', async () => {
    const shown = await save({
      ...style,
      name: '显示',
      url: 'https://on.example.cn/s.json',
      hosts: ['Fonts.Example.cn'],
    });
    await save({ ...style, name: '不显示', url: 'https://off.example.cn/s.json', active: false });
    expect((await list('street')).map(({ name }) => name)).toContain('显示');
    expect((await list('street')).map(({ name }) => name)).not.toContain('不显示');
    expect((await list('admin')).map(({ name }) => name)).toContain('不显示');
    expect(await hosts()).toEqual(
      expect.arrayContaining(['on.example.cn', 'fonts.example.cn', 't0.tianditu.gov.cn']),
    );
    expect(await hosts()).not.toContain('off.example.cn');
    const { tiles: _tiles, ...row } = shown;
    await save({ ...row, datum: 'wgs84', active: false });
    expect(await hosts()).not.toContain('fonts.example.cn');
  });

  it('of two who change the same one, one is told; the history names the change and not the key', async () => {
    const saved = await save({ ...tianditu, name: '影像' });
    const { tiles: _tiles, ...row } = saved;
    const next = await save({ ...row, datum: 'cgcs2000', name: '天地图影像' });
    expect(next['version']).toBe(2);
    await expectError(save({ ...row, datum: 'cgcs2000', name: '别的' }), 'stale_setting', 409);
    const history = JSON.stringify(await db.rpc(people.admin, 'settings_history', { what: 'base' }));
    expect(history).toContain('天地图影像');
    expect(history).not.toContain(tianditu.key);
  });
});
