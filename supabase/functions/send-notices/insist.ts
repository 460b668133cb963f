const TRIES = 4;
const PAUSE_MS = 1_000;

/** Says what became of a message until the database hears it. What was sent and is not settled is sent again, or waits for a person: a
 * database that is away for a moment is waited for. Throws when it stays away. */
export async function insist(settle: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await settle();
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
    }
  }
}
