/** What the phone itself says when there is news of a report; the service worker has these words without a page. */
export const newsZh = {
  'news.title': '您报告的事有新进展',
  'news.body': '编号 {number}，点开看看。',
} as const;
