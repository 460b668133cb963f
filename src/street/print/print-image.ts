import type { Paper } from './sheet.ts';

/** Prints one picture on a page of its own size, by a frame that nobody sees. */
export function printImage(url: string, paper: Paper, portrait: boolean): void {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position:fixed;left:-10000px;width:0;height:0;border:0';
  document.body.append(frame);
  const inside = frame.contentDocument;
  if (!inside) return frame.remove();
  const style = inside.createElement('style');
  style.textContent = `@page { size: ${paper} ${portrait ? 'portrait' : 'landscape'}; margin: 0 } body { margin: 0 } img { width: 100%; display: block }`;
  const image = inside.createElement('img');
  image.addEventListener('load', () => {
    frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
    frame.contentWindow?.print();
  });
  image.src = url;
  inside.head.append(style);
  inside.body.append(image);
}
