import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../src/core/index.ts';

const src = fileURLToPath(new URL('../src', import.meta.url));

function productCode(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name === 'errors' && folder.endsWith('core') ? '' : productCode(path);
      const isProduct = entry.name.endsWith('.ts') && !entry.name.includes('.test');
      return isProduct ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

describe('the catalogue of errors', () => {
  const code = productCode(src);

  it('holds no code that the product never uses', () => {
    const unused = Object.keys(errorCatalogue).filter(
      (name) => !code.includes(`'${name}'`) && !code.includes(`"${name}"`),
    );
    expect(unused).toEqual([]);
  });

  it('explains every code in whole sentences', () => {
    for (const [name, { meaning, remedy }] of Object.entries(errorCatalogue)) {
      expect(`${name}: ${meaning}`).toMatch(/\.$/);
      expect(`${name}: ${remedy}`).toMatch(/\.$/);
      expect(remedy.length).toBeGreaterThan(10);
    }
  });
});
