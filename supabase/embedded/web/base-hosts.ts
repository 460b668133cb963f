import type { Database } from '../database/database.ts';

/**
 * Hosts that pages with a map may fetch base maps from, as the administrator set them; kept up to date as they change. When
 * the database cannot say, the last answer stands; at first that is none.
 */
export async function followBaseHosts(
  db: Pick<Database, 'query' | 'listen'>,
  log: (line: string) => void,
): Promise<() => readonly string[]> {
  let hosts: readonly string[] = [];
  const read = async (): Promise<void> => {
    try {
      const { rows } = await db.query('select unnest(private.base_map_hosts()) as host');
      hosts = rows.map(({ host }) => String(host)).filter((host) => /^[a-z0-9.-]+(:\d{1,5})?$/.test(host));
    } catch (error) {
      log(
        `The base maps’ hosts could not be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  await db.listen('base_maps', () => void read());
  await read();
  return () => hosts;
}
