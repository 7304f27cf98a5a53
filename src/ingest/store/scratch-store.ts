import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryFolder, writing } from '../../core/index.ts';

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder itself, or the nearest above it that is there. */
function nearestFolder(path: string): string {
  let nearest = resolve(path);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  return nearest;
}

/** True for a store that we may not write into: that of somebody else, or on a disk that is only read. */
export function isReadOnly(store: string): boolean {
  return !mayWrite(nearestFolder(store));
}

/** Makes the folder of a store where there is none. Throws `FILE_NOT_WRITTEN` with the reason. */
export function makeStore(store: string): void {
  if (existsSync(store) && statSync(store).isDirectory()) return;
  writing(store, () => {
    // Of folders above that may not be written to, making several at once only says that one is not there.
    accessSync(nearestFolder(store), constants.W_OK);
    mkdirSync(store, { recursive: true, mode: 0o700 });
  });
}

/** Does work on a store that holds what another holds, and is gone afterwards. The other is only read. */
export async function inScratchStore<T>(store: string, work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = temporaryFolder('trial');
  try {
    const names = existsSync(store) ? readdirSync(store, { withFileTypes: true }) : [];
    for (const entry of names) {
      const [from, to] = [resolve(store, entry.name), join(scratch, entry.name)];
      if (entry.name === 'staged') {
        mkdirSync(to);
        for (const name of readdirSync(from)) symlinkSync(join(from, name), join(to, name));
      } else if (entry.isDirectory()) symlinkSync(from, to);
      else if (entry.name === 'manifest.json') copyFileSync(from, to);
    }
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
