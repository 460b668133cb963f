import type { SpiderWords } from './spider.ts';
import type { Language } from './style.ts';

const copyright = 'https://www.openstreetmap.org/copyright';

/** What the maps themselves say; screens have their own catalogues. */
const zh = {
  liveMap: '街道实时地图，方向键移动，加减号缩放，回车选择十字处的诉求或院落',
  picker: '地图：拖动地图，把图钉对准出问题的地方；也可以用方向键移动',
  zoomIn: '放大',
  zoomOut: '缩小',
  north: '转回正北',
  credits: '底图来源',
  attribution: `底图 © <a href="${copyright}" target="_blank" rel="noopener">OpenStreetMap 贡献者</a>（ODbL），2018年7月 · 边界示意`,
  stack: '此处 {count} 件诉求，第 {page} 页，共 {pages} 页',
  close: '收起',
  next: '下一页',
  locate: '用我的位置',
  locating: '正在定位…',
  locateDenied: '没有得到定位许可。可以直接拖动地图来对准位置。',
  locateFailed: '暂时定不了位。可以直接拖动地图来对准位置。',
  locateFar: '您现在的位置离这个院落较远，图钉没有移动。',
};

const en: typeof zh = {
  liveMap:
    'Live map of the street. Arrow keys move, plus and minus zoom, Enter chooses what is under the cross',
  picker: 'Map: drag it until the pin is on the spot; the arrow keys move it too',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  north: 'Turn north up',
  credits: 'Map credits',
  attribution: `Base map © <a href="${copyright}" target="_blank" rel="noopener">OpenStreetMap contributors</a> (ODbL), July 2018 · boundaries indicative`,
  stack: '{count} issues here, page {page} of {pages}',
  close: 'Close',
  next: 'Next page',
  locate: 'Use my position',
  locating: 'Finding you…',
  locateDenied: 'There is no permission to use your position. You can drag the map instead.',
  locateFailed: 'Your position cannot be found now. You can drag the map instead.',
  locateFar: 'You are some way from this courtyard, so the pin was not moved.',
};

export type MapWords = typeof zh;

export const mapWords = (language: Language): MapWords => (language === 'en' ? en : zh);

/** What pins that are spread around their place say, in the language of that moment. */
export const spiderWords = (language: () => Language, nameOf: (issue: number) => string): SpiderWords => ({
  issue: nameOf,
  group: (count, page, pages) =>
    mapWords(language())
      .stack.replace('{count}', String(count))
      .replace('{page}', String(page))
      .replace('{pages}', String(pages)),
  close: () => mapWords(language()).close,
  next: () => mapWords(language()).next,
});
