import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { breaches, breachesIn, layers } from './layers.ts';

const src = fileURLToPath(new URL('../src', import.meta.url));

describe('the layers of the house', () => {
  it('import one way, and nobody reaches past a door', () => {
    expect(breaches(src)).toEqual([]);
  });

  it('cover every folder of src', () => {
    const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...layers].sort());
  });

  it('a planted import of a later layer is caught, also a dynamic one', () => {
    const file = join(src, 'core', 'planted.ts');
    expect(breachesIn(file, "import { find } from '../find/index.ts';\n", src)).toHaveLength(1);
    expect(breachesIn(file, "const a = await import('../web/index.ts');\n", src)).toHaveLength(1);
  });

  it('a planted reach past a door is caught', () => {
    const file = join(src, 'web', 'planted.ts');
    expect(breachesIn(file, "import type { Edge } from '../find/queries/edges.ts';\n", src)).toHaveLength(1);
    expect(breachesIn(file, "import { find } from '../find/index.ts';\n", src)).toEqual([]);
  });

  it('the main door may import any door, and nobody imports from it', () => {
    const door = join(src, 'index.ts');
    expect(breachesIn(door, "export { find } from './find/index.ts';\n", src)).toEqual([]);
    expect(breachesIn(door, "export { find } from './find/find.ts';\n", src)).toHaveLength(1);
    const file = join(src, 'web', 'planted.ts');
    expect(breachesIn(file, "import { find } from '../index.ts';\n", src)).toHaveLength(1);
  });
});
