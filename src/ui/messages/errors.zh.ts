/** What happened, what is safe, what to do: the errors any page can meet. */
export const errorsZh = {
  'error.offline': '现在没有网络。您填写的内容都还在，有网后再试一次即可。',
  'error.timeout': '网络太慢，还没有收到回应。您填写的内容都还在，请稍后再试。',
  'error.server_down': '服务暂时没有回应，不是您的问题。您填写的内容都还在，请过几分钟再试。',
  'error.too_many': '刚才请求太频繁了。您填写的内容都还在，请等一分钟再试。',
  'error.unknown': '没有成功，原因不明。您填写的内容都还在，请再试一次；还是不行请联系社区。',
} as const;
