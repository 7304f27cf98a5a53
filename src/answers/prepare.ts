import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, codeVersion, sha256Hex } from '../core/index.ts';
import { describeCharter, prepareFacts } from '../define/index.ts';
import { findAll, readSaid, type Said } from '../find/index.ts';
import { describeQuality, describeSources, openWorkspace, type Workspace } from '../ingest/index.ts';
import { measure } from '../measure/index.ts';
import { type RecordsPlace, workspacePlace } from '../stores/index.ts';
import type { Answers } from './answers.ts';
import { canAnswer, checkQuestions, heedChecks, heedInEvidence } from './can-answer.ts';
import { answerMonday } from './monday.ts';

/** Settings of preparing answers. */
export interface PrepareOptions {
  /** Told what is being worked out, for a progress line. */
  readonly onProgress?: (what: string) => void;
  /** Where the workspace's records are; by default as WELLSPENT_RECORDS says. */
  readonly records?: RecordsPlace;
}

function fingerprintOf(workspace: Workspace, said: Said): string {
  return sha256Hex(
    canonicalJson({
      charter: workspace.loaded.hash,
      // How a file was read counts too: the same bytes in another time zone give other answers.
      sources: workspace.manifest.sources.map((source) => [source.file, source.fingerprint, source.rowsUsed]),
      knownUntil: workspace.knownUntil,
      verdicts: said.dispositions.map(({ finding, verdict, reviewed }) => [finding, verdict, reviewed]),
      code: codeVersion(),
    }),
  ).slice(0, 32);
}

async function kept(file: string): Promise<Answers | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Answers;
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, then removes answers of earlier charters, data or code. */
async function keep(folder: string, file: string, answers: Answers): Promise<void> {
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `.${answers.fingerprint}.${process.pid}`);
  await writeFile(partial, JSON.stringify(answers));
  await rename(partial, file);
  const old = (await readdir(folder)).filter((name) => name.endsWith('.json') && join(folder, name) !== file);
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

/** A copy for reading only, such as an auditor's, is answered all the same, only slower the next time. */
function unlessReadOnly(error: NodeJS.ErrnoException): void {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) throw error;
}

async function work(
  workspace: Workspace,
  fingerprint: string,
  { dispositions }: Said,
  options: PrepareOptions,
): Promise<Answers> {
  const { charter } = workspace.loaded;
  const tell = options.onProgress ?? (() => {});
  tell('reading the charter and the data');
  const described = describeCharter(workspace.loaded);
  const data = await describeSources(workspace);
  tell('checking the data');
  const quality = await describeQuality(workspace);
  tell('measuring');
  // One row a case with its clocks: measuring and finding rest on the same.
  const facts = workspace.tables.has('events')
    ? { facts: await prepareFacts(workspace.warehouse, workspace.loaded) }
    : {};
  const measured = await measure({ ...workspace, ...facts });
  tell('finding');
  const { results: found, comparisons } = await findAll({ ...workspace, ...facts }, { dispositions });
  const questions = answerMonday({ charter: described, data, measure: measured, find: found });
  const asked = { charter, questions, checks: quality, data };
  const checked = checkQuestions(asked);
  return {
    service: charter.service,
    title: charter.title,
    purpose: charter.purpose,
    about: charter.about ?? null,
    demonstration: charter.demonstration ?? false,
    ...(charter.publish ? { publish: charter.publish } : {}),
    fingerprint,
    charter: described,
    data,
    checks: [canAnswer(asked), ...quality],
    measure: heedInEvidence('measure', measured, questions, checked),
    find: heedInEvidence('find', found, questions, checked),
    comparisons,
    questions: heedChecks(questions, checked),
  };
}

/**
 * Every Result of a workspace, worked out once and kept in its `.wellspent` folder until the charter, the data,
 * what is said of findings or the code change.
 */
export async function prepareAnswers(dir: string, options: PrepareOptions = {}): Promise<Answers> {
  const workspace = await openWorkspace(dir);
  try {
    const said = await readSaid(options.records ?? workspacePlace(dir, workspace.loaded.charter.service));
    const fingerprint = fingerprintOf(workspace, said);
    const folder = join(dir, '.wellspent', 'answers');
    const file = join(folder, `${fingerprint}.json`);
    const earlier = await kept(file);
    if (earlier) return earlier;
    const answers = await work(workspace, fingerprint, said, options);
    await keep(folder, file, answers).catch(unlessReadOnly);
    return answers;
  } finally {
    await workspace.close();
  }
}
