/** Milliseconds between two tries. */
const pause = 3000;

/** Asks for a part's code until it comes; a part that nobody can go without is never given up for a network that was away. */
export async function lasting<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
