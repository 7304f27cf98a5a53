import type { ErrorCode } from '../../../core/index.ts';
import type { Notice } from '../raw-table.ts';

const mostShown = 20;

/** Collects what is wrong with an object-centric log, so that all of it is told together. */
export interface OcelFindings {
  add(code: ErrorCode, where: string): void;
  notices(): readonly Notice[];
}

export function newFindings(): OcelFindings {
  const found = new Map<ErrorCode, { count: number; readonly where: string[] }>();
  return {
    add(code, where) {
      const known = found.get(code) ?? { count: 0, where: [] };
      known.count += 1;
      if (known.where.length < mostShown) known.where.push(where.slice(0, 200));
      found.set(code, known);
    },
    notices: () =>
      [...found].map(([code, { count, where }]): Notice => {
        const more =
          count > where.length ? `; and ${(count - where.length).toLocaleString('en-GB')} more` : '';
        return { code, message: `${where.join('; ')}${more}.`, count };
      }),
  };
}
