import { randomUUID } from 'node:crypto';
import { WellspentError } from '../../core/index.ts';
import { dispositionOn, find, findingsToReview, readSaid } from '../../find/index.ts';
import { openWorkspace, workspaceContents } from '../../ingest/index.ts';
import {
  deleteStaffReport,
  openServiceRegister,
  recordDisposition,
  responses,
  type StaffReport,
  saveStaffReport,
  useRecords,
  utcSecondOf,
  verdicts,
} from '../../stores/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { fromCwd } from '../files.ts';
import { recordsOf } from '../workspace-records.ts';

const often = ['case', 'day', 'week', 'month'] as const;

function number(options: Record<string, unknown>, name: string): number | null {
  const text = options[name];
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new WellspentError('USAGE', `--${name} takes a number.`, {
    found: String(text),
    hint: `--${name} 10`,
  });
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function chosen<T extends string>(name: string, given: unknown, known: readonly T[]): T {
  const match = known.find((each) => each === given || each.replaceAll(' ', '-') === given);
  if (match) return match;
  throw new WellspentError('USAGE', `--${name} is one of ${known.join(', ')}.`, { found: String(given) });
}

function inWords({ id, what, why, howOften, minutes, step }: StaffReport): string {
  const facts = [
    ...(howOften ? [`${howOften.times} a ${howOften.per}`] : []),
    ...(minutes === null ? [] : [`${minutes} minutes each`]),
    ...(step === null ? [] : [`at "${step}"`]),
  ];
  return `${id}  ${what}${why ? ` Because: ${why}` : ''}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}\n`;
}

/** Looks the finding up in the data, so that its pattern and share are what is registered. */
async function giveVerdict(
  effects: Effects,
  dir: string,
  service: string,
  options: Record<string, unknown>,
): Promise<void> {
  const verdict = chosen('verdict', options.verdict, verdicts);
  const place = recordsOf(effects, dir, service);
  const workspace = await openWorkspace(dir);
  try {
    const { dispositions } = await readSaid(place);
    const results = await find(workspace, { signal: effects.signal, dispositions });
    const findings = findingsToReview(results);
    const finding = findings.find(({ id, shown }) => [id, shown].includes(String(options.finding)));
    if (!finding)
      throw new WellspentError('USAGE', `There is no finding "${options.finding}" in the data.`, {
        found: findings.map(({ shown, title }) => `${shown}: ${title}`).join('\n') || 'none',
      });
    const said = dispositionOn(
      finding,
      {
        verdict,
        response: options.response === undefined ? null : chosen('response', options.response, responses),
        reason: text(options.reason),
      },
      effects.now(),
    );
    await useRecords(place, (records) => recordDisposition(openServiceRegister(records, service), said));
    effects.stderr(`Kept in the register: ${finding.title} Said of it: ${said.verdict}.\n`);
  } finally {
    await workspace.close();
  }
}

/** `wellspent report`: says how the work is really done, or what a finding is; lists, changes and deletes reports. */
export const report: Action = async (effects, [workspace = '.', what], options) => {
  const dir = fromCwd(effects, workspace);
  const { service } = workspaceContents(dir).loaded.charter;
  const place = recordsOf(effects, dir, service);
  const { reports } = await readSaid(place);
  const known = (id: unknown) => {
    const found = reports.find((each) => each.id === id);
    if (!found)
      throw new WellspentError('USAGE', `There is no report "${id}".`, { hint: 'wellspent report --list' });
    return found;
  };
  if (options.finding !== undefined) {
    await giveVerdict(effects, dir, service, options);
    return 0;
  }
  if (options.delete !== undefined) {
    const { id } = known(options.delete);
    await useRecords(place, (records) => deleteStaffReport(records, id));
    effects.stderr('Deleted for good.\n');
    return 0;
  }
  if (options.list === true || what === undefined) {
    if (options.format === 'json') effects.stdout(`${JSON.stringify(reports, null, 2)}\n`);
    else if (reports.length > 0) effects.stdout(reports.map(inWords).join(''));
    else
      effects.stderr(
        'Nothing has been said yet. Next: wellspent report . "What you really do" --minutes 10\n',
      );
    return 0;
  }
  const earlier = options.change === undefined ? undefined : known(options.change);
  const moment = utcSecondOf(effects.now());
  const times = number(options, 'times');
  const kept: StaffReport = {
    id: earlier?.id ?? randomUUID(),
    reported: earlier?.reported ?? moment,
    changed: moment,
    role: 'caseworker',
    what,
    why: text(options.why),
    howOften:
      times === null || times === 0 ? null : { times, per: chosen('per', options.per ?? 'week', often) },
    minutes: number(options, 'minutes'),
    step: text(options.step),
    team: text(options.team),
    finding: null,
  };
  await useRecords(place, (records) => saveStaffReport(records, kept));
  effects.stderr(`Kept as ${kept.id}. Next: wellspent serve, page "How it is done"\n`);
  return 0;
};
