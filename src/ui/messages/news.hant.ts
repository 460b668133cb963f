import type { newsZh } from './news.zh.ts';

export const newsHant: { readonly [Key in keyof typeof newsZh]: string } = {
  'news.title': '您報告的事有新進展',
  'news.body': '編號 {number}，點開看看。',
};
