// Exports an example and opens its spreadsheet in LibreOffice, where the machine has it: every sheet must come
// out, and every cell of every table must read as its CSV file says. Says plainly when it did not run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const office = ['soffice', 'libreoffice'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

/** Rows of a CSV text by RFC 4180. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

/** Whether a cell of the sheet says what the file says: numbers as numbers, percentages as hundredths. */
function saysSame(sheet: string, file: string): boolean {
  if (file === '') return sheet === '[x]';
  if (sheet === file || sheet === file.replace(/^'/, '')) return true;
  if (file === 'true' || file === 'false') return sheet === (file === 'true' ? 'yes' : 'no');
  const number = Number(sheet.replaceAll(/[,£%]/g, '')) / (sheet.endsWith('%') ? 100 : 1);
  return Math.abs(number - Number(file)) < 1e-9 + (sheet.endsWith('%') ? 5e-4 : 0);
}

interface Described {
  readonly resources: readonly {
    readonly path: string;
    readonly title: string;
    readonly schema: { readonly fields: readonly { readonly name: string }[] };
  }[];
}

/** Sheets in the order of the workbook: LibreOffice names the files after them. */
function check(home: string): string {
  const wellspent = (...args: string[]) =>
    run(process.execPath, [join(root, 'src/cli/main.ts'), ...args], home);
  wellspent('demo', 'emergency', '--build-only');
  wellspent('export', 'demo/emergency', '--into', 'out');
  const profile = `-env:UserInstallation=file://${join(home, 'office')}`;
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';
  const options = ['--headless', '--norestore', '--convert-to', filter, '--outdir', 'sheets'];
  run(office ?? '', [profile, ...options, 'out/emergency.ods'], home);
  const { resources } = JSON.parse(readFileSync(join(home, 'out/datapackage.json'), 'utf8')) as Described;
  const tables = resources
    .map((resource) => ({ resource, rows: rowsOf(readFileSync(join(home, 'out', resource.path), 'utf8')) }))
    .filter(({ rows }) => rows.length > 1);
  const sheets = readdirSync(join(home, 'sheets'));
  if (sheets.length !== tables.length + 3)
    throw new Error(`${tables.length} tables and 3 sheets beside them came out as ${sheets.length} sheets`);
  let cells = 0;
  tables.forEach(({ resource, rows }, t) => {
    const sheet = rowsOf(readFileSync(join(home, 'sheets', `emergency-Table_${t + 1}.csv`), 'utf8'));
    const body = sheet.slice(-(rows.length - 1));
    const shown = body[0]?.length ?? 0;
    // Columns for machines are in the files alone, so each column of the sheet is one of the file, in order.
    rows.slice(1).forEach((row, r) => {
      let from = 0;
      for (const cell of (body[r] ?? []).slice(0, shown)) {
        const at = row.findIndex((value, c) => c >= from && saysSame(cell, value));
        if (at < 0)
          throw new Error(
            `${resource.path}, row ${r + 1}: the sheet says "${cell}", the file ${row.join(' | ')}`,
          );
        from = at + 1;
        cells += 1;
      }
    });
  });
  return `${sheets.length} sheets opened, ${cells} cells of ${tables.length} tables read as their files say`;
}

if (office === undefined)
  console.log(
    'Not run: there is no LibreOffice here. The structure of the spreadsheet is tested all the same.',
  );
else {
  const home = mkdtempSync(join(tmpdir(), 'wellspent-spreadsheet-'));
  try {
    console.log(`${run(office, ['--version'], home).trim()}: ${check(home)}.`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
