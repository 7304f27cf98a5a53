import { drawsFor } from '../../src/core/index.ts';
import { wallOfDate } from '../passports/working-time.ts';
import { type Attempt, callsFor } from './calls.ts';
import type { Letter } from './letters.ts';
import { letters, type MadeSettings, planted } from './planted.ts';

/** The extracts hold what was still open at `from` or came later, and were taken at `until`; in wall minutes. */
export const span = { from: wallOfDate('2024-04-01'), until: wallOfDate('2026-04-01') } as const;

/** Calls are made from a month before, so that the first ones in the extract may be repeats. */
const callsFrom = wallOfDate('2024-03-01');

const topics = ['how to claim', 'change of address', 'payment date'] as const;

/** An issue that somebody called about, with every attempt in order. */
export interface Issue {
  readonly number: number;
  /** The letter that was not answered in time; null for an enquiry of its own. */
  readonly letter: Letter | null;
  readonly reason: string;
  readonly attempts: readonly Attempt[];
}

/** Issues that people called about: letters not answered in time, and one enquiry for every two of those. */
export function issuesOf({ seed, clean }: MadeSettings, all: readonly Letter[]): readonly Issue[] {
  const calls = callsFor(seed, clean);
  const draw = drawsFor(seed, 'enquiry');
  const chased = all.flatMap((letter): readonly Issue[] => {
    const { firstCall, item } = letter;
    if (firstCall === null || firstCall < callsFrom || firstCall >= span.until) return [];
    return [{ number: item, letter, reason: 'progress of my letter', attempts: calls(item, firstCall) }];
  });
  const ratio = (1 - planted.upstreamShare) / planted.upstreamShare;
  // Without late letters there are as many issues as with them, so that both tell as much of the teams.
  const count = Math.round(clean ? 0.6 * letters : ratio * chased.length);
  const enquiries = Array.from({ length: count }, (_, i): Issue => {
    const number = letters + i;
    const first = callsFrom + ((i + draw(i)) / count) * (span.until - callsFrom);
    const reason = topics[Math.floor(draw(i, 1) * topics.length)] ?? topics[0];
    return { number, letter: null, reason, attempts: calls(number, first) };
  });
  return [...chased, ...enquiries];
}
