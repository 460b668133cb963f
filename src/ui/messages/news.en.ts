import type { newsZh } from './news.zh.ts';

export const newsEn: { readonly [Key in keyof typeof newsZh]: string } = {
  'news.title': 'News of what you reported',
  'news.body': 'No. {number}. Open it to see.',
};
