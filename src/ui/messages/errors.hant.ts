import type { errorsZh } from './errors.zh.ts';

export const errorsHant: { readonly [Key in keyof typeof errorsZh]: string } = {
  'error.offline': '現在沒有網絡。您填寫的內容都還在，有網後再試一次即可。',
  'error.timeout': '網絡太慢，還沒有收到回應。您填寫的內容都還在，請稍後再試。',
  'error.server_down': '服務暫時沒有回應，不是您的問題。您填寫的內容都還在，請過幾分鐘再試。',
  'error.too_many': '剛才請求太頻繁了。您填寫的內容都還在，請等一分鐘再試。',
  'error.unknown': '沒有成功，原因不明。您填寫的內容都還在，請再試一次；還是不行請聯繫社區。',
};
