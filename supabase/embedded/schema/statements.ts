/**
 * Splits SQL into its statements at top-level semicolons, minding quotes, dollar quotes and comments, as the Supabase CLI
 * does for what it records. Comments stay with the statement they precede; a part without any statement is dropped.
 */
export function statements(sql: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  let words = false;
  while (at < sql.length) {
    const skipped = skip(sql, at);
    if (skipped > at) {
      words ||= !sql.startsWith('--', at) && !sql.startsWith('/*', at);
      at = skipped;
    } else if (sql[at] === ';') {
      if (words) parts.push(sql.slice(start, at).trim());
      start = ++at;
      words = false;
    } else {
      words ||= !/\s/.test(sql[at] ?? '');
      at++;
    }
  }
  if (words) parts.push(sql.slice(start).trim());
  return parts;
}

/** Where the quote or comment that begins at `at` ends; `at` itself when none begins there. */
function skip(sql: string, at: number): number {
  const here = sql[at];
  if (here === '-' && sql[at + 1] === '-') return past(sql, '\n', at + 2);
  if (here === '/' && sql[at + 1] === '*') return pastComment(sql, at);
  if (here === '"') return past(sql, '"', at + 1);
  if (here === "'")
    return pastText(sql, at, /[eE]/.test(sql[at - 1] ?? '') && !/[\w$]/.test(sql[at - 2] ?? ''));
  if (here === '$' && !/[\w$]/.test(sql[at - 1] ?? '')) {
    const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(sql.slice(at, at + 70))?.[0];
    if (tag) return past(sql, tag, at + tag.length);
  }
  return at;
}

function past(sql: string, end: string, from: number): number {
  const found = sql.indexOf(end, from);
  return found === -1 ? sql.length : found + end.length;
}

function pastText(sql: string, at: number, escapes: boolean): number {
  for (let i = at + 1; i < sql.length; i++) {
    if (escapes && sql[i] === '\\') i++;
    else if (sql[i] === "'") {
      if (sql[i + 1] !== "'") return i + 1;
      i++;
    }
  }
  return sql.length;
}

function pastComment(sql: string, at: number): number {
  let depth = 0;
  for (let i = at; i < sql.length; i++) {
    if (sql.startsWith('/*', i)) {
      depth++;
      i++;
    } else if (sql.startsWith('*/', i)) {
      depth--;
      i++;
      if (depth === 0) return i + 1;
    }
  }
  return sql.length;
}
