import { basename, resolve } from 'node:path';
import { WellspentError } from '../../core/index.ts';
import { createApp, listen } from '../../web/index.ts';
import type { Effects } from '../effects.ts';

const portsToTry = 20;

/** The number that --port gives, 0 to 65535. */
export function portOf(text: unknown): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || String(text).trim() === '')
    throw new WellspentError('USAGE', `"${text}" is not a port.`, { hint: '--port 4600' });
  return port;
}

/** A name for a workspace in addresses: its folder's name in lower case, made unique. */
function workspaceNames(dirs: readonly string[]): readonly { readonly id: string; readonly dir: string }[] {
  const seen = new Set<string>();
  return dirs.map((dir) => {
    const plain =
      basename(resolve(dir))
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'service';
    let id = plain;
    for (let k = 2; seen.has(id); k++) id = `${plain}-${k}`;
    seen.add(id);
    return { id, dir };
  });
}

/** Serves workspaces on this computer until Ctrl+C; tries the next ports when one is taken. */
export async function serveUntilStopped(
  effects: Effects,
  dirs: readonly string[],
  port: number,
  onReady: (address: string) => void,
): Promise<void> {
  const app = await createApp({ workspaces: workspaceNames(dirs) });
  try {
    onReady(await listenNear(app, port));
    if (!effects.signal.aborted)
      await new Promise((done) => effects.signal.addEventListener('abort', done, { once: true }));
  } finally {
    await app.close();
  }
}

async function listenNear(app: Awaited<ReturnType<typeof createApp>>, port: number): Promise<string> {
  for (let tried = port; ; tried++) {
    try {
      return await listen(app, { port: tried });
    } catch (error) {
      const taken = error instanceof WellspentError && error.code === 'PORT_IN_USE';
      if ((error as NodeJS.ErrnoException).code === 'EACCES')
        throw new WellspentError('USAGE', `You have no right to listen on port ${tried}.`, {
          hint: '--port 4600',
          cause: error,
        });
      if (!taken || port === 0 || tried >= port + portsToTry || tried >= 65_535) throw error;
    }
  }
}
