import { describe, expect, it } from 'vitest';
import { layerAbove } from './layers.ts';

describe('the layer order', () => {
  it('puts a late-coming layer below what belongs above it', () => {
    expect(layerAbove('courtyard-fill', ['ground', 'road', 'issues'])).toBe('issues');
    expect(layerAbove('mark-words', ['ground', 'road', 'issues'])).toBeUndefined();
  });

  it('refuses a layer it does not know', () => {
    expect(() => layerAbove('heatmap-2', ['ground'])).toThrow('heatmap-2');
  });

  it('leaves the layers of a foreign base map below', () => {
    expect(layerAbove('courtyard-fill', ['stray', 'water', 'issues'])).toBe('issues');
    expect(layerAbove('issues', ['stray'])).toBeUndefined();
  });
});
