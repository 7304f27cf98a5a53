import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { WellspentError, writing } from '../../core/index.ts';
import type { Action } from '../commands.ts';
import { fromCwd, makeFolder } from '../files.ts';
import { asShellWord } from '../talk.ts';

function serviceId(dir: string): string {
  const plain = basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return plain || 'my-service';
}

/** A charter that loads without a fault, with what is to be filled in said beside it. */
function starter(id: string, today: string): string {
  const title = id.replaceAll('-', ' ');
  return `# The charter: what this service is for, and how its data say so. Check it with: wellspent check
wellspent: 1
service: ${id}
title: ${title.charAt(0).toUpperCase()}${title.slice(1)}
version: 0.1.0
effective: ${today}          # the day from which these definitions hold
owner: Head of the service        # a role, never a name
purpose: Say in a sentence or two what people get from this service, and why it exists.
timezone: Europe/London
calendar: england-and-wales
reporting:
  grain: month                    # day, week, month, quarter, financial-year or year

# Extracts. With none listed, add files by hand: wellspent add FILE --as events
extracts: []
#  - file: data/events.csv        # one row a step: which case, which step, when
#    as: events
#    map: { case_id: Case ID, step: Activity, finished: Completed at, team: Team }
#  - file: data/cases.csv         # one row a case
#    as: cases
#    map: { case_id: Case ID, type: Case type, opened: Received, closed: Decided, outcome: Result }

# What people get. Without a "measure" an outcome is shown as unmeasured, which is honest.
outcomes:
  - id: main-outcome
    title: Say what a person or firm has when the service has done well.
    # measure: in-time

# What the service produces. Each case counts once.
outputs:
  - id: finished-cases
    title: Cases finished
    unit: case
    from: cases
    at: last_at                   # the time that places a case in a period; "closed" once an extract gives it
    # where: outcome = 'granted'  # which cases count
    # unit_cost: cost-of-a-case   # an assumption below

# Quality, with weights and whose they are.
# quality:
#   - id: in-time
#     title: Finished within 20 days
#     outputs: all
#     from: cases
#     share: end_to_end_days <= 20
#     direction: higher
#     weight: 1
#     weight_source: Agreed with the users' panel, May 2026

# clocks:
#   - id: end-to-end
#     title: From receipt to decision, for everyone
#     start: { step: received }
#     stop: { step: decided }

# What may never be traded away.
# floors:
#   - { id: identity-checked, title: Identity is checked, share: has('identity check'), at_least: 1, why: Say why. }

# Whatever is not in the data, with its source, owner and review date.
# assumptions:
#   - { id: cost-of-a-case, statement: A case costs about £40., value: 40, unit: pounds for each case,
#       source: Finance model of March 2026, owner: Head of finance, review: 2027-03-31 }

unmeasured:
  - Say what matters and is not measured yet.
`;
}

/** `wellspent init`: a folder with a starter charter; refuses a folder that holds anything. */
export const init: Action = async (effects, [dir = '']) => {
  if (dir.trim() === '')
    throw new WellspentError('USAGE', 'The folder to make has no name.', {
      hint: 'wellspent init my-service',
    });
  const folder = fromCwd(effects, dir);
  const isThere = existsSync(folder);
  if (isThere && !(statSync(folder).isDirectory() && readdirSync(folder).length === 0))
    throw new WellspentError(
      'FILE_EXISTS',
      `${dir} is there already${statSync(folder).isDirectory() ? ' and is not empty' : ', and is a file'}.`,
      { where: { file: dir }, hint: 'wellspent init ANOTHER-FOLDER' },
    );
  makeFolder(effects, dir);
  makeFolder(effects, join(dir, 'data'));
  const charter = starter(serviceId(folder), effects.now().toISOString().slice(0, 10));
  writing(dir, () => {
    writeFileSync(join(folder, 'service.yaml'), charter, { flag: 'wx' });
    // Tables and their key hold case data: they stay out of a repository.
    writeFileSync(join(folder, '.gitignore'), '.wellspent/\ndata/\nrecords.db*\n', { flag: 'wx' });
  });
  const word = asShellWord(dir);
  effects.stderr(
    `Made ${dir}/service.yaml, a charter to fill in, and ${dir}/data for extracts.\n` +
      `Next: wellspent add FILE --into ${word} --as events, then wellspent check ${word}\n`,
  );
  return 0;
};
