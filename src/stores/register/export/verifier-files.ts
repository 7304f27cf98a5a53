import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/**
 * The verifier that an export carries, by file name: a program for Node, and the same program in a page that a
 * browser opens from the disk. Neither needs Wellspent or a network.
 */
export function verifierFiles(): readonly (readonly [string, string])[] {
  const program = read('../verifier/verify.mjs');
  const page = read('../verifier/page.html');
  return [
    ['verify.mjs', program],
    // A function, so that no "$" in the program is taken for a pattern.
    ['verify.html', page.replace('/* program */\n', () => program)],
  ];
}
