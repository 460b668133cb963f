/** An answer of `map_snapshot` with so many issues among 514 courtyards, as the server would send it; always the same. */
export function snapshotWith(count: number): string {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const now = Math.floor(Date.now() / 1000);
  const rows = Array.from({ length: count }, (_, at) => at);
  const yards = Array.from({ length: 514 }, () => [104.045 + random() * 0.024, 30.656 + random() * 0.02]);
  const points = rows.map((at) =>
    (yards[at % 514] ?? []).map((degrees) => Number((degrees + random() * 4e-4).toFixed(6))),
  );
  const one = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)];
  const whats = [
    '楼道灯不亮，三楼到五楼都黑',
    '井盖松了，车过就响',
    '楼上漏水，墙都湿了',
    '垃圾堆在门口两天没人收',
    '有人在楼道里给电瓶车充电',
  ];
  return JSON.stringify({
    topic: 'area:1',
    seq: 1,
    at: new Date().toISOString(),
    areas: [],
    courtyards: {
      id: [],
      name: [],
      address: [],
      community_id: [],
      kind: [],
      invented: [],
      point: [],
      outline: [],
    },
    issues: {
      id: rows.map((at) => at + 1),
      number: rows.map((at) => `SC20261125-${String(at).padStart(6, '0')}`),
      courtyard_id: rows.map((at) => (at % 514) + 1),
      category: rows.map(() => one(['light', 'leak', 'drain', 'rubbish', null])),
      state: rows.map(() => one(['submitted', 'handling', 'handling', 'resolved'])),
      holder_level: rows.map(() => one(['courtyard', 'community', 'street'])),
      holder: rows.map((at) => `第${at % 60}网格`),
      urgency: rows.map((at) => (at % 50 === 0 ? 'emergency' : at % 9 === 0 ? 'urgent' : 'ordinary')),
      lng: points.map(([lng]) => lng),
      lat: points.map(([, lat]) => lat),
      step: rows.map(() => 'handle'),
      asked: rows.map(() => null),
      warn_at: rows.map(() => now + 3600),
      due_at: rows.map((at) => (at % 4 === 0 ? now - 3600 : now + 86_400)),
      created_at: rows.map((at) => now - 86_400 - at),
      ended_at: rows.map(() => null),
      version: rows.map(() => 1),
      what: rows.map(() => one(whats)),
    },
    gone: [],
  });
}
