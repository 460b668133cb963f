const width = 28;

/**
 * A bar on a terminal that is redrawn in place, and nothing when the output goes to a file.
 * `at(done, of)` draws it; `end()` takes it away.
 */
export function progressBar(label: string, stream: NodeJS.WriteStream = process.stderr) {
  let drawn = -1;
  return {
    at(done: number, of: number): void {
      const full = of === 0 ? width : Math.floor((done / of) * width);
      if (!stream.isTTY || full === drawn) return;
      drawn = full;
      stream.write(`\r${label} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${done}/${of} `);
    },
    end(): void {
      if (stream.isTTY && drawn >= 0) stream.write(`\r${' '.repeat(label.length * 2 + width + 24)}\r`);
    },
  };
}
