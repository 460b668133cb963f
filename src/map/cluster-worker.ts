import { ClusterDesk } from '../core/cluster-desk.ts';
import type { ClusterAsk } from '../core/cluster-desk.ts';

const desk = new ClusterDesk();

addEventListener('message', ({ data }: MessageEvent<ClusterAsk>) => {
  const answer = desk.answer(data);
  if (answer) postMessage(answer);
});
