const scriptIn = (html: string): string | null =>
  /<script[^>]*type="module"[^>]*src="([^"]+)"/.exec(html)?.[1] ?? null;

/**
 * True when the server serves another version of this page than the one that runs. A page that is open for days would
 * else never get it. False while the server cannot be asked.
 */
export async function newerVersion(): Promise<boolean> {
  const mine = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src');
  try {
    const answer = await fetch(location.pathname, { cache: 'no-cache' });
    const served = answer.ok ? scriptIn(await answer.text()) : null;
    return Boolean(mine && served && served !== mine);
  } catch {
    return false;
  }
}
